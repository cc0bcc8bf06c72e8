// Versions of the app, as `package.json` says them: which of two is older.

export const versionPattern = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;

/** Whether `version` came before `other`; what is no version came before all. */
export function isOlder(version: string, other: string): boolean {
  const a = partsOf(version);
  const b = partsOf(other);
  const index = a.findIndex((part, place) => part !== b[place]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}

/** The later of those that there are. */
export function newestOf(versions: readonly (string | undefined)[]): string | undefined {
  const known = versions.filter((version) => version !== undefined);
  return known.reduce<string | undefined>(
    (newest, version) => (newest === undefined || isOlder(newest, version) ? version : newest),
    undefined,
  );
}

const partsOf = (version: string): readonly number[] =>
  versionPattern.test(version) ? version.split(".").map(Number) : [-1, -1, -1];
