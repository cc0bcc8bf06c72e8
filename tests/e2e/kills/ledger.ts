// The book of what a person was told is saved, held against what is found afterwards on the device and at the centre.
import { Box } from "#tests/e2e/kills/box.ts";

export type Form = "note" | "contact";

/** A form that is being filled in or saved. */
export interface Going {
  readonly form: Form;
  /** As it is typed, and as the screen of the case shows it once it is saved. */
  readonly text: string;
  readonly box: Box;
}

/** What the device shows after it was opened again. */
export interface Found {
  /** Texts of notes, and days as the changes of the case show them. */
  readonly shown: Readonly<Record<Form, readonly string[]>>;
  /** What the drafts that Today offers hold, by form. */
  readonly drafts: Readonly<Record<Form | "receive", readonly string[]>>;
}

export class Ledger {
  readonly saved: Record<Form, string[]> = { note: [], contact: [] };
  /** What was given up half done when a moment came. */
  going: Going | undefined;
  /** The reception that stays half typed to the end. */
  readonly intake = new Box();
  readonly faults: string[] = [];
  /** The most keys that were pressed ahead of what the screen had called saved. */
  mostAhead = 0;

  begin(form: Form, text: string): Going {
    this.going = { form, text, box: new Box() };
    return this.going;
  }

  /** The screen said that it is saved. */
  acknowledge(): void {
    const { going } = this;
    if (going) this.saved[going.form].push(going.text);
    this.going = undefined;
  }

  /** Compares, and goes on from what was found. */
  check(where: string, { shown, drafts }: Found): void {
    const fault = (text: string) => this.faults.push(`${where}: ${text}`);
    for (const form of ["note", "contact"] as const)
      for (const text of this.saved[form]) {
        const times = shown[form].filter((each) => each === text).length;
        if (times !== 1) fault(`${form} ${text} was saved and is there ${times} times`);
      }
    this.#checkGoing(fault, shown, drafts);
    const [typed, ...others] = drafts.receive;
    if (others.length > 0) fault(`${others.length + 1} drafts of one reception`);
    this.mostAhead = Math.max(this.mostAhead, this.intake.ahead);
    if (typed === undefined && this.intake.isKept) fault(`the open reception is gone: ${this.intake.told}`);
    if (typed === undefined) return;
    if (!this.intake.mayHold(typed)) fault(`the open reception came back as "${typed}": ${this.intake.told}`);
    this.intake.cameBack(typed);
  }

  #checkGoing(fault: (text: string) => void, shown: Found["shown"], drafts: Found["drafts"]): void {
    const { going } = this;
    for (const form of ["note", "contact"] as const) {
      const left = drafts[form];
      if (left.length > (going?.form === form ? 1 : 0))
        fault(`drafts of ${form} that nobody left: ${left.join(", ")}`);
    }
    if (!going) return;
    const isThere = shown[going.form].includes(going.text);
    const [draft] = drafts[going.form];
    const name = `${going.form} ${going.box.told}`;
    if (isThere && draft !== undefined) fault(`${name}: saved, and its draft still there`);
    if (!isThere && draft === undefined && going.box.isKept) fault(`${name}: neither saved nor a draft`);
    if (draft !== undefined && !going.box.mayHold(draft)) fault(`${name}: the draft came back as "${draft}"`);
    if (isThere) this.acknowledge();
    else if (draft === undefined) this.going = undefined;
    else going.box.cameBack(draft);
  }
}
