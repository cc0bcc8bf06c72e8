// @vitest-environment jsdom
// The last screen of receiving somebody: what does not go together is said, and every row leads to its step and back.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { allCases } from "#src/data/case-queries.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { ReceiveScreen } from "#src/features/receive/receive-screen.tsx";
import { doubtsOf } from "#src/features/receive/doubts.ts";
import { receiveSteps } from "#src/features/receive/steps.ts";
import { localeCodes, type Locale } from "#src/i18n/locales.ts";
import { hoaVang, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const draftId = "00000000-0000-4000-8000-00000000000a";
const today = "2026-11-22";
const button = (action: string) => `[data-action="${action}"]`;
const choice = (name: string, value: string) => `[name="${name}"][value="${value}"]`;

/** The last screen of a form in which this stands. */
async function review(values: Readonly<Record<string, FormValues>>, locale: Locale = "vi") {
  const desk = await openDesk();
  const startedAt = "2026-11-22T01:00:00.000Z";
  const database = `s-${hoaVang.siteId}`;
  const draft = { id: draftId, form: "receive", database, values, startedAt, updatedAt: startedAt };
  await desk.work.profile.store.write({ putDrafts: [draft] });
  const at = `/receive?draft=${draftId}&step=review`;
  const screen = await openScreen(desk, { screen: <ReceiveScreen />, path: "/receive", at, locale });
  await screen.find(button("save"));
  return { desk, screen };
}

const given = { decision: "given", givenBy: "self", how: "signed", language: "vi" };
const kinds = (values: Readonly<Record<string, FormValues>>) =>
  doubtsOf(receiveSteps("vn"), values, today).map(({ kind, step }) => `${kind} ${step}`);

describe("a doubt", () => {
  it("is an age that the birth contradicts", () => {
    expect(kinds({ consent: given, person: { birthDate: "1998", ageYears: 40 } })).toEqual(["age age"]);
    expect(kinds({ consent: given, person: { birthDate: "1998", ageYears: 28 } })).toEqual([]);
  });

  it("is somebody perhaps under 18 of whom only their own consent is noted", () => {
    expect(kinds({ consent: given, person: { ageYears: 17 } })).toEqual(["minor consentDetails"]);
    expect(kinds({ consent: given, person: { birthDate: "2008" } })).toEqual(["minor consentDetails"]);
    expect(kinds({ consent: { ...given, givenBy: "both" }, person: { ageYears: 17 } })).toEqual([]);
    expect(kinds({ consent: given, person: { ageYears: 18 } })).toEqual([]);
  });

  it.each([
    ["0905", true],
    ["gọi chị Lan", true],
    ["3822 822", true],
    ["0236 3822 822", false],
    ["+84 905 123 456", false],
  ])("is a phone number with too few digits: %s", (phone, doubted) => {
    const person = { safeContact: { way: "phone", phone } };
    expect(kinds({ consent: given, person })).toEqual(doubted ? ["phone safeContact"] : []);
  });

  it("is what cannot be understood", () => {
    expect(kinds({ consent: given, person: { typed: { birthDate: "35/13/1990" } } })).toEqual(["unread age"]);
  });

  it.each(localeCodes)(
    "names the thing, leads to its step, and does not keep from saving, in %s",
    async (locale) => {
      const person = { birthDate: "1998", ageYears: 40, safeContact: { way: "phone", phone: "0905" } };
      const { desk, screen } = await review({ consent: given, person }, locale);
      const said = [...document.querySelectorAll(".step-body .notice-info")].map(
        ({ textContent }) => textContent,
      );
      expect(said).toHaveLength(2);
      expect(said[0]).toContain("40");
      expect(said[0]).toMatch(/27.28/);
      expect(said[1]).toContain("0905");
      await screen.tap('.notice [data-step="safeContact"]');
      await screen.find('[name="person.safeContact.phone"]');
      await screen.tap(button("next"));
      await screen.find(button("save"));
      await screen.tap(button("save"));
      await screen.find(".saved-code");
      expect(allCases(desk.work.profile.store.read)[0]?.person?.record).toMatchObject({ ageYears: 40 });
    },
  );
});

describe("a row of what will be kept", () => {
  it.each([
    ["person.ageYears", "age", "next"],
    ["person.displayName", "name", "back"],
    ["case.receivedAt", "received", "next"],
    ["planItem.need", "needs", "back"],
    ["urgentCheck.suicidal", "urgent", "next"],
  ])("%s leads to its step, and %s from there back", async (name, step, way) => {
    const { screen } = await review({
      consent: given,
      urgentCheck: { suicidal: false },
      person: { displayName: "Hoa", ageYears: 24 },
      planItem: { need: ["medical"] },
    });
    await screen.tap(`[data-field="${name}"] [data-step="${step}"]`);
    await waitFor(() => expect(screen.step()).toBe(step));
    await screen.tap(button(way));
    await waitFor(() => expect(screen.step()).toBe("review"));
  });

  it("is changed there, and its button says the question and the answer", async () => {
    const { screen } = await review({ consent: given, person: { sex: "male" } });
    const row = await screen.find('[data-field="person.sex"] button');
    const named = (row.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    expect(named).toEqual(["Giới tính", "Nam"]);
    await screen.user.click(row);
    await screen.tap(choice("person.sex", "female"));
    await waitFor(() => expect(screen.step()).toBe("review"));
    expect((await screen.find('[data-field="person.sex"] button')).textContent).toBe("Nữ");
  });

  it("shows whether somebody may come or call", async () => {
    const { screen } = await review({ consent: given, contactConsent: { decision: "refused" } });
    await screen.tap('[data-step="safeContact"]');
    await waitFor(() => expect(screen.step()).toBe("safeContact"));
    expect(await screen.find(choice("consent.decision", "refused"))).toHaveProperty("checked", true);
  });
});
