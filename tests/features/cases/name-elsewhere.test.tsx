// @vitest-environment jsdom
// A name that a supervisor's device does not keep: asked for, noted, seen, and gone; on no disk at any moment.
import { waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import type { NameFault } from "#src/domain/ports/exchange.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { hoaVang, openDesk, openScreen, type Desk } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });
const name = "Đào Thị Tường Vi";

/** A device that holds a case of a site below, made by its cadre, without the record of the person. */
async function supervisor(roles: readonly string[]) {
  const there = await openDesk();
  const id = await there.receive({
    consent: { decision: "given" },
    person: { displayName: name },
    case: { riskLevel: "low" },
  });
  const desk = await openDesk({ roles });
  const files = there.work.profile.store.read.all().filter(({ database }) => database.startsWith("s-"));
  await desk.work.profile.store.write({
    changes: files.map(({ database, record }) => ({ database, record })),
  });
  return { desk, id };
}

function centreAnswers(desk: Desk, answer: { name?: string } | { fault: NameFault["type"] }) {
  const asked: string[] = [];
  const nameOf = (siteId: string, person: string) => {
    asked.push(`${siteId} ${person}`);
    return Promise.resolve("fault" in answer ? err({ type: answer.fault }) : ok(answer.name));
  };
  Object.assign(desk.work.exchange, { nameOf });
  return asked;
}

const open = (desk: Desk, id: string, locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <CaseScreen />, path: `${paths.cases}/:id`, at: addressOf.case(id), locale });
const onDisk = ({ disk }: Desk) => JSON.stringify([...disk.envelopes.values()]);
const looks = ({ work }: Desk) => work.profile.store.read.list("access");

it("is shown on asking, noted once a day, covered again, and lies on no disk", async () => {
  const { desk, id } = await supervisor(["supervisor@vn-gso-48"]);
  const asked = centreAnswers(desk, { name });
  const person = desk.work.profile.store.read.get("case", id)?.record.person;
  for (let times = 0; times < 3; times++) {
    const screen = await open(desk, id);
    expect(document.body.textContent).not.toContain(name);
    await screen.tap('[data-action="fetch-name"]');
    await waitFor(() => expect(document.querySelector(".masked-name")?.textContent).toBe(name));
    // The button that asked is gone: the focus is on the one that hides.
    expect(document.activeElement?.getAttribute("data-action")).toBe("reveal");
    expect(onDisk(desk)).not.toContain(name);
    expect(onDisk(desk)).not.toContain("Tường");
    await screen.tap('.masked [data-action="reveal"]');
    expect(document.body.textContent).not.toContain(name);
    // Nothing is asked again for what is known, and nothing is left when one leaves.
    await screen.tap('.masked [data-action="reveal"]');
    expect(asked).toHaveLength(times + 1);
    screen.leave();
    expect(document.body.textContent).not.toContain(name);
  }
  expect(asked[0]).toBe(`${hoaVang.siteId} ${String(person)}`);
  expect(looks(desk)).toMatchObject([
    { database: `s-${hoaVang.siteId}`, record: { person, case: id, createdBy: "lan" } },
  ]);
  expect(desk.work.profile.store.read.list("person")).toEqual([]);
});

it.each(localeCodes)("says offline why it cannot, and what the centre says, in %s", async (locale) => {
  const { desk, id } = await supervisor(["supervisor@vn-gso-48"]);
  const screen = await open(desk, id, locale);
  const said = () =>
    document.querySelector('[data-action="fetch-name"] + [role="status"]')?.textContent ?? "";
  const words = new Set([said()]);
  for (const fault of ["NoConnection", "NameNotOpen", "NameGone", "CentreFault"] as const) {
    centreAnswers(desk, { fault });
    await screen.tap('[data-action="fetch-name"]');
    await waitFor(() => expect(words.has(said())).toBe(false));
    words.add(said());
  }
  expect(looks(desk)).toEqual([]);
});

it("is not shown where it cannot be noted that somebody looked", async () => {
  const { desk, id } = await supervisor(["supervisor@vn-gso-48"]);
  centreAnswers(desk, { name });
  const screen = await open(desk, id);
  desk.disk.capacity = 0;
  await screen.tap('[data-action="fetch-name"]');
  await waitFor(() => expect(document.body.textContent).toContain("chưa ghi lại được"));
  expect(document.body.textContent).not.toContain(name);
});

it("is not offered to a supervisor further above, who is told so", async () => {
  const { desk, id } = await supervisor(["supervisor@vn-region-1"]);
  const site = { ...hoaVang, ancestors: ["vn-gso-48", "vn-region-1"] };
  await desk.work.profile.store.write({ changes: [{ database: "directory", record: site }] });
  await open(desk, id);
  expect(document.querySelector('[data-action="fetch-name"]')).toBeNull();
  expect(document.body.textContent).toContain("cấp trên trực tiếp");
});

it("stands in the story of the case, without the name, and nobody can set it aside", async () => {
  const { desk, id } = await supervisor(["supervisor@vn-gso-48"]);
  centreAnswers(desk, { name });
  const screen = await open(desk, id);
  await screen.tap('[data-action="fetch-name"]');
  const look = await waitFor(() => {
    const [first] = looks(desk);
    if (!first) throw new Error("not noted yet");
    return first;
  });
  const row = await screen.find(`li[data-record="${look.record.id}"]`);
  expect(row.textContent).toContain("Đã xem tên");
  expect(row.querySelector('[data-action="void"]')).toBeNull();
  expect(desk.work.profile.store.read.list("person")).toEqual([]);
});
