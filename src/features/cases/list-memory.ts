// What somebody was looking for in the list, until the app is locked: a typed name never stands in an address.
import { useState } from "react";
import { useWork, type Work } from "#src/data/work.tsx";

interface Looking {
  readonly typed: string;
  /** How many rows are drawn. */
  readonly shown: number;
}

const chunk = 50;
const start: Looking = { typed: "", shown: chunk };
const remembered = new WeakMap<Work, Looking>();

export function useLooking(): {
  readonly looking: Looking;
  readonly type: (typed: string) => void;
  readonly showMore: () => void;
} {
  const work = useWork();
  const [looking, setLooking] = useState(() => remembered.get(work) ?? start);
  const change = (next: Looking) => {
    remembered.set(work, next);
    setLooking(next);
  };
  return {
    looking,
    type: (typed) => change({ typed, shown: chunk }),
    showMore: () => change({ ...looking, shown: looking.shown + chunk }),
  };
}
