// A form's values come as unknown; a value of the wrong kind counts as none.

export const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
export const asNumber = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;
export const asBoolean = (value: unknown): boolean | undefined =>
  typeof value === "boolean" ? value : undefined;
export const asTexts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
