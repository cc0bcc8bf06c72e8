// @vitest-environment jsdom
// What was typed and cannot be understood is never passed over in silence: not by Next, Skip, Back, a lock or Save.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { allCases } from "#src/data/case-queries.ts";
import { ReceiveScreen } from "#src/features/receive/receive-screen.tsx";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const open = (desk: Desk, at: string) =>
  openScreen(desk, { screen: <ReceiveScreen />, path: "/receive", at });
type Screen = Awaited<ReturnType<typeof open>>;

const draftId = "00000000-0000-4000-8000-00000000000a";
const button = (action: string) => `[data-action="${action}"]`;
const at = (screen: Screen, step: string) => waitFor(() => expect(screen.step()).toBe(step));
const problem = (screen: Screen, name: string) => screen.find(`[data-field="${name}"] .field-problem`);

async function atAge(): Promise<{ desk: Desk; screen: Screen }> {
  const desk = await openDesk();
  const screen = await open(desk, `/receive?draft=${draftId}&step=age`);
  await at(screen, "age");
  return { desk, screen };
}

/** Nothing moves on: looked at after everything that was under way has been done. */
async function stays(screen: Screen, step: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(screen.step()).toBe(step);
}

describe("Next", () => {
  it.each([
    ["a date", "person.birthDate", "35/13/1990"],
    ["an age", "person.ageYears", "200"],
  ])("halts at %s that cannot be, says so there and leads to it", async (_, name, typed) => {
    const { screen } = await atAge();
    await screen.type(name, typed);
    await screen.tap(button("next"));
    await stays(screen, "age");
    expect((await problem(screen, name)).getAttribute("role")).toBe("alert");
    await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe(name));
    await screen.user.clear(document.activeElement!);
    await screen.tap(button("next"));
    await at(screen, "citizenship");
  });

  it("halts at half a date when it is asked for by Enter too", async () => {
    const { screen } = await atAge();
    await screen.type("person.birthDate", "3/");
    await screen.user.keyboard("{Enter}");
    await stays(screen, "age");
    await problem(screen, "person.birthDate");
    // What is then typed to the end is no mistake any more.
    await screen.user.keyboard("1990");
    await waitFor(() => expect(document.querySelector(".field-problem")).toBeNull());
    await screen.user.keyboard("{Enter}");
    await at(screen, "citizenship");
  });

  it("halts at a day without its time", async () => {
    const screen = await open(await openDesk(), `/receive?draft=${draftId}&step=received`);
    await at(screen, "received");
    await screen.user.clear(await screen.find('[name="case.receivedAt.time"]'));
    await screen.tap(button("next"));
    await stays(screen, "received");
    expect((await problem(screen, "case.receivedAt")).textContent).toContain("16:42");
    await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("case.receivedAt.time"));
  });

  it("halts at a name that is too long", async () => {
    const desk = await openDesk();
    const screen = await open(desk, `/receive?draft=${draftId}&step=name`);
    await at(screen, "name");
    await screen.type("person.displayName", "Mai ".repeat(40));
    await screen.tap(button("next"));
    await stays(screen, "name");
    expect(document.querySelector(button("skip"))).toBeNull();
  });
});

describe("the warning", () => {
  it("stands under what was typed, above the usual answers", async () => {
    const desk = await openDesk();
    const screen = await open(desk, `/receive?draft=${draftId}&step=nextContact`);
    await at(screen, "nextContact");
    await screen.type("case.nextContactOn", "45/01/2027");
    const said = await problem(screen, "case.nextContactOn");
    const input = await screen.find('[name="case.nextContactOn"]');
    const chips = await screen.find('[data-field="case.nextContactOn"] .shortcuts');
    expect(input.compareDocumentPosition(said)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(said.compareDocumentPosition(chips)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });
});

describe("Skip", () => {
  it("passes, says what it does not keep, and brings it back after an undo", async () => {
    const { desk, screen } = await atAge();
    await screen.type("person.birthDate", "35/13/1990");
    await screen.tap(button("skip"));
    await at(screen, "citizenship");
    expect((await screen.find(".toast")).textContent).toContain("35/13/1990");
    const kept = () => desk.work.profile.store.read.drafts()[0]?.values["person"];
    await waitFor(() => expect(kept()).toEqual({}));
    await screen.tap(button("undo"));
    await waitFor(() => expect(kept()).toEqual({ typed: { birthDate: "35/13/1990" } }));
  });

  it("is offered beside an answer, for what stands there cannot be kept", async () => {
    const { screen } = await atAge();
    await screen.type("person.ageYears", "24");
    expect(document.querySelector(button("skip"))).toBeNull();
    await screen.type("person.birthDate", "x");
    await screen.find(button("skip"));
  });
});

describe("what cannot be understood", () => {
  it("is still there after Back and after a new start", async () => {
    const { desk, screen } = await atAge();
    await screen.type("person.birthDate", "35/13/1990");
    await screen.tap(button("back"));
    await at(screen, "sex");
    await screen.tap(button("next"));
    await at(screen, "age");
    expect(await screen.find('[name="person.birthDate"]')).toHaveProperty("value", "35/13/1990");
    screen.leave();
    const restarted = await openDesk({ disk: desk.disk });
    const again = await open(restarted, `/receive?draft=${draftId}`);
    await at(again, "age");
    expect(await again.find('[name="person.birthDate"]')).toHaveProperty("value", "35/13/1990");
    await problem(again, "person.birthDate");
  });

  it("is led to instead of saved without it", async () => {
    const { desk, screen } = await atAge();
    await screen.type("person.birthDate", "35/13/1990");
    await waitFor(() => expect(desk.work.profile.store.read.drafts()).toHaveLength(1));
    screen.leave();
    const again = await open(desk, `/receive?draft=${draftId}&step=review`);
    await at(again, "review");
    await again.tap(button("save"));
    await at(again, "age");
    await problem(again, "person.birthDate");
    expect(allCases(desk.work.profile.store.read)).toEqual([]);
  });
});
