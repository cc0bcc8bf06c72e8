// One write in the making: what it puts and drops, on top of what the store holds.
import { keyOf, localKey, recordKey, type Content, type Held, type Turns } from "./content.ts";
import type { Row } from "./replica.ts";
import type { Opened, View } from "./view.ts";

/** What one write changes, each thing once, the last word counting. */
export class Edit {
  turn: number;
  readonly #view: View;
  readonly #changed = new Map<string, Content | undefined>();

  constructor(view: View, turn: number) {
    this.#view = view;
    this.turn = turn;
  }

  row(database: string, id: string): Row | undefined {
    const changed = this.#changed.get(recordKey(database, id));
    return changed?.kind === "record" ? changed.row : this.#view.row(database, id);
  }

  put(make: (turn: number) => Held): void {
    const turn = ++this.turn;
    const held = make(turn);
    const key = keyOf(held);
    const known = this.#changed.get(key) ?? this.#view.opened(key)?.content;
    const turns: Turns = { place: known?.place ?? turn, turn };
    this.#changed.set(key, { ...held, ...turns });
  }

  drop(key: string): void {
    this.#changed.set(key, undefined);
  }

  /** `undefined` as a value takes the name away. */
  setLocal(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) this.drop(localKey(name));
      else this.put(() => ({ kind: "local", name, value }));
    }
  }

  puts(): readonly Content[] {
    return [...this.#changed.values()].filter((content) => content !== undefined);
  }

  /** Only what lies in the store can be dropped from it. */
  drops(): readonly Opened[] {
    return [...this.#changed]
      .filter(([, content]) => content === undefined)
      .map(([key]) => this.#view.opened(key))
      .filter((opened) => opened !== undefined);
  }
}
