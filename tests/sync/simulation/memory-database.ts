// One database of the centre in memory: documents with one line of revisions each, the order of their changes, opaque sequences.
import { newRevisionId } from "#server/couch/revision-id.ts";
import type { JsonObject } from "#server/couch/json.ts";

export interface Kept {
  readonly id: string;
  readonly seq: number;
  /** Ids of revisions, the newest first. */
  readonly ids: readonly string[];
  readonly body: JsonObject;
  /** The document as it is answered. */
  readonly text: string;
}

/** Everything that a backup of it holds. */
export interface DatabaseContent {
  readonly name: string;
  readonly security: JsonObject;
  readonly created: number;
  readonly uuid: string;
  readonly seq: number;
  /** Bytes of all bodies that were ever kept. */
  readonly size: number;
  readonly epochs: readonly { readonly start: number; readonly token: string }[];
  readonly documents: readonly Kept[];
}

export const revOf = ({ ids }: Pick<Kept, "ids">): string => `${String(ids.length)}-${ids[0] ?? ""}`;

export class MemoryDatabase {
  readonly name: string;
  readonly security: JsonObject;
  readonly #created: number;
  readonly #uuid: string;
  readonly #process: string;
  #seq: number;
  #size: number;
  #epochs: { readonly start: number; readonly token: string }[];
  readonly #documents: Map<string, Kept>;
  /** In the order of their changes; what was changed again stands there still. */
  #changes: Kept[];

  /** @param process name of the epochs of this process */
  constructor(content: DatabaseContent, process: string) {
    this.name = content.name;
    this.security = content.security;
    this.#created = content.created;
    this.#uuid = content.uuid;
    this.#process = process;
    this.#seq = content.seq;
    this.#size = content.size;
    this.#epochs = [...content.epochs];
    this.#documents = new Map(content.documents.map((kept) => [kept.id, kept]));
    this.#changes = content.documents.toSorted((a, b) => a.seq - b.seq);
  }

  content(): DatabaseContent {
    const { name, security } = this;
    return {
      name,
      security,
      created: this.#created,
      uuid: this.#uuid,
      seq: this.#seq,
      size: this.#size,
      epochs: [...this.#epochs],
      documents: [...this.#documents.values()],
    };
  }

  get seq(): number {
    return this.#seq;
  }

  find(id: string): Kept | undefined {
    return this.#documents.get(id);
  }

  all(): readonly Kept[] {
    return [...this.#documents.values()];
  }

  /** @param before undefined for a document that is new */
  keep(id: string, body: JsonObject, before: Kept | undefined): Kept {
    const parent = before && { generation: before.ids.length, id: before.ids[0] ?? "" };
    const ids = [newRevisionId(false, parent ?? null, body, []), ...(before?.ids ?? [])];
    this.#seq += 1;
    if (this.#epochs.at(-1)?.token !== this.#token())
      this.#epochs.push({ start: this.#seq, token: this.#token() });
    const text = JSON.stringify({ _id: id, _rev: revOf({ ids }), ...body });
    const kept = { id, seq: this.#seq, ids, body, text };
    this.#size += Buffer.byteLength(JSON.stringify(body));
    this.#documents.set(id, kept);
    this.#changes.push(kept);
    if (this.#changes.length > 2 * this.#documents.size + 50)
      this.#changes = this.#changes.filter((each) => this.#documents.get(each.id) === each);
    return kept;
  }

  /** Documents changed after `seq`, each at its last change. */
  after(seq: number): readonly Kept[] {
    let from = this.#changes.length;
    while (from > 0 && (this.#changes[from - 1]?.seq ?? 0) > seq) from -= 1;
    return this.#changes.slice(from).filter((each) => this.#documents.get(each.id) === each);
  }

  format(seq: number): string {
    return `${String(seq)}-${this.#epochs.findLast(({ start }) => start <= seq)?.token ?? this.#token()}`;
  }

  parse(since: string): number {
    if (since === "0") return 0;
    const [, digits, token] = /^(\d{1,15})-(g1[\w-]{1,60})$/.exec(since) ?? [];
    if (digits === undefined) throw new Error(`no sequence: ${since}`);
    const index = this.#epochs.findIndex((each) => each.token === token);
    if (index < 0) return 0;
    return Math.min(Number(digits), (this.#epochs[index + 1]?.start ?? this.#seq + 1) - 1);
  }

  info() {
    return {
      instance_start_time: String(this.#created),
      db_name: this.name,
      purge_seq: "0-g1",
      update_seq: this.format(this.#seq),
      sizes: { file: this.#size, external: this.#size, active: this.#size },
      props: {},
      doc_del_count: 0,
      doc_count: this.#documents.size,
      disk_format_version: 8,
      compact_running: false,
      cluster: { q: 1, n: 1, w: 1, r: 1 },
    };
  }

  #token(): string {
    return this.#process + this.#uuid;
  }
}
