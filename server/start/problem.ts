// Something in the way that the person at the terminal can mend; its message is shown as it is, without a trace.

export class Problem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Problem";
  }
}

/** The `code` of an error of the system (`EADDRINUSE`, `EACCES`), or its name. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? String(error.code) : error.name;
}
