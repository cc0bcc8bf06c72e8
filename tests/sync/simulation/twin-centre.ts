// Puts each request to the real endpoint and to the centre in memory, and notes where their answers differ.
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

    return {
      async ask(asking) {
        const [fromReal, fromMemory] = await Promise.all([real.ask(asking), memory.ask(asking)]);
        compare(asking, fromReal, fromMemory).catch((error: unknown) => differences.push(String(error)));
        return fromReal;
      },
      documents: (name) => real.documents(name),
      inbox: () => real.inbox(),
      async setRoles(name, roles) {
        await real.setRoles(name, roles);
        await memory.setRoles(name, roles);
      },
      async backUp() {
        await real.backUp();
        await memory.backUp();
      },
      async putBack() {
        await real.putBack();
        await memory.putBack();
      },
      close() {
        real.close();
        memory.close();
      },
    };
  };
