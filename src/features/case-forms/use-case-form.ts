// A form about a case: a draft that keeps what is typed, the command it ends in, and what stands in its way.
import { useCallback, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { caseUnchanged } from "#src/data/case-unchanged.ts";
import { type CommandFault, useCommand } from "#src/data/use-command.ts";
import { openDrafts } from "#src/data/draft-writer.ts";
import { type OpenDraft, useDraft } from "#src/data/use-draft.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { ContactError } from "#src/domain/commands/agree-contact.ts";
import type { Command } from "#src/domain/commands/command.ts";
import type { CaseEditError } from "#src/domain/commands/edit-case.ts";
import type { PersonEditError } from "#src/domain/commands/edit-person.ts";
import type { PlanError } from "#src/domain/commands/keep-plan-item.ts";
import type { FlagError } from "#src/domain/commands/record-urgent-action.ts";
import type { UrgentCheckError } from "#src/domain/commands/record-urgent-check.ts";
import type { StageError } from "#src/domain/commands/change-stage.ts";
import type { StatusError } from "#src/domain/commands/record-status.ts";
import type { JudgementError } from "#src/domain/commands/judge-duplicate.ts";
import type { AskTransferError } from "#src/domain/commands/ask-transfer.ts";
import { type VoidError, voidRecord } from "#src/domain/commands/void-record.ts";
import type { Result } from "#src/domain/ports/result.ts";
import type { Change, Draft } from "#src/domain/ports/store.ts";
import { sectionOf } from "#src/domain/record/define.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, type CaseForm } from "#src/ui/addresses.ts";
import type { Answer } from "#src/domain/record/answer.ts";
import { useToast } from "#src/ui/toast.tsx";

export type FormError =
  | PersonEditError
  | FlagError
  | UrgentCheckError
  | ContactError
  | StageError
  | StatusError
  | CaseEditError
  | PlanError
  | VoidError
  | AskTransferError
  | JudgementError
  | { readonly type: "NobodyHere" | "DecisionMissing" | "NothingToWithdraw" }
  /** Somebody else changed the same answer meanwhile: the form asks which one holds. */
  | { readonly type: "DecideFirst" };

type FaultType = CommandFault<FormError | { readonly type: "NoTransferOpen" }>["type"];

export interface CaseFormParts<I> {
  readonly form: CaseForm;
  readonly file: CaseFile;
  /** Id of the record the form is about, where there is one. */
  readonly about?: string | undefined;
  readonly initial?: Draft["values"];
  readonly command: Command<I, FormError>;
  readonly input: (values: Draft["values"]) => I;
  /** The input that takes it back; without one, what was added is voided by its author. */
  readonly undo?: I | undefined;
  /** Takes it back in another way, where what was added is not to be voided. */
  readonly takeBack?: () => Promise<Result<unknown, { readonly type: FaultType }>>;
  /** Sections whose missing fields are told by their bare names. */
  readonly section: string;
  /** What has to be settled in the form itself before it may be saved. */
  readonly hindrance?: (values: Draft["values"]) => FormError | undefined;
}

export interface OpenCaseForm {
  readonly file: CaseFile;
  readonly draft: OpenDraft;
  readonly values: Draft["values"];
  /** Begun earlier and continued now. */
  readonly resumed: boolean;
  readonly fault: CommandFault<FormError> | undefined;
  readonly busy: boolean;
  /** The command has begun: what changes in the store from now on is its own doing. */
  readonly isSaving: () => boolean;
  readonly answer: (section: string, path: string, answer: Answer) => void;
  readonly problemAt: (section: string, path: string) => string | undefined;
  readonly save: () => Promise<void>;
}

/** The draft of this form for this case and, where it is about one record, for that. */
function draftId(
  drafts: readonly Draft[],
  { form, file, about }: Pick<CaseFormParts<never>, "form" | "file" | "about">,
): string | undefined {
  return drafts.find((draft) => draft.form === form && draft.case === file.case.id && draft.step === about)
    ?.id;
}

export function useCaseForm<I>(parts: CaseFormParts<I>): OpenCaseForm {
  const { form, file, about, initial, command, input, undo, section, hindrance } = parts;
  const { t } = useTexts();
  const { store } = useWork().profile;
  const navigate = useNavigate();
  const say = useToast();
  const run = useCommand(command);
  const runVoid = useCommand(voidRecord);
  const [known] = useState(() => draftId(openDrafts(store), parts));
  const draft = useDraft({
    form,
    database: file.database,
    case: file.case.id,
    ...(known === undefined ? {} : { id: known }),
    ...(initial ? { initial } : {}),
  });
  const [fault, setFault] = useState<CommandFault<FormError>>();
  // What was missing and has an answer since is no fault any more.
  const [since, setSince] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const saving = useRef(false);
  const { values } = draft.draft;

  async function takeBack(changes: readonly Change[]): Promise<void> {
    const target = changes[0]?.record.id ?? "";
    const voiding = { target, reason: t("form.undo.reason") };
    const done = parts.takeBack
      ? await parts.takeBack()
      : undo === undefined
        ? await runVoid({ caseId: file.case.id, voiding })
        : await run(undo);
    say(done.ok ? t("form.undone") : t(`error.${done.error.type}`));
  }

  async function save(): Promise<void> {
    if (saving.current) return;
    const unsettled = hindrance?.(values);
    if (unsettled) return setFault(unsettled);
    saving.current = true;
    setBusy(true);
    setSince(new Set());
    // A write of the draft that is still under way would bring it back after it was dropped.
    await draft.settled();
    const done = await run(input(values), draft.id);
    setBusy(false);
    if (!done.ok) {
      saving.current = false;
      return setFault(done.error);
    }
    say(t("form.saved"), () => void takeBack(done.value), {
      ahead: true,
      while: caseUnchanged(store, file.case.id),
    });
    await navigate(addressOf.case(file.case.id), { replace: true });
  }

  const { setAnswer, setStep } = draft;
  const step = draft.draft.step;
  const standing = fault && withoutAnswered(fault, section, since);
  return {
    file,
    draft,
    values,
    resumed: known !== undefined,
    fault: standing,
    busy,
    isSaving: useCallback(() => saving.current, []),
    answer: (inSection, path, answer) => {
      if (about !== undefined && step !== about) setStep(about);
      setSince((before) => new Set([...before, `${inSection}.${path}`]));
      setAnswer(inSection, path, answer);
    },
    problemAt: (inSection, path) => {
      const wrong = standing && problemOf(standing, section, `${inSection}.${path}`);
      return wrong && t(wrong);
    },
    save,
  };
}

function withoutAnswered(
  fault: CommandFault<FormError>,
  section: string,
  answered: ReadonlySet<string>,
): CommandFault<FormError> | undefined {
  if (fault.type !== "FieldsMissing") return fault;
  const fields = fault.fields.filter((field) => !answered.has(`${section}.${field}`));
  return fields.length === 0 ? undefined : { ...fault, fields };
}

const dateFields = ["effectiveOn", "doneAt", "onDate", "deliveredOn"];

/** What is wrong with one field, if the fault is about it. */
function problemOf(
  fault: CommandFault<FormError>,
  section: string,
  address: string,
): "form.missing" | "form.invalid" | "error.DateInFuture" | undefined {
  switch (fault.type) {
    case "FieldsMissing":
      return fault.fields.some((field) => `${section}.${field}` === address) ? "form.missing" : undefined;
    case "DateInFuture":
      return dateFields.some((field) => `${section}.${field}` === address) ? "error.DateInFuture" : undefined;
    case "RecordInvalid":
      return fault.problems.some((problem) => addressOfProblem(problem) === address)
        ? "form.invalid"
        : undefined;
    default:
      return undefined;
  }
}

/** `person childrenCount: too big` → `person.childrenCount` */
function addressOfProblem(problem: string): string {
  const [, type = "", path = ""] = /^(\S+) ([^:]+):/.exec(problem) ?? [];
  return `${sectionOf(type)}.${path}`;
}
