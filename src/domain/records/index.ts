// The list of all record types; everything that must know them all starts here.
import type { RecordOf } from "#src/domain/record/define.ts";
import { access } from "./access.ts";
import { account } from "./account.ts";
import { case_ } from "./case.ts";
import { consent } from "./consent.ts";
import { device } from "./device.ts";
import { duplicate } from "./duplicate.ts";
import { followup } from "./followup.ts";
import { movedCase } from "./moved-case.ts";
import { note } from "./note.ts";
import { person } from "./person.ts";
import { planItem } from "./plan-item.ts";
import { recoveryKey } from "./recovery-key.ts";
import { site } from "./site.ts";
import { stageEvent } from "./stage-event.ts";
import { statusEvent } from "./status-event.ts";
import { transfer } from "./transfer.ts";
import { transferAnswer } from "./transfer-answer.ts";
import { urgentAction } from "./urgent-action.ts";
import { urgentCheck } from "./urgent-check.ts";
import { voiding } from "./voiding.ts";

export const definitions = {
  person,
  case: case_,
  consent,
  urgent_check: urgentCheck,
  urgent_action: urgentAction,
  plan_item: planItem,
  note,
  followup,
  status_event: statusEvent,
  stage_event: stageEvent,
  voiding,
  access,
  duplicate,
  transfer,
  transfer_answer: transferAnswer,
  moved_case: movedCase,
  site,
  account,
  device,
  recovery_key: recoveryKey,
} as const;

export type RecordType = keyof typeof definitions;
export type RecordByType = { readonly [T in RecordType]: RecordOf<(typeof definitions)[T]> };
export type SomeRecord = RecordByType[RecordType];

export const recordTypes = Object.keys(definitions) as readonly RecordType[];

export function isRecordType(type: unknown): type is RecordType {
  return typeof type === "string" && Object.hasOwn(definitions, type);
}
