// What the start command prints: plain tables for a terminal.

/** Columns padded to their widest cell; a wide letter counts as one. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(
      ...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => [...cell.normalize("NFC")].length),
    ),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell.normalize("NFC")].length)).join("   ")}`.trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
