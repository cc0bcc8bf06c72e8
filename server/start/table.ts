// A plain table for a terminal.

/** Columns padded to their widest cell, under their heads. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(letters)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => padded(cell, widths[column] ?? 0)).join("   ")}`.trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

const letters = (text: string) => [...text.normalize("NFC")].length;
const padded = (text: string, width: number) => text + " ".repeat(width - letters(text));
