// What a test sees of a page from moment to moment: the words that say "saved", writes to the disk, requests on their way.
import type { Page, Request } from "playwright-core";
import vi from "#locales/vi.json" with { type: "json" };

export type UnderWay = "write" | "push" | "pull";

export interface Sight {
  /** What is under way at this moment. */
  underWay(): readonly UnderWay[];
  /** Resolves when something of this kind begins next. */
  begins(kind: UnderWay): Promise<void>;
  /** How long such things took so far, the middle one of them, in milliseconds; `otherwise` before there was one. */
  usual(kind: UnderWay, otherwise: number): number;
}

export interface Heard {
  /** The screen says that something was saved. */
  saved(): void;
  /** The screen says that the draft is on the device, and this stands in the control of that name. */
  draft(name: string, value: string): void;
}

/** Durations outlive the page: a page is killed before it has many. */
export type Durations = Record<UnderWay, number[]>;

interface Told {
  readonly what: "writing" | "written" | "saved" | "draft";
  readonly name?: string;
  readonly value?: string;
}

/** Call it before the page is loaded. */
export async function watchPage(page: Page, heard: Heard, durations: Durations): Promise<Sight> {
  const begun: Record<UnderWay, Map<unknown, number>> = {
    write: new Map(),
    push: new Map(),
    pull: new Map(),
  };
  const waiting: { kind: UnderWay; go: () => void }[] = [];
  const begin = (kind: UnderWay, what: unknown) => {
    begun[kind].set(what, performance.now());
    for (const each of waiting.filter((one) => one.kind === kind)) {
      waiting.splice(waiting.indexOf(each), 1);
      each.go();
    }
  };
  const end = (kind: UnderWay, what: unknown) => {
    const at = begun[kind].get(what);
    if (at !== undefined) durations[kind].push(performance.now() - at);
    begun[kind].delete(what);
  };

  await page.exposeBinding("tellTest", (_source, told: Told) => {
    if (told.what === "writing") begin("write", told.name);
    else if (told.what === "written") end("write", told.name);
    else if (told.what === "saved") heard.saved();
    else heard.draft(told.name ?? "", told.value ?? "");
  });
  await page.addInitScript(tellOfPage, { draft: vi["ui.draft.saved"], form: vi["form.saved"] });
  page.on("request", (request) => {
    const kind = kindOf(request);
    if (kind) begin(kind, request);
  });
  const ended = (request: Request) => {
    const kind = kindOf(request);
    if (kind) end(kind, request);
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);

  return {
    underWay: () => (["write", "push", "pull"] as const).filter((kind) => begun[kind].size > 0),
    begins: (kind) => new Promise((go) => waiting.push({ kind, go })),
    usual(kind, otherwise) {
      const sorted = durations[kind].toSorted((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)] ?? otherwise;
    },
  };
}

/** A feed that is only held open is nothing under way. */
function kindOf(request: Request): "push" | "pull" | undefined {
  const { pathname, searchParams } = new URL(request.url());
  if (!/^\/db\/[^_/]/.test(pathname) || searchParams.get("feed") === "longpoll") return undefined;
  return pathname.endsWith("/_bulk_docs") ? "push" : "pull";
}

/** Runs in the page, before anything of the product. */
function tellOfPage(words: { readonly draft: string; readonly form: string }): void {
  const tell = (told: Told) => {
    const listener: unknown = Reflect.get(globalThis, "tellTest");
    if (typeof listener === "function") listener(told);
  };
  let count = 0;
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...asked) {
    const made = begin.apply(this, asked);
    if (made.mode === "readwrite") {
      const name = String((count += 1));
      tell({ what: "writing", name });
      for (const ending of ["complete", "abort"])
        made.addEventListener(ending, () => tell({ what: "written", name }));
    }
    return made;
  };
  let saidSaved = false;
  let draftBefore = "";
  const look = () => {
    const texts = [...document.querySelectorAll("span")].map((span) => span.textContent);
    const saved = document.querySelector(".toast span")?.textContent === words.form;
    if (saved && !saidSaved) tell({ what: "saved" });
    saidSaved = saved;
    const control = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      'main :is(input:not([type="radio"], [type="checkbox"]), textarea)[name]',
    );
    if (!control || !texts.includes(words.draft)) return;
    const { name, value } = control;
    if (draftBefore === `${name} ${value}`) return;
    draftBefore = `${name} ${value}`;
    tell({ what: "draft", name, value });
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
