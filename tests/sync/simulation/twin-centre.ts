// Puts each request to the real endpoint and to the centre in memory, and notes where their answers differ.
import type { SimulatedCentre } from "./centre.ts";
import { memoryCentre, type MakeCentre, realCentre } from "./centres.ts";
import { type Answering, type Asking, wholeText } from "./wire.ts";

export interface Compared {
  /** How many answers of each kind of request were compared. */
  readonly requests: Map<string, number>;
  /** What differed. */
  readonly differences: string[];
}

const headersThatMatter = ["content-type", "date", "set-cookie", "cache-control"];

const kindOf = ({ method, path }: Asking, { status }: Answering): string =>
  `${method} ${path.replace(/\?.*/, "").replace(/^\/[sp]-[^/]*/, "/<site>")}${path.includes("longpoll") ? " held" : ""} ${status}`;

const said = ({ status, headers }: Answering, text: string): string =>
  JSON.stringify([status, headersThatMatter.map((name) => headers[name]), text]);

/** Devices get the answers of the real one. */
export const twinCentre =
  ({ requests, differences }: Compared): MakeCentre =>
  async (time, seed) => {
    const [real, memory] = [await realCentre(time, seed), await memoryCentre(time, seed)];

    async function compare(asking: Asking, fromReal: Answering, fromMemory: Answering): Promise<void> {
      const kind = kindOf(asking, fromReal);
      const [a, b] = await Promise.all([wholeText(fromReal), wholeText(fromMemory)]);
      // Nobody hears what is said to somebody who has gone.
      if (asking.signal.aborted) return;
      requests.set(kind, (requests.get(kind) ?? 0) + 1);
      const [expected, found] = [said(fromReal, a), said(fromMemory, b)];
      if (expected !== found && differences.length < 20)
        differences.push(
          `${asking.path} ${asking.body?.slice(0, 200) ?? ""}\n  real   ${expected}\n  memory ${found}`,
        );
    }

    // One after the other, so that nothing falls between the steps of one that has several at the real one.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return time.busy(turn);
    };
    /** First the real one, then that in memory. */
    const both = <T>(work: (centre: SimulatedCentre) => Promise<T>) =>
      inTurn(async () => [await work(real), await work(memory)] as const);

    return {
      async ask(asking) {
        const [fromReal, fromMemory] = await both((centre) => centre.ask(asking));
        compare(asking, fromReal, fromMemory).catch((error: unknown) => differences.push(String(error)));
        return fromReal;
      },
      documents: (name) => real.documents(name),
      inbox: () => real.inbox(),
      setRoles: (name, roles) => both((centre) => centre.setRoles(name, roles)).then(() => undefined),
      backUp: () => both((centre) => centre.backUp()).then(() => undefined),
      putBack: () => both((centre) => centre.putBack()).then(() => undefined),
      close() {
        real.close();
        memory.close();
      },
    };
  };
