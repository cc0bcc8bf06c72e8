// What was typed into one control, state by state, and up to where the screen has said that it is kept.

export class Box {
  #states: readonly string[] = [""];
  /** Index of the latest state that the screen called saved. */
  #kept = -1;

  /** Typed key by key in place of what stood there: everything it holds in turn. */
  types(text: string): void {
    this.#states = [...this.#states, ...Array.from(text, (_, at) => text.slice(0, at + 1))];
  }

  /** Put there in one go. */
  puts(text: string): void {
    if (this.#states.at(-1) !== text) this.#states = [...this.#states, text];
  }

  said(value: string): void {
    this.#kept = Math.max(this.#kept, this.#states.lastIndexOf(value));
  }

  get isKept(): boolean {
    return this.#kept >= 0;
  }

  /** The last state was called saved. */
  get isWhole(): boolean {
    return this.#kept === this.#states.length - 1;
  }

  /** Whether a draft that comes back with this has lost nothing that was called saved. */
  mayHold(value: string): boolean {
    return this.#states.lastIndexOf(value) >= Math.max(0, this.#kept);
  }

  /** How many keys were pressed that the screen had not called saved. */
  get ahead(): number {
    return this.#states.length - 1 - this.#kept;
  }

  /** It came back with this: from here on nothing less will do. */
  cameBack(value: string): void {
    this.#states = [value];
    this.#kept = 0;
  }

  get told(): string {
    return `${JSON.stringify(this.#states.at(-1))}, kept as ${JSON.stringify(this.#states[this.#kept] ?? null)}`;
  }
}
