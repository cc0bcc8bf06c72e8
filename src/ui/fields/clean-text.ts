// Typed text as a record may hold it.

/** NFC, no control characters, no space around it. */
export function cleanLine(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}

/** The same for several lines: line breaks and tabs stay. */
export function cleanLines(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]+/gu, " ")
    .trim();
}
