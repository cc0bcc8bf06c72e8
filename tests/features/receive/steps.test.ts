// Which steps receiving somebody takes, by what was answered.
import { describe, expect, it } from "vitest";
import { profiles } from "#src/domain/profiles/index.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { spokenLanguages } from "#src/domain/records/code-lists.ts";
import { receptionOf } from "#src/features/receive/reception-of.ts";
import { consentIsOpen, receiveSteps, restNo, urgentQuestions } from "#src/features/receive/steps.ts";
import { goesOn, nearestStep, questionsOf, type SheetValues, stepsFor } from "#src/ui/steps/step.ts";

const steps = receiveSteps("vn");
const names = (values: SheetValues) => stepsFor(steps, values).map(({ name }) => name);
const identity = ["name", "citizenship", "home", "safeContact"];

describe("the steps", () => {
  it("follow the order of the procedure", () => {
    expect(names({ consent: { decision: "given" } })).toEqual([
      "consent",
      "consentDetails",
      "urgent",
      "name",
      "sex",
      "age",
      "citizenship",
      "language",
      "home",
      "group",
      "received",
      "channel",
      "risk",
      "needs",
      "nextContact",
      "safeContact",
      "review",
    ]);
  });

  it.each(["refused", "cannot_now"])("leave identity out when consent is %s", (decision) => {
    expect(names({ consent: { decision } }).filter((name) => identity.includes(name))).toEqual([]);
  });

  it.each(["given", "refused", "cannot_now"])("ask what helping needs when consent is %s", (decision) => {
    const needed = ["sex", "age", "language"];
    expect(names({ consent: { decision } }).filter((name) => needed.includes(name))).toEqual(needed);
  });

  it.each(["vn", "id"] as const)(
    "ask for an interpreter for every language but the staff's, in %s",
    (profile) => {
      const asked = (person: FormValues) => {
        const step = receiveSteps(profile).find(({ name }) => name === "language");
        return step && questionsOf(step, { person }).some(({ path }) => path === "interpreterNeeded");
      };
      for (const language of spokenLanguages.codes)
        expect(asked({ language, citizenship: profiles[profile].country }), language).toBe(
          language !== profiles[profile].defaultLanguage,
        );
      expect(asked({ unanswered: { language: "unknown" } })).toBe(true);
      expect(asked({ unanswered: { language: "declined" } })).toBe(false);
      expect(asked({})).toBe(false);
    },
  );

  it("ask for the adult of somebody under 18 who came along", () => {
    expect(names({ case: { group: "accompanying_under_18" } })).toContain("adult");
    expect(names({ case: { group: "victim_or_being_identified" } })).not.toContain("adult");
  });

  it("ask what becomes of identity that was typed before the refusal", () => {
    expect(names({ consent: { decision: "refused" }, person: { displayName: "Hoa" } })[1]).toBe("identity");
  });

  it("ask for an interpreter only where another language is easier", () => {
    const language = nearestStep(steps, {}, "language");
    expect(questionsOf(language, { person: { language: "vi" } })).toHaveLength(1);
    expect(questionsOf(language, { person: { language: "hmn" } })).toHaveLength(2);
    const inIndonesia = nearestStep(receiveSteps("id"), {}, "language");
    expect(questionsOf(inIndonesia, { person: { language: "id" } })).toHaveLength(1);
  });

  it("lead on from a step that is not taken any more to the next that is", () => {
    expect(nearestStep(steps, { consent: { decision: "refused" } }, "name").name).toBe("sex");
    expect(nearestStep(steps, {}, "no-such-step").name).toBe("consent");
  });
});

describe("going on by itself", () => {
  const urgent = nearestStep(steps, {}, "urgent");
  const all = (value: boolean) => Object.fromEntries(urgentQuestions.map(({ path }) => [path, value]));
  const lifeInDanger = { section: "urgentCheck", path: "lifeInDanger" } as const;

  it("never leaves the urgent questions by themselves, whatever was answered", () => {
    const { lifeInDanger: _, ...seven } = all(false);
    expect(goesOn(urgent, {}, { urgentCheck: seven }, lifeInDanger)).toBe(false);
    expect(goesOn(urgent, { urgentCheck: seven }, { urgentCheck: all(false) }, lifeInDanger)).toBe(false);
    const yes = { urgentCheck: { ...seven, lifeInDanger: true } };
    expect(goesOn(urgent, { urgentCheck: seven }, yes, lifeInDanger)).toBe(false);
  });

  it("lets somebody who came back change one of several answers in peace", () => {
    const { waits: _, ...details } = nearestStep(steps, { consent: { decision: "given" } }, "consentDetails");
    const full = { decision: "given", givenBy: "self", how: "signed", language: "vi" };
    const how = { section: "consent", path: "how" } as const;
    const changed = { consent: { ...full, givenBy: "guardian", minorAssent: true } };
    expect(goesOn(details, { consent: full }, changed, how)).toBe(false);
    // The same answer once more, as with Enter after arrow keys: go on.
    expect(goesOn(details, { consent: full }, { consent: full }, how)).toBe(true);
  });

  it("never passes from the consent on to the urgent questions, whatever is chosen last", () => {
    const details = nearestStep(steps, { consent: { decision: "given" } }, "consentDetails");
    const done = { decision: "given", givenBy: "self", how: "signed", language: "vi" };
    const { language: _, ...before } = done;
    const language = { section: "consent", path: "language" } as const;
    expect(goesOn(details, { consent: before }, { consent: done }, language)).toBe(false);
  });

  it("stays where something further down waits to be typed", () => {
    const home = nearestStep(steps, {}, "home");
    const province = { section: "person", path: "homeArea.province" } as const;
    expect(goesOn(home, {}, { person: { homeArea: { province: "vn-gso-48" } } }, province)).toBe(false);
  });
});

describe("what is saved", () => {
  const draft = (values: SheetValues) => ({
    id: "d",
    form: "receive",
    database: "s-vn-gso-20194",
    values,
    startedAt: "2026-11-22T01:00:00.000Z",
    updatedAt: "2026-11-22T03:00:00.000Z",
  });

  it("was received when the form was begun, not when it was finished in quiet", () => {
    const kept = receptionOf(draft({ urgentCheck: { suicidal: true } }), "2026-11-22T01:00:00.000Z");
    expect(kept).toMatchObject({
      siteId: "vn-gso-20194",
      case: { receivedAt: "2026-11-22T01:00:00.000Z" },
    });
    expect(receptionOf(draft({}), "2026-11-22T01:00:00.000Z")).not.toHaveProperty("case");
  });

  it("needs consent as soon as anything about identity was answered, a refusal to answer included", () => {
    expect(consentIsOpen({ person: { unanswered: { citizenship: "declined" } } })).toBe(true);
    expect(consentIsOpen({ consent: { decision: "given" }, person: { displayName: "Hoa" } })).toBe(false);
    // What identifies nobody needs none.
    expect(consentIsOpen({ person: { sex: "female", ageYears: 20, language: "hmn" } })).toBe(false);
    expect(consentIsOpen({ case: { riskLevel: "low" } })).toBe(false);
  });

  it("all no leaves every answer that is there", () => {
    const rest = restNo({ urgentCheck: { suicidal: true, unanswered: { lifeInDanger: "unknown" } } });
    expect(Object.keys(rest)).toHaveLength(7);
    expect(rest).not.toHaveProperty("suicidal");
    expect(rest).not.toHaveProperty("lifeInDanger");
  });
});
