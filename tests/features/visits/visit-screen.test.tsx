// @vitest-environment jsdom
// Recording a visit on the real screen, over the real store: the long way, the short way, what stands in the way.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { nextVisit } from "#src/domain/tasks/visits-due.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { VisitScreen } from "#src/features/visits/visit-screen.tsx";
import { domains } from "#src/features/visits/steps.ts";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

// A whole visit is many renders; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const open = (desk: Desk, id: string, locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <VisitScreen />, path: paths.visit, at: `/cases/${id}/visits/new`, locale });
type Screen = Awaited<ReturnType<typeof open>>;

const choice = (name: string, value: string) => `[name="${name}"][value="${value}"]`;
const button = (action: string) => `[data-action="${action}"]`;
const at = (screen: Screen, step: string) => waitFor(() => expect(screen.step()).toBe(step));

async function deskWithCase(): Promise<{ desk: Desk; id: string }> {
  const desk = await openDesk();
  const id = await desk.receive({
    consent: { decision: "given" },
    person: { displayName: "Hoa" },
    case: { riskLevel: "high", receivedAt: "2026-11-01T01:00:00.000Z" },
  });
  return { desk, id };
}

describe("a visit at which the person was met", () => {
  it.each(localeCodes)("keeps the ten domains, the new risk and the new needs, in %s", async (locale) => {
    const { desk, id } = await deskWithCase();
    await desk.do(recordVisit, {
      caseId: id,
      followup: { outcome: "contact_made", doneOn: "2026-11-10", domains: { safety: "bad" } },
    });
    const screen = await open(desk, id, locale);
    await screen.tap(choice("followup.outcome", "contact_made"));
    await at(screen, "when");
    await screen.tap(choice("followup.mode", "home"));
    await screen.type("followup.othersPresent", "Mẹ");
    await screen.tap(button("next"));
    await at(screen, "domains");
    const safety = await screen.find('[data-field="followup.domains.safety"]');
    // The last visit's word stands beside the question, and nothing is chosen for anybody.
    expect(safety.textContent).toContain("10/11/2026");
    expect(safety.querySelector("input:checked")).toBeNull();
    for (const domain of domains) await screen.tap(choice(`followup.domains.${domain}`, "fragile"));
    await at(screen, "sign");
    await screen.tap(choice("followup.retraffickingSign", "no"));
    await at(screen, "risk");
    expect((await screen.find(".risk-high")).textContent).not.toBe("");
    await screen.tap(choice("followup.riskLevel", "medium"));
    await at(screen, "needs");
    await screen.tap(choice("followup.newNeeds", "papers"));
    await screen.tap(button("next"));
    await screen.type("followup.personsView", "Đỡ lo hơn trước");
    await screen.tap(button("next"));
    await at(screen, "next");
    await screen.tap(button("by-schedule"));
    await at(screen, "note");
    await screen.tap(button("save"));
    await screen.find('[data-state="local"]');

    const file = oneCase(desk.work.profile.store.read, id);
    // To lower it is a supervisor's decision; what was found stands in the visit.
    expect(file?.case.riskLevel).toBe("high");
    expect(file?.visits.at(-1)).toMatchObject({
      outcome: "contact_made",
      doneOn: "2026-11-22",
      mode: "home",
      othersPresent: "Mẹ",
      domains: { safety: "fragile", debt: "fragile" },
      riskLevel: "medium",
      newNeeds: ["papers"],
      personsView: "Đỡ lo hơn trước",
      // A week, while the case stands at high risk.
      nextOn: "2026-11-29",
    });
    expect(file?.plan.map(({ need }) => need)).toEqual(["papers"]);
    expect(desk.work.profile.store.read.drafts()).toEqual([]);
  });

  it("says what to do at once when there is a sign of being trafficked again", async () => {
    const { desk, id } = await deskWithCase();
    const screen = await open(desk, id);
    await screen.tap(choice("followup.outcome", "contact_made"));
    for (const step of ["when", "domains", "sign"]) {
      await at(screen, step);
      if (step !== "sign") await screen.tap(button("skip"));
    }
    await screen.tap(choice("followup.retraffickingSign", "yes"));
    const alert = await screen.find('[role="alert"]');
    expect(alert.querySelector('a[href="tel:02363822822"]')).not.toBeNull();
  });
});

describe("a visit at which nobody was met", () => {
  it.each(["not_found", "refused", "moved"])(
    "is short: no domains, no needs; but asks of danger: %s",
    async (outcome) => {
      const { desk, id } = await deskWithCase();
      const screen = await open(desk, id);
      await screen.tap(choice("followup.outcome", outcome));
      await at(screen, "when");
      await screen.tap(choice("followup.mode", "home"));
      await at(screen, "sign");
      await screen.tap(choice("followup.retraffickingSign", "no"));
      await at(screen, "risk");
      await screen.tap(choice("followup.riskLevel", "high"));
      await at(screen, "next");
      // Sooner than the week after which the schedule would have it.
      expect((await screen.find(".notice")).textContent).toContain("25 tháng 11");
      await screen.tap('[data-field="followup.nextOn"] .shortcut:nth-child(2)');
      await at(screen, "note");
      await screen.tap(button("save"));
      await screen.find('[data-state="local"]');
      expect(oneCase(desk.work.profile.store.read, id)?.visits[0]).toMatchObject({
        outcome,
        retraffickingSign: false,
        riskLevel: "high",
        nextOn: "2026-11-25",
      });
    },
  );
});

describe("a visit without a next day", () => {
  it("offers to agree on one, and says what the schedule asks for until then", async () => {
    const { desk, id } = await deskWithCase();
    const [visit] = await desk.do(recordVisit, { caseId: id, followup: { outcome: "contact_made" } });
    const saved = await openScreen(desk, {
      screen: <VisitScreen />,
      path: paths.visit,
      at: `/cases/${id}/visits/new?draft=${visit!.id}`,
    });
    const link = await saved.find('[data-action="contact"]');
    expect(link.getAttribute("href")).toBe(addressOf.caseForm(id, "contact"));
    expect(document.body.textContent).toContain("29 tháng 11");
    const form = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: addressOf.caseForm(id, "contact"),
    });
    await form.tap('[data-action="save"]');
    await form.find('[data-field="case.nextContactOn"] [role="alert"]');
    await form.tap('[data-action="by-schedule"]');
    await form.tap('[data-action="save"]');
    await waitFor(() =>
      expect(nextVisit(oneCase(desk.work.profile.store.read, id)!)).toEqual({
        on: "2026-11-29",
        agreed: true,
      }),
    );
  });

  it("goes on to the next question with a sign that was seen, once it was read", async () => {
    const { desk, id } = await deskWithCase();
    const screen = await open(desk, id);
    await screen.tap(choice("followup.outcome", "moved"));
    await at(screen, "when");
    await screen.tap(button("skip"));
    await at(screen, "sign");
    await screen.tap(choice("followup.retraffickingSign", "yes"));
    await screen.find('[role="alert"] a[href="tel:02363822822"]');
    await screen.tap(button("next"));
    await at(screen, "risk");
    await screen.tap(button("skip"));
    await at(screen, "next");
    await screen.tap(button("by-schedule"));
    await at(screen, "note");
    await screen.tap(button("save"));
    await screen.find('[data-state="local"]');
    expect(oneCase(desk.work.profile.store.read, id)?.visits[0]).toMatchObject({
      outcome: "moved",
      retraffickingSign: true,
      nextOn: "2026-11-24",
    });
  });

  it("is owed again where nobody was met, and the screen says when", async () => {
    const { desk, id } = await deskWithCase();
    const screen = await open(desk, id);
    await screen.tap(choice("followup.outcome", "not_found"));
    for (const step of ["when", "sign", "risk", "next"]) {
      await at(screen, step);
      await screen.tap(button("skip"));
    }
    await at(screen, "note");
    await screen.tap(button("save"));
    await screen.find('[data-state="local"]');
    const file = oneCase(desk.work.profile.store.read, id);
    const due = file && tasksOf(file, desk.work.surroundings.now()).find(({ kind }) => kind === "visit");
    // A few days later, as the risk is high.
    expect(due).toMatchObject({ dueOn: "2026-11-25" });
    expect(document.body.textContent).toContain("25 tháng 11");
  });
});

describe("what stands in the way", () => {
  it("leads to the question that is wrong, and says why there", async () => {
    const { desk, id } = await deskWithCase();
    const screen = await open(desk, id);
    for (const step of ["when", "sign", "risk", "next", "note"]) {
      await screen.tap(button("skip"));
      await at(screen, step);
    }
    await screen.tap(button("save"));
    await at(screen, "outcome");
    const problem = await screen.find('[data-field="followup.outcome"] [role="alert"]');
    expect(problem.textContent).toContain("có gặp được không");
    // Answered, it goes back to where it was saved from.
    await screen.tap(choice("followup.outcome", "moved"));
    await at(screen, "note");
  });

  it("waits for a case that is not here yet, and opens when it arrives", async () => {
    const { desk, id } = await deskWithCase();
    const other = await openDesk();
    const screen = await open(other, id);
    expect((await screen.find(".empty")).textContent).toContain("chưa có trên máy");
    const arriving = desk.work.profile.store.read
      .all()
      .filter(({ database }) => database !== "directory")
      .map(({ database, record }) => ({ database, record }));
    await other.work.profile.store.write({ changes: arriving });
    await screen.find('[name="followup.outcome"]');
  });

  it("says kindly that a closed case takes no visits", async () => {
    const desk = await openDesk({
      roles: ["cadre@vn-gso-20194", "supervisor@vn-gso-20194"],
    });
    const id = await desk.receive({ case: { riskLevel: "low" } });
    await desk.do(changeStage, { caseId: id, stageEvent: { to: "closed", reason: "xong" } });
    const screen = await open(desk, id);
    expect((await screen.find(".empty")).textContent).toContain("đã kết thúc");
  });
});

describe("a visit that was begun", () => {
  it("is resumed at its question after a new start, from the plain address", async () => {
    const { desk, id } = await deskWithCase();
    const screen = await open(desk, id);
    await screen.tap(choice("followup.outcome", "contact_made"));
    await at(screen, "when");
    await screen.type("followup.othersPresent", "Chị gái");
    await waitFor(() =>
      expect(desk.work.profile.store.read.drafts()[0]?.values["followup"]).toHaveProperty(
        "othersPresent",
        "Chị gái",
      ),
    );
    screen.leave();
    const again = await open(await openDesk({ disk: desk.disk }), id);
    await at(again, "when");
    expect(await again.find('[name="followup.othersPresent"]')).toHaveProperty("value", "Chị gái");
  });
});

describe("a day that cannot be understood", () => {
  it("halts Next, and no choice beside it goes on by itself: a visit has no page to look it over", async () => {
    const { desk, id } = await deskWithCase();
    const screen = await open(desk, id);
    await screen.tap(choice("followup.outcome", "not_found"));
    await at(screen, "when");
    await screen.user.clear(await screen.find('[name="followup.doneOn"]'));
    await screen.type("followup.doneOn", "32/11/2026");
    await screen.tap(choice("followup.mode", "home"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.step()).toBe("when");
    await screen.tap(button("next"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(screen.step()).toBe("when");
    await screen.find('[data-field="followup.doneOn"] .field-problem');
    await screen.user.clear(await screen.find('[name="followup.doneOn"]'));
    await screen.type("followup.doneOn", "20/11/2026");
    await screen.tap(button("next"));
    for (const step of ["sign", "risk"]) {
      await at(screen, step);
      await screen.tap(button("skip"));
    }
    await at(screen, "next");
    await screen.type("followup.nextOn", "mai");
    await screen.tap(button("skip"));
    await at(screen, "note");
    expect((await screen.find(".toast")).textContent).toContain("mai");
    await screen.tap(button("save"));
    await screen.find('[data-state="local"]');
    const visit = oneCase(desk.work.profile.store.read, id)?.visits.at(-1);
    expect(visit).toMatchObject({ doneOn: "2026-11-20", mode: "home" });
    expect(visit).not.toHaveProperty("nextOn");
  });
});
