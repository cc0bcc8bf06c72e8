// @vitest-environment jsdom
// The supervisor's cases on a wide screen: a real table, sorted by lateness or by any of its heads; where much is late.
import { waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assignOwner } from "#src/domain/commands/assign-owner.ts";
import { newRecord } from "#src/domain/commands/command.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { account } from "#src/domain/records/account.ts";
import { CasesScreen } from "#src/features/cases/cases-screen.tsx";
import { columns } from "#src/features/cases/table-order.ts";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { type Desk, hoaVang, openDesk, openScreen, siteOf } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => vi.unstubAllGlobals());

const haiVan = siteOf("vn-gso-20195", "Hải Vân");
const supervising = ["supervisor@vn-gso-48"];
const open = (desk: Desk, at = "/cases", locale: Locale = "vi") =>
  openScreen(desk, { screen: <CasesScreen />, path: paths.cases, at, locale });
const shown = () =>
  [...document.querySelectorAll<HTMLElement>(".case-table tbody tr")].map((row) => row.dataset["record"]);
const head = (column: string) =>
  document.querySelector<HTMLElement>(`[data-action="sort"][data-value="${column}"]`);

/** Three cases: one told of in time, one whose notice is late, one in danger. */
async function deskOfThree(roles = supervising) {
  const first = await openDesk({ sites: [hoaVang, haiVan] });
  const told = await first.receive({
    case: { riskLevel: "low" },
    consent: { decision: "given" },
    person: { displayName: "Đào Thị Mai" },
  });
  await first.do(recordStatus, {
    caseId: told,
    statusEvent: { to: "notified", responsibleBody: "Sở Y tế", how: "Gọi điện" },
  });
  const late = await first.receive({ case: { receivedAt: "2026-11-01T01:00:00.000Z" } });
  const danger = await first.receive({ case: { riskLevel: "low" }, urgentCheck: { suicidal: true } });
  const acting = {
    now: "2026-11-01T00:00:00.000Z",
    deviceTime: "2026-11-01T00:00:00.000Z",
    device: "server",
  };
  const { randomBytes } = first.work.surroundings;
  const an = newRecord(
    account,
    { ...acting, user: { name: "provisioning", roles: [] }, randomBytes },
    { name: "an", displayName: "Chị An", roles: ["cadre@vn-gso-20194"] },
    "account:an",
  );
  await first.work.profile.store.write({ changes: [{ database: "directory", record: an }] });
  await first.do(assignOwner, { caseId: late, owner: "an" });
  const desk = await openDesk({ disk: first.disk, sites: [hoaVang, haiVan], roles });
  laterOn(desk, 60_000);
  return { desk, told, late, danger };
}

describe("a supervisor's table", () => {
  it.each(localeCodes)(
    "has a head for each column, sortable, and stands by lateness first, in %s",
    async (locale) => {
      const { desk, told, late, danger } = await deskOfThree();
      await open(desk, "/cases", locale);
      await waitFor(() => expect(shown()).toEqual([danger, late, told]));
      expect(document.querySelectorAll(".case-table thead th[scope=col]")).toHaveLength(columns.length);
      expect(head("due")?.closest("th")?.getAttribute("aria-sort")).toBe("ascending");
      expect(document.querySelectorAll("[aria-sort]")).toHaveLength(1);
      expect(document.querySelectorAll(".case-table tbody th[scope=row]")).toHaveLength(3);
      const [, second] = [...document.querySelectorAll<HTMLElement>(".case-table tbody tr")];
      expect(second?.textContent).toContain("Chị An");
      expect(second?.dataset["state"]).toBe("local");
      expect(second?.querySelector("a")?.getAttribute("href")).toBe(addressOf.case(late));
    },
  );

  it("is sorted by a head, turned by another press, and keeps that in the address", async () => {
    const { desk, told, late, danger } = await deskOfThree();
    const screen = await open(desk);
    await waitFor(() => expect(shown()).toHaveLength(3));
    await screen.user.click(head("risk")!);
    // Danger counts as high; of whom nothing was noted comes last, whichever way.
    await waitFor(() => expect(shown()).toEqual([danger, told, late]));
    expect(screen.address()).toBe("/cases?sort=risk");
    await screen.user.click(head("risk")!);
    await waitFor(() => expect(shown()).toEqual([told, danger, late]));
    expect(screen.address()).toBe("/cases?sort=-risk");
    expect(head("risk")?.closest("th")?.getAttribute("aria-sort")).toBe("descending");
    await screen.user.click(head("changed")!);
    await waitFor(() => expect(screen.address()).toBe("/cases?sort=-changed"));
    expect(shown()[0]).toBe(late);
    await screen.user.click(head("owner")!);
    await waitFor(() => expect(shown()[0]).toBe(late));
  });

  it("holds what is searched for, the best first until a head is pressed", async () => {
    const { desk, told } = await deskOfThree(["supervisor@vn-gso-48", "cadre@vn-gso-20194"]);
    const screen = await open(desk);
    await screen.type("search", "mai");
    await waitFor(() => expect(shown()).toEqual([told]));
    expect(document.querySelector("[aria-sort]")).toBeNull();
    expect(document.body.textContent).not.toContain("Đào");
    await screen.user.click(head("who")!);
    await waitFor(() => expect(head("who")?.closest("th")?.getAttribute("aria-sort")).toBe("ascending"));
    expect(shown()).toEqual([told]);
  });

  it("is drawn in chunks, and walked by the arrow keys without opening anything", async () => {
    const first = await openDesk();
    for (let count = 0; count < 60; count++) await first.receive({ case: { riskLevel: "low" } });
    const desk = await openDesk({ disk: first.disk, roles: supervising });
    const screen = await open(desk);
    await waitFor(() => expect(shown()).toHaveLength(50));
    await screen.tap('[data-action="more"]');
    await waitFor(() => expect(shown()).toHaveLength(60));
    const links = [...document.querySelectorAll<HTMLElement>(".case-table tbody a")];
    links[0]?.focus();
    await screen.user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(document.activeElement).toBe(links[1]);
    expect(screen.address()).toBe("/cases");
  });

  it("is not what somebody who works on cases sees", async () => {
    const { desk } = await deskOfThree(["cadre@vn-gso-20194"]);
    const screen = await open(desk);
    await screen.find("li[data-record]");
    expect(document.querySelector(".case-table")).toBeNull();
    expect(document.querySelector(".site-table")).toBeNull();
  });
});

describe("the overview by site", () => {
  it("counts what is late at each, the worst first, and leads to the site's cases", async () => {
    const { desk } = await deskOfThree();
    const screen = await open(desk);
    await screen.find(".site-table");
    const rows = [...document.querySelectorAll(".site-table tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ["Hòa Vang", "3", "1", "1", expect.stringContaining("quá hạn")],
      ["Hải Vân", "0", "0", "0", ""],
    ]);
    expect(document.querySelector(".site-table a")?.getAttribute("href")).toBe("/cases?site=vn-gso-20194");
    const details = document.querySelector<HTMLDetailsElement>("details:has(.site-table)");
    expect(details?.open).toBe(true);
    expect(details?.querySelector("summary")?.textContent).toContain("1");
  });
});
