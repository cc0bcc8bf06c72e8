// One call of the record rule and what it says: "accepted", or the refusal in its own words.
import { recordRule, type SecurityObject, type UserContext } from "#server/rule/record-rule.ts";
import type { Specimen } from "#tests/domain/record/spoiled-record.ts";
import { ruleTable } from "#server/rule/rule-table.ts";

export interface RuleCall {
  readonly newDoc: Record<string, unknown>;
  readonly oldDoc: Record<string, unknown> | null;
  readonly userCtx: UserContext;
  readonly secObj: SecurityObject;
}
export type Rule = typeof recordRule;

/** Something somebody might write, and what has to become of it: "accepted", or the kind of the refusal. */
export interface Cell extends RuleCall {
  readonly what: string;
  readonly expected: "accepted" | "delete" | "schema" | "place" | "author" | "role" | "change" | "time";
}

/** @param now milliseconds since 1970; the real clock unless given */
export function verdict(call: RuleCall, rule: Rule = recordRule, now?: number, table = ruleTable): string {
  const { newDoc, oldDoc, userCtx, secObj } = call;
  try {
    rule(newDoc, oldDoc, userCtx, secObj, table, now);
    return "accepted";
  } catch (thrown) {
    if (typeof thrown === "object" && thrown !== null && "forbidden" in thrown)
      return String(thrown.forbidden);
    throw thrown;
  }
}

/** As an account whose name, roles and clock stand in nobody's way, so that only the description speaks. */
export function asSpecimen({ database, record, previous }: Specimen): RuleCall {
  return {
    newDoc: { _id: String(record["id"]), ...record },
    oldDoc: previous ? { _id: String(record["id"]), ...previous } : null,
    userCtx: {
      db: database,
      name: "centre",
      roles: previous ? ["_admin"] : ["replicator", "directory_copy"],
    },
    secObj: { members: { roles: [] } },
  };
}

/** The first word of a refusal, by which the app knows what to do. */
export const kindOf = (said: string): string => said.split(":")[0] ?? said;

/** The cells that come out otherwise than expected, each with what was said. */
export function wrong(cells: readonly Cell[], rule?: Rule, table = ruleTable): readonly string[] {
  return cells.flatMap((cell) => {
    const said = verdict(cell, rule, undefined, table);
    return kindOf(said) === cell.expected ? [] : [`${cell.what}: expected ${cell.expected}, got ${said}`];
  });
}
