// One thing at a time, in the order asked.

export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the task when all earlier ones have ended, well or badly. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
