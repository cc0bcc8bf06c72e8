// @vitest-environment jsdom
// Receiving one person on the real screen, over the real store: taps, refusal, stop, duplicates, coming back.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { allCases } from "#src/data/case-queries.ts";
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import { noticeBody } from "#src/domain/profiles/bodies.ts";
import { ReceiveScreen } from "#src/features/receive/receive-screen.tsx";
import type { UrgentFlag } from "#src/domain/records/code-lists.ts";
import { urgentFlags } from "#src/domain/records/code-lists.ts";
import { localeCodes } from "#src/i18n/locales.ts";
import { type Desk, hoaVang, openDesk, openScreen, siteOf } from "#tests/features/support/desk.tsx";

// A whole intake is many renders; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const open = (desk: Desk, at = "/receive", locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <ReceiveScreen />, path: "/receive", at, locale });
type Screen = Awaited<ReturnType<typeof open>>;

const choice = (name: string, value: string) => `[name="${name}"][value="${value}"]`;
const button = (action: string) => `[data-action="${action}"]`;
const at = (screen: Screen, step: string) => waitFor(() => expect(screen.step()).toBe(step));

async function giveConsent(screen: Screen): Promise<void> {
  await screen.tap(choice("consent.decision", "given"));
  await screen.tap(choice("consent.givenBy", "self"));
  await screen.tap(choice("consent.how", "signed"));
  await screen.tap(choice("consent.language", "vi"));
  await screen.tap(button("next"));
  await at(screen, "urgent");
}

async function answerUrgent(screen: Screen, yes: readonly UrgentFlag[] = []): Promise<void> {
  for (const flag of urgentFlags)
    await screen.tap(choice(`urgentCheck.${flag}`, yes.includes(flag) ? "yes" : "no"));
}

/** Skips every question up to a step. */
async function skipTo(screen: Screen, step: string): Promise<void> {
  while (screen.step() !== step) {
    const before = screen.step();
    await screen.user.click(await screen.find(`${button("skip")}, ${button("next")}`));
    await waitFor(() => expect(screen.step()).not.toBe(before));
  }
}

describe("the shortest honest intake", () => {
  it.each(localeCodes)(
    "takes at most 40 taps with all eight urgent questions answered, in %s",
    async (locale) => {
      const desk = await openDesk();
      const screen = await open(desk, "/receive", locale);
      // Pressing Receive brought us here.
      const opening = 1;
      await giveConsent(screen);
      await answerUrgent(screen);
      await screen.tap(button("next"));
      await at(screen, "name");
      await screen.type("person.displayName", "Đào Thị Hòa");
      await screen.tap(button("next"));
      await screen.tap(choice("person.sex", "female"));
      await screen.type("person.ageYears", "24");
      await screen.tap(button("next"));
      await screen.tap(choice("person.citizenship", "VN"));
      await screen.tap(choice("person.language", "vi"));
      await screen.tap(choice("person.homeArea.province", "vn-gso-48"));
      await screen.type("person.homeArea.commune", "Hòa Khương");
      await screen.tap(button("next"));
      await screen.tap(choice("case.group", "victim_or_being_identified"));
      await at(screen, "received");
      await screen.tap(button("next"));
      await screen.tap(choice("case.channel", "border_guard"));
      await screen.tap(choice("case.riskLevel", "medium"));
      await screen.tap(choice("planItem.need", "medical"));
      await screen.tap(choice("planItem.need", "safe_place"));
      await screen.tap(choice("planItem.need", "contact_family"));
      await screen.tap(button("next"));
      await at(screen, "nextContact");
      await screen.tap('[data-field="case.nextContactOn"] .shortcut:nth-child(2)');
      await screen.tap(choice("consent.decision", "given"));
      await screen.tap(choice("person.safeContact.way", "visit"));
      await at(screen, "review");
      await screen.tap(button("save"));
      const code = await screen.find(".saved-code");

      const taps = opening + screen.taps();
      expect(taps).toBeLessThanOrEqual(40);
      expect(taps).toBe(37);
      const [file] = allCases(desk.work.profile.store.read);
      expect(code.textContent).toBe(file?.case.code);
      expect(file?.person?.record).toMatchObject({
        displayName: "Đào Thị Hòa",
        sex: "female",
        ageYears: 24,
        ageAsOf: "2026-11-22",
        homeArea: { province: "vn-gso-48", commune: "Hòa Khương" },
        safeContact: { way: "visit" },
      });
      expect(file?.case).toMatchObject({
        receivedAt: "2026-11-22T01:00:00.000Z",
        riskLevel: "medium",
        nextContactOn: "2026-11-25",
      });
      expect(file?.plan.map(({ need, priority }) => [need, priority])).toEqual([
        ["medical", 1],
        ["safe_place", 2],
        ["contact_family", 3],
      ]);
      expect(desk.work.profile.store.read.drafts()).toEqual([]);
    },
  );
});

describe("the explanation that is read out", () => {
  it.each([
    ["vi", "cán bộ giám sát", "mã"],
    ["en", "supervisor", "code"],
    ["id", "penyelia", "kode"],
  ] as const)("says who reads it and who is told, in %s", async (locale, supervisor, code) => {
    const screen = await open(await openDesk(), "/receive", locale);
    const read = (await screen.find(".step-body .notice-info")).textContent;
    expect(read).toContain(supervisor);
    expect(read).toContain("Sở Y tế thành phố Đà Nẵng");
    await screen.tap(choice("consent.decision", "refused"));
    await at(screen, "urgent");
    await screen.tap(button("back"));
    const withheld = (await screen.find(".step-body .notice-ok")).textContent;
    expect(withheld).toContain("Sở Y tế thành phố Đà Nẵng");
    expect(withheld).toContain(code);
  });

  it("names the body of the other country too, and one at a place in no province", () => {
    expect(noticeBody("id", { siteId: "id-kemendagri-31.71", ancestors: ["id-kemendagri-31"] })).toBe(
      "UPTD PPA Provinsi DKI Jakarta",
    );
    expect(noticeBody("vn", { siteId: "somewhere", ancestors: [] })).toBe("Sở Y tế");
  });
});

describe("the safe way to contact", () => {
  it("is asked for together with consent to a visit or a call, which is kept beside that to the file", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await giveConsent(screen);
    await skipTo(screen, "safeContact");
    await screen.tap(choice("person.safeContact.way", "none"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.step()).toBe("safeContact");
    await screen.tap(choice("consent.decision", "refused"));
    await at(screen, "review");
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    const [file] = allCases(desk.work.profile.store.read);
    expect(file && consentInForce(file.consents, "open_file")).toBe("given");
    expect(file && consentInForce(file.consents, "contact_at_home")).toBe("refused");
  });

  it("records no consent to a contact that nobody asked for", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await giveConsent(screen);
    await skipTo(screen, "review");
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    const [file] = allCases(desk.work.profile.store.read);
    expect(file?.consents.map(({ purpose }) => purpose)).toEqual(["open_file"]);
  });
});

describe("the urgent questions", () => {
  it("says at once what to do and whom to call after a yes, and waits until that was read", async () => {
    const screen = await open(await openDesk());
    await giveConsent(screen);
    await answerUrgent(screen, ["suicidal"]);
    const alert = await screen.find('[role="alert"]');
    expect(alert.textContent).toContain("Đừng để người ấy một mình");
    expect(alert.querySelector('a[href="tel:111"]')).not.toBeNull();
    expect(alert.querySelector('a[href="tel:02363822822"]')).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.step()).toBe("urgent");
  });

  it("all no sets only what was left, and the record says that they were set together", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await giveConsent(screen);
    await screen.tap(choice("urgentCheck.noShelterTonight", "yes"));
    await screen.tap(choice("urgentCheck.suicidal", "unknown"));
    await screen.tap(button("all-no"));
    // An answer that is not known is named, and not counted as given.
    const done = await screen.find(".urgent-done");
    expect(done.textContent).toContain("Còn để ngỏ: Có ý nghĩ không muốn sống");
    expect(done.textContent).not.toContain("cả tám câu");
    await skipTo(screen, "review");
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    const [check] = desk.work.profile.store.read.list("urgent_check");
    expect(check?.record).toMatchObject({
      noShelterTonight: true,
      lifeInDanger: false,
      restNoTogether: true,
      unanswered: { suicidal: "unknown" },
    });
    expect(check?.record).not.toHaveProperty("suicidal");
  });
});

describe("a reflex of the thumb", () => {
  it("after all no meets words, and nothing goes on before somebody presses Next", async () => {
    const screen = await open(await openDesk());
    await giveConsent(screen);
    await screen.user.dblClick(await screen.find(button("all-no")));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.step()).toBe("urgent");
    await screen.tap(button("next"));
    await at(screen, "name");
  });

  it("does not wait for the last of the eight answers to carry it on", async () => {
    const screen = await open(await openDesk());
    await giveConsent(screen);
    await answerUrgent(screen);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.step()).toBe("urgent");
  });

  it("on Next does not pass the step that has just come; a second press does", async () => {
    const screen = await open(await openDesk());
    await giveConsent(screen);
    await screen.tap(button("all-no"));
    await screen.user.dblClick(await screen.find(button("next")));
    await at(screen, "name");
    await screen.tap(button("next"));
    await at(screen, "sex");
    expect(screen.step()).toBe("sex");
  });
});

describe("called away in the middle of the eight", () => {
  it("goes on from the first that is open after the cover or a lock", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await giveConsent(screen);
    for (const flag of urgentFlags.slice(0, 4)) await screen.tap(choice(`urgentCheck.${flag}`, "no"));
    const address = screen.address();
    await waitFor(() =>
      expect(desk.work.profile.store.read.drafts()[0]?.values["urgentCheck"]).toBeDefined(),
    );
    screen.leave();
    await open(desk, address);
    const { name } = document.activeElement as HTMLInputElement;
    expect(name).toBe(`urgentCheck.${urgentFlags[4]}`);
  });

  it("is read from its heading by whoever walks there step by step", async () => {
    const screen = await open(await openDesk());
    await giveConsent(screen);
    await screen.tap(choice("urgentCheck.suicidal", "no"));
    await screen.tap(button("next"));
    await at(screen, "name");
    await screen.tap(button("back"));
    await at(screen, "urgent");
    expect(document.activeElement?.tagName).toBe("H1");
  });
});

describe("somebody under 18", () => {
  async function deskWithMother() {
    const desk = await openDesk();
    const mother = await desk.receive({
      consent: { decision: "given" },
      person: { displayName: "Đào Thị Mai", ageYears: 31 },
      case: { group: "victim_or_being_identified" },
    });
    const child = await desk.receive({ case: { group: "accompanying_under_18", accompanies: mother } });
    return { desk, mother, child };
  }

  it("who came along gets a file of their own that names the adult's, found by name or left for later", async () => {
    const { desk, mother, child } = await deskWithMother();
    const screen = await open(desk);
    await screen.tap(choice("consent.decision", "refused"));
    await skipTo(screen, "group");
    await screen.tap(choice("case.group", "accompanying_under_18"));
    await at(screen, "adult");
    // Not the other child's.
    await screen.find(choice("case.accompanies", mother));
    expect(document.querySelector(choice("case.accompanies", child))).toBeNull();
    await screen.type("case.accompanies.search", "khong ai");
    await waitFor(() => expect(document.querySelector('[name="case.accompanies"]')).toBeNull());
    await screen.user.clear(await screen.find('[name="case.accompanies.search"]'));
    await screen.type("case.accompanies.search", "mai");
    const found = await screen.find(choice("case.accompanies", mother));
    expect(found.closest("label")?.textContent).toContain("Đ•• T•• M••");
    await screen.tap(choice("case.accompanies", mother));
    await screen.tap(button("next"));
    await at(screen, "received");
    await skipTo(screen, "review");
    const code = desk.work.profile.store.read.get("case", mother)?.record.code;
    expect((await screen.find('[data-field="case.accompanies"]')).textContent).toContain(code);
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    expect(allCases(desk.work.profile.store.read).at(-1)?.case.accompanies).toBe(mother);
  });

  it("is not linked any more once the group is another", async () => {
    const { desk, mother } = await deskWithMother();
    const screen = await open(desk);
    await skipTo(screen, "group");
    await screen.tap(choice("case.group", "accompanying_under_18"));
    await screen.tap(choice("case.accompanies", mother));
    await screen.tap(button("back"));
    await at(screen, "group");
    await screen.tap(choice("case.group", "victim_or_being_identified"));
    await skipTo(screen, "review");
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    expect(allCases(desk.work.profile.store.read).at(-1)?.case).not.toHaveProperty("accompanies");
  });

  it.each(localeCodes)(
    "who does not agree is told what that means, and why is noted, in %s",
    async (locale) => {
      const desk = await openDesk();
      const screen = await open(desk, "/receive", locale);
      await screen.tap(choice("consent.decision", "given"));
      await screen.tap(choice("consent.givenBy", "guardian"));
      expect(document.querySelector('[name="consent.limits"]')).toBeNull();
      await screen.tap(choice("consent.minorAssent", "no"));
      await screen.type("consent.limits", "Không cho bố biết");
      expect((await screen.find(".step-body .notice-due")).textContent).not.toBe("");
      await skipTo(screen, "review");
      expect((await screen.find(".step-body .notice-due")).textContent).not.toBe("");
      await screen.tap(button("save"));
      await screen.find(".saved-code");
      expect(desk.work.profile.store.read.list("consent")[0]?.record).toMatchObject({
        decision: "given",
        minorAssent: false,
        limits: "Không cho bố biết",
      });
    },
  );
});

describe("without consent", () => {
  it.each(["refused", "cannot_now"])(
    "asks what helping needs and nothing that tells who it is: %s",
    async (decision) => {
      const desk = await openDesk();
      const screen = await open(desk);
      await screen.tap(choice("consent.decision", decision));
      await skipTo(screen, "sex");
      await screen.tap(choice("person.sex", "female"));
      await at(screen, "age");
      expect(document.querySelector('[name="person.birthDate"]')).toBeNull();
      await screen.type("person.ageYears", "20");
      await screen.tap(button("next"));
      await at(screen, "language");
      await screen.tap(choice("person.language", "ktv"));
      await screen.tap(choice("person.interpreterNeeded", "yes"));
      await at(screen, "group");
      await skipTo(screen, "review");
      expect((await screen.find('[data-field="person.sex"]')).textContent).toContain("Nữ");
      await screen.tap(button("save"));
      await screen.find(".saved-code");
      const [kept] = desk.work.profile.store.read.list("person");
      expect(kept?.record).toMatchObject({
        sex: "female",
        ageYears: 20,
        ageAsOf: "2026-11-22",
        language: "ktv",
        interpreterNeeded: true,
      });
      expect(kept?.record).not.toHaveProperty("displayName");
      expect(allCases(desk.work.profile.store.read)[0]?.person?.record.id).toBe(kept?.record.id);
    },
  );

  it("leaves the questions about identity out and keeps code, urgent check and needs", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await screen.tap(choice("consent.decision", "refused"));
    await at(screen, "urgent");
    await screen.tap(button("all-no"));
    await screen.tap(button("next"));
    await at(screen, "sex");
    await skipTo(screen, "needs");
    await screen.tap(choice("planItem.need", "medical"));
    await screen.tap(button("next"));
    await skipTo(screen, "review");
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    const { read } = desk.work.profile.store;
    expect(read.list("person")).toEqual([]);
    expect(read.list("consent")[0]?.record.decision).toBe("refused");
    expect(read.list("plan_item")[0]?.record.need).toBe("medical");
  });

  it("asks what becomes of a name typed before, and brings it back after an undo", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await giveConsent(screen);
    await skipTo(screen, "name");
    await screen.type("person.displayName", "Hoa");
    for (const step of ["urgent", "consentDetails", "consent"]) {
      await screen.tap(button("back"));
      await at(screen, step);
    }
    await screen.tap(choice("consent.decision", "refused"));
    await at(screen, "identity");
    expect((await screen.find('[data-field="person.displayName"]')).textContent).toContain("Hoa");
    const kept = () => desk.work.profile.store.read.drafts()[0]?.values["person"];
    await screen.tap(button("remove-identity"));
    await waitFor(() => expect(kept()).toEqual({}));
    await at(screen, "urgent");
    await screen.tap(button("undo"));
    await waitFor(() => expect(kept()).toEqual({ displayName: "Hoa" }));
  });

  it("does not save a name for which nobody asked, and asks in place", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await skipTo(screen, "name");
    await screen.type("person.displayName", "Hoa");
    await skipTo(screen, "review");
    await screen.tap(button("save"));
    // Led to the question, and nothing said twice.
    await waitFor(() => expect(document.activeElement?.id).toBe("consent-asked"));
    expect(document.querySelector('.notice[role="status"]')).toBeNull();
    expect(allCases(desk.work.profile.store.read)).toEqual([]);
    await screen.tap(choice("consent.decision", "given"));
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    expect(desk.work.profile.store.read.list("person")[0]?.record.displayName).toBe("Hoa");
  });
});

describe("nothing typed is lost", () => {
  it("shows whom to call when stopped, and comes back to the same question after a new start", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await giveConsent(screen);
    await skipTo(screen, "name");
    await screen.type("person.displayName", "Thuỷ");
    await screen.tap(button("stop"));
    const dialog = await screen.find("dialog");
    expect(dialog.querySelector('a[href="tel:111"]')).not.toBeNull();
    expect(dialog.querySelector('a[href="tel:02363822822"]')).not.toBeNull();
    await waitFor(() => expect(desk.work.profile.store.read.drafts()).toHaveLength(1));
    screen.leave();

    const restarted = await openDesk({ disk: desk.disk });
    const [draft] = restarted.work.profile.store.read.drafts();
    expect(draft?.step).toBe("name");
    const again = await open(restarted, `/receive?draft=${draft?.id ?? ""}`);
    await at(again, "name");
    expect(await again.find('[name="person.displayName"]')).toHaveProperty("value", "Thuỷ");
  });

  it("leaves no draft of a form that was only looked at", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await skipTo(screen, "review");
    expect(desk.work.profile.store.read.drafts()).toEqual([]);
    await screen.tap(button("save"));
    await screen.find('.notice[role="status"]');
    expect(allCases(desk.work.profile.store.read)).toEqual([]);
  });

  it("does not walk through a saved form on Back, nor save it twice", async () => {
    const desk = await openDesk();
    const screen = await open(desk);
    await screen.tap(choice("consent.decision", "refused"));
    await at(screen, "urgent");
    await skipTo(screen, "review");
    await screen.tap(button("save"));
    await screen.find(".saved-code");
    const draft = new URLSearchParams(screen.address().split("?")[1]).get("draft") ?? "";
    screen.leave();
    const again = await open(desk, `/receive?draft=${draft}&step=review`);
    await again.find(".saved-code");
    expect(allCases(desk.work.profile.store.read)).toHaveLength(1);
  });
});

describe("what the screen knows", () => {
  it("shows possible duplicates while a name is typed, by code, with the name masked", async () => {
    const desk = await openDesk();
    const id = await desk.receive({
      consent: { decision: "given" },
      person: { displayName: "Đào Thị Hòa", birthDate: "1998" },
    });
    const screen = await open(desk);
    await skipTo(screen, "name");
    await screen.type("person.displayName", "hoa dao");
    const row = await screen.find(`[data-record="${id}"]`);
    const file = allCases(desk.work.profile.store.read)[0];
    expect(row.textContent).toContain(file?.case.code);
    expect(row.textContent).toContain("Đ•• T•• H••");
    expect(row.textContent).not.toContain("Hòa");
    expect(row.querySelector("a")?.getAttribute("href")).toBe(`/cases/${id}`);
  });

  it("asks for the site where there are several", async () => {
    const desk = await openDesk({ sites: [hoaVang, siteOf("vn-gso-20300", "Hòa Tiến")] });
    const screen = await open(desk);
    await screen.tap('[data-record="site:vn-gso-20300"] a');
    await screen.tap(choice("consent.decision", "refused"));
    await waitFor(() => expect(desk.work.profile.store.read.drafts()[0]?.database).toBe("s-vn-gso-20300"));
  });
});
