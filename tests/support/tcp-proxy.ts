// A TCP proxy for one device, which spoils the connection to the server in the ways that real networks do.
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * - `pass`: everything goes through.
 * - `refuse`: new connections are reset, and so are the open ones.
 * - `drop`: connections are accepted, but nothing passes any more, either way, on old and new ones.
 * - `half-open`: open connections fall silent for good and stay open; new ones pass.
 * - `lose-answer`: requests reach the server; the first byte of an answer is thrown away and the connection reset.
 * - `delay`: every piece arrives `ms` milliseconds later, in order.
 * - `cut-after`: each connection carries `bytes` more bytes of answer and is then closed.
 */
export type ProxyMode =
  | { kind: "pass" | "refuse" | "drop" | "half-open" | "lose-answer" }
  | { kind: "delay"; ms: number }
  | { kind: "cut-after"; bytes: number };

export interface Proxy {
  readonly port: number;
  /** Origin for the browser, without a slash at the end. */
  readonly url: string;
  /** How many connections have been spoiled so far: a test that relies on a fault checks that it bit. */
  spoiled(): number;
  /** Sets what happens from now on, on open connections too. */
  mode(mode: ProxyMode): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1, on a free port unless one is asked for, to a server on 127.0.0.1. */
export async function startProxy(options: { target: { port: number }; port?: number }): Promise<Proxy> {
  let mode: ProxyMode = { kind: "pass" };
  let spoiled = 0;
  const open = new Set<Connection>();

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (mode.kind === "refuse") {
      spoiled += 1;
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ port: options.target.port, host: "127.0.0.1", allowHalfOpen: true });
    const connection = new Connection(client, upstream, () => mode, {
      spoiled: () => (spoiled += 1),
      gone: () => open.delete(connection),
    });
    open.add(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  // A TCP server's address is an object; only a pipe's is a string.
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    spoiled: () => spoiled,
    mode(next) {
      mode = next;
      for (const connection of open) connection.meet(next);
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const connection of open) connection.destroy();
      }),
  };
}

/** One client's connection and its other half to the server. */
class Connection {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #mode: () => ProxyMode;
  readonly #tell: { spoiled(): void; gone(): void };
  #silent = false;
  #spoiled = false;
  #answerLeft = Infinity;

  constructor(
    client: Socket,
    upstream: Socket,
    mode: () => ProxyMode,
    tell: { spoiled(): void; gone(): void },
  ) {
    this.#client = client;
    this.#upstream = upstream;
    this.#mode = mode;
    this.#tell = tell;
    if (mode().kind !== "half-open") this.meet(mode());
    this.#carry(client, upstream, (piece) => piece);
    this.#carry(upstream, client, (piece) => this.#answer(piece));
  }

  /** Takes on a mode that begins while the connection is open. */
  meet(mode: ProxyMode) {
    this.#answerLeft = mode.kind === "cut-after" ? mode.bytes : Infinity;
    if (mode.kind === "refuse") this.#cut();
    if (mode.kind === "drop" || mode.kind === "half-open") {
      // For good: swallowed bytes are missing, so the stream could not go on where it stopped.
      this.#silent = true;
      this.#spoil();
    }
  }

  destroy() {
    this.#client.destroy();
    this.#upstream.destroy();
  }

  #spoil() {
    if (!this.#spoiled) this.#tell.spoiled();
    this.#spoiled = true;
  }

  #cut() {
    this.#spoil();
    this.#client.resetAndDestroy();
    this.#upstream.destroy();
  }

  /** What of a piece of the answer still goes to the client. */
  #answer(piece: Buffer): Buffer {
    const nothing = piece.subarray(0, 0);
    if (this.#mode().kind === "lose-answer") {
      this.#cut();
      return nothing;
    }
    const rest = piece.subarray(0, this.#answerLeft);
    this.#answerLeft -= rest.length;
    if (rest.length === piece.length) return rest;
    this.#spoil();
    this.#silent = true;
    // A close and not a reset: what came before the cut still arrives.
    this.#client.end(rest, () => this.destroy());
    return nothing;
  }

  #carry(from: Socket, to: Socket, pass: (piece: Buffer) => Buffer) {
    let previous: Promise<unknown> = Promise.resolve();
    /** Does it after everything before it, and after the delay that holds now. */
    const inOrder = (act: () => void) => {
      const mode = this.#mode();
      if (mode.kind === "delay") this.#spoil();
      const wait = mode.kind === "delay" ? sleep(mode.ms, undefined, { ref: false }) : undefined;
      previous = Promise.all([previous, wait]).then(() => {
        if (!this.#silent && !to.destroyed) act();
      });
    };
    from.on("data", (piece: Buffer) =>
      inOrder(() => {
        const rest = pass(piece);
        if (rest.length > 0 && !to.write(rest)) from.pause();
      }),
    );
    to.on("drain", () => from.resume());
    from.on("end", () => inOrder(() => to.end()));
    from.on("error", () => {
      // A silent connection does not tell the other side either.
      if (!this.#silent) to.resetAndDestroy();
    });
    from.on("close", () => {
      if (to.destroyed) this.#tell.gone();
    });
  }
}
