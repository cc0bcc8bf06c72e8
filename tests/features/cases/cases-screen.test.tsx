// @vitest-environment jsdom
// The list of cases on the real screen: what a row says, searching, filters in the address, long lists, the first day.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { addNote } from "#src/domain/commands/add-note.ts";
import { CasesScreen } from "#src/features/cases/cases-screen.tsx";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { paths } from "#src/ui/addresses.ts";
import { arrives, hoa } from "#tests/features/support/colleagues.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const open = (desk: Desk, at = "/cases", locale: Locale = "vi") =>
  openScreen(desk, { screen: <CasesScreen />, path: paths.cases, at, locale });
const rows = () => [...document.querySelectorAll<HTMLElement>("li[data-record]")];
const shown = () => rows().map((row) => row.dataset["record"]);

async function deskOfTwo() {
  const desk = await openDesk();
  const mai = await desk.receive({
    consent: { decision: "given" },
    person: { displayName: "Đào Thị Mai" },
    urgentCheck: { noShelterTonight: true },
    case: { riskLevel: "high" },
  });
  const nameless = await desk.receive({ case: { riskLevel: "low" } });
  return { desk, mai, nameless };
}

describe("a row", () => {
  it.each(localeCodes)(
    "says who (masked), where it stands, what presses and where it is kept, in %s",
    async (locale) => {
      const { desk, mai, nameless } = await deskOfTwo();
      const screen = await open(desk, "/cases", locale);
      await waitFor(() => expect(shown()).toEqual([mai, nameless]));
      const [first, second] = rows();
      expect(first?.dataset["state"]).toBe("local");
      expect(first?.textContent).toContain("Đ•• T•• M••");
      expect(first?.querySelector(".badge-urgent")).not.toBeNull();
      expect(first?.querySelector(".risk-high")).not.toBeNull();
      const { code } = desk.work.profile.store.read.get("case", nameless)!.record;
      expect(second?.querySelector("a")?.textContent).toBe(code);
      expect(document.body.textContent).not.toContain("Đào");
      await screen.tap('[data-action="reveal"]');
      expect(rows()[0]?.textContent).toContain("Đào Thị Mai");
    },
  );
});

describe("searching and filtering", () => {
  it("finds by a name without marks, and never puts it into the address", async () => {
    const { desk, mai } = await deskOfTwo();
    const screen = await open(desk, "/cases?stage=open");
    await screen.type("search", "mai dao");
    await waitFor(() => expect(shown()).toEqual([mai]));
    expect(screen.address()).toBe("/cases?stage=open");
    expect(rows()[0]?.querySelector("a")?.getAttribute("href")).toBe(`/cases/${mai}?stage=open`);
    expect((await screen.find('[role="status"].numeric')).textContent).toMatch(/1.*2/);
  });

  it("is there again on the way back, until the app is locked", async () => {
    const { desk, mai } = await deskOfTwo();
    const first = await open(desk);
    await first.type("search", "mai");
    await waitFor(() => expect(shown()).toEqual([mai]));
    first.leave();
    await open(desk);
    await waitFor(() => expect(shown()).toEqual([mai]));
    expect(document.querySelector<HTMLInputElement>('[name="search"]')?.value).toBe("mai");
    const unlockedAnew = await openDesk({ disk: desk.disk });
    await open(unlockedAnew);
    await waitFor(() => expect(shown()).toHaveLength(2));
  });

  it("filters by what stands in the address, and writes it there", async () => {
    const { desk, mai, nameless } = await deskOfTwo();
    const screen = await open(desk, "/cases?risk=high");
    await waitFor(() => expect(shown()).toEqual([mai]));
    await screen.user.selectOptions(await screen.find('[name="filter.risk"]'), "low");
    await waitFor(() => expect(shown()).toEqual([nameless]));
    expect(screen.address()).toBe("/cases?risk=low");
    await screen.user.selectOptions(await screen.find('[name="filter.stage"]'), "closed");
    await waitFor(() => expect(shown()).toEqual([]));
    await screen.tap('[data-action="clear"]');
    await waitFor(() => expect(shown()).toHaveLength(2));
    expect(screen.address()).toBe("/cases");
  });

  it("shows what a colleague changed", async () => {
    const { desk, nameless } = await deskOfTwo();
    await arrives(desk, hoa, addNote, { caseId: nameless, note: { text: "Đã ghé" } });
    const screen = await open(desk);
    await screen.tap('[name="filter.changed"]');
    await waitFor(() => expect(shown()).toEqual([nameless]));
    expect(screen.address()).toBe("/cases?changed=1");
  });
});

describe("the list", () => {
  it("is drawn in chunks and walked by the arrow keys", async () => {
    const desk = await openDesk();
    for (let count = 0; count < 60; count++) await desk.receive({ case: { riskLevel: "low" } });
    const screen = await open(desk);
    await waitFor(() => expect(shown()).toHaveLength(50));
    await screen.tap('[data-action="more"]');
    await waitFor(() => expect(shown()).toHaveLength(60));
    const links = rows().map((row) => row.querySelector("a"));
    links[0]?.focus();
    await screen.user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(document.activeElement).toBe(links[1]);
  });

  it("says what to do first while there is none", async () => {
    const cadre = await open(await openDesk());
    expect((await cadre.find('[data-action="receive"]')).getAttribute("href")).toBe("/receive");
    const supervisor = await open(await openDesk({ roles: ["supervisor@vn-gso-48"] }));
    expect((await supervisor.find('[data-action="sync"]')).getAttribute("href")).toBe("/sync");
    expect(document.querySelector('[data-action="receive"]')).toBeNull();
  });
});
