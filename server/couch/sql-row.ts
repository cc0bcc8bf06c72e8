// Reads columns of a SQLite row with their types checked.

function column(row: unknown, name: string): unknown {
  if (typeof row !== "object" || row === null) throw new Error(`no row to read ${name} from`);
  return Reflect.get(row, name);
}

/** A TEXT column that is never NULL. */
export function text(row: unknown, name: string): string {
  const value = column(row, name);
  if (typeof value !== "string") throw new Error(`column ${name} is not text`);
  return value;
}

/** An INTEGER column that is never NULL. */
export function integer(row: unknown, name: string): number {
  const value = column(row, name);
  if (typeof value !== "number") throw new Error(`column ${name} is not a number`);
  return value;
}
