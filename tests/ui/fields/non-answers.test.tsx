// @vitest-environment jsdom
// Who may leave a question unanswered: whoever is asked, in every form alike; what a worker notes is answered or left out.
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { Facts } from "#src/ui/facts.tsx";
import { ask, show } from "#tests/support/on-screen.tsx";

const reasons = (name: string) =>
  [...document.querySelectorAll<HTMLInputElement>(`[name="${name}.unanswered"]`)].map(({ value }) => value);

describe("reasons for not answering", () => {
  it.each<FieldPath<"case">>(["group", "receivedAt", "channel", "regime", "owner", "riskLevel"])(
    "are none at %s of a case, which nobody asks the person",
    async (path) => {
      await ask("case", path);
      expect(reasons(`case.${path}`)).toEqual([]);
    },
  );

  it.each<FieldPath<"person">>(["sex", "ageYears", "citizenship", "homeArea.commune", "safeContact.way"])(
    "are all at %s, which is put to the person",
    async (path) => {
      await ask("person", path);
      expect(reasons(`person.${path}`)).toEqual(["declined", "later", "unknown"]);
    },
  );

  it("that stand from an earlier version stay in sight and can be taken back", async () => {
    const { kept } = await ask("case", "channel", { start: { unanswered: { channel: "later" } } });
    expect(reasons("case.channel")).toEqual(["later"]);
    await userEvent.click(screen.getByRole("radio", { name: "Hỏi sau" }));
    expect(kept.values).toEqual({});
  });
});

describe("a fact that is missing", () => {
  it("was not asked of the person, or not noted by the worker", async () => {
    await show(
      <>
        <Facts section="person" paths={["citizenship"]} values={{}} />
        <Facts section="case" paths={["channel"]} values={{}} />
      </>,
    );
    expect(document.querySelector('[data-field="person.citizenship"] dd')?.textContent).toBe("Chưa hỏi");
    expect(document.querySelector('[data-field="case.channel"] dd')?.textContent).toBe("Chưa ghi");
  });
});
