// The one place where bugs end: says so plainly, keeps what is saved, and offers a report without personal data.
import { Component, type ErrorInfo, type ReactNode } from "react";
import { FaultScreen } from "./fault-screen.tsx";

interface State {
  readonly report: string | undefined;
}

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** What was open is to be closed, key and all: no screen is left that could lock or cover it. */
  readonly onFault: () => void;
  readonly leave: (address: string) => void;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { report: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { report: reportOf(error) };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.props.onFault();
    this.setState(({ report }) => ({ report: `${report ?? ""}\n${componentsOf(info)}` }));
  }

  override render(): ReactNode {
    const { report } = this.state;
    if (report === undefined) return this.props.children;
    return <FaultScreen report={report} leave={this.props.leave} />;
  }
}

/** Kind of error and where in our code; never its message, which may quote what somebody typed. */
function reportOf(error: unknown): string {
  if (!(error instanceof Error)) return "not an error object";
  const places = (error.stack ?? "").split("\n").filter((line) => /\.(?:js|tsx?):\d+/.test(line));
  return [error.name, ...places.slice(0, 8).map((line) => line.replace(/^.*\/(?=[^/]+:\d+:\d+)/, ""))].join(
    "\n",
  );
}

const componentsOf = (info: ErrorInfo): string =>
  (info.componentStack ?? "")
    .split("\n")
    .map((line) => /at (\w+)/.exec(line)?.[1] ?? "")
    .filter(Boolean)
    .slice(0, 8)
    .join(" < ");
