// Appends the access log to a file, one JSON object a line.
import { closeSync, openSync, writeSync } from "node:fs";
import type { AccessEntry } from "#server/front-door/access-log.ts";

export interface AccessLogFile {
  write: (entry: AccessEntry) => void;
  close: () => void;
}

export function openAccessLog(path: string): AccessLogFile {
  const file = openSync(path, "a", 0o600);
  let open = true;
  return {
    // At once and in order: a log that loses its last lines in a crash is of little use afterwards.
    write: (entry) => {
      if (open) writeSync(file, `${JSON.stringify(entry)}\n`);
    },
    close: () => {
      open = false;
      closeSync(file);
    },
  };
}
