// How far a round has come, in records and in sites: only what was taken over counts, and no site that failed.
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";

type Progress = NonNullable<ExchangeState["progress"]>;

export interface RoundProgress {
  /** The databases of this round are known now; nothing is to be done about the quiet ones. */
  begin(databases: readonly string[], quiet: ReadonlySet<string>): void;
  /** A page was taken over; the centre has so many changes left for us. */
  moved(database: string, changes: number, left: number): void;
  /** All of this database is here. */
  finished(database: string): void;
}

export function createProgress(tell: (progress: Progress) => void): RoundProgress {
  let done = 0;
  const pending = new Map<string, number>();
  let sites: ReadonlySet<string> = new Set();
  const here = new Set<string>();
  let begun = false;

  const say = () => {
    const left = [...pending.values()].reduce((sum, count) => sum + count, 0);
    const ofSites = sites.size > 1 ? { sites: { done: here.size, of: sites.size } } : {};
    tell({ done, pending: left, ...ofSites });
  };
  return {
    begin(databases, quiet) {
      sites = new Set(databases.filter((name) => parseDatabase(name)?.kind === "site"));
      for (const name of sites) if (quiet.has(name)) here.add(name);
      begun = true;
      if (here.size < sites.size) say();
    },
    moved(database, changes, left) {
      done += changes;
      pending.set(database, left);
      // The directory comes first: until it is here nobody knows how much there is.
      if (begun || left > 0) say();
    },
    finished(database) {
      if (!sites.has(database) || here.has(database)) return;
      here.add(database);
      say();
    },
  };
}
