// Things by key that are listed in the order of a number each has: when it came to lie in the store, or its place in the outbox.

export class Arrivals<T> {
  readonly #byKey = new Map<string, { readonly place: number; readonly value: T }>();
  #listed: readonly T[] | undefined;

  get(key: string): T | undefined {
    return this.#byKey.get(key)?.value;
  }

  set(key: string, place: number, value: T): void {
    this.#byKey.set(key, { place, value });
    this.#listed = undefined;
  }

  delete(key: string): void {
    if (this.#byKey.delete(key)) this.#listed = undefined;
  }

  clear(): void {
    this.#byKey.clear();
    this.#listed = undefined;
  }

  /** The same array until something changes. */
  list(): readonly T[] {
    this.#listed ??= [...this.#byKey.values()].sort((a, b) => a.place - b.place).map(({ value }) => value);
    return this.#listed;
  }
}

/** One `Arrivals` per group name, made when first needed. */
export class Groups<T> {
  readonly #groups = new Map<string, Arrivals<T>>();

  of(name: string): Arrivals<T> {
    let group = this.#groups.get(name);
    if (!group) {
      group = new Arrivals<T>();
      this.#groups.set(name, group);
    }
    return group;
  }

  clear(): void {
    this.#groups.clear();
  }

  list(name: string): readonly T[] {
    return this.#groups.get(name)?.list() ?? [];
  }
}
