// Where a case stands on one axis: the fold of its unvoided events, with forks made visible (D11).

interface AxisEvent<S extends string> {
  readonly id: string;
  readonly createdAt: string;
  readonly effectiveOn: string;
  readonly from?: S;
  readonly to: S;
}

export interface Standing<S extends string, E extends AxisEvent<S>> {
  readonly at: S;
  /** The event that led here; absent at the start. */
  readonly since: E | undefined;
  /** All events in the order in which they hold. */
  readonly path: readonly E[];
  /** Events whose `from` is not where the case stood: somebody has to look. */
  readonly forks: readonly E[];
}

/** Orders by (effective date, createdAt, id), so that every device comes to the same answer. */
export function standingOf<S extends string, E extends AxisEvent<S>>(
  events: readonly E[],
  start: S,
): Standing<S, E> {
  const path = events.toSorted(
    (a, b) =>
      compare(a.effectiveOn, b.effectiveOn) || compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
  );
  const forks: E[] = [];
  let at = start;
  for (const [index, event] of path.entries()) {
    const first = index === 0 && event.from === undefined;
    if (!first && event.from !== at) forks.push(event);
    at = event.to;
  }
  return { at, since: path.at(-1), path, forks };
}

/** Where the last unbroken stay in a state began: a second extension in a row lengthens no term. */
export function firstOfRun<E extends { readonly to: string }>(
  path: readonly E[],
  state: string,
): E | undefined {
  const last = path.findLastIndex(({ to }) => to === state);
  const before = path.slice(0, last + 1).findLastIndex(({ to }) => to !== state);
  return last === -1 ? undefined : path[before + 1];
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
