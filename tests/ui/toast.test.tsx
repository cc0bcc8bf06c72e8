// @vitest-environment jsdom
// A word with its undo stays with the thing it is about.
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { setUpTexts } from "#src/i18n/texts.ts";
import { ToastProvider, useToast } from "#src/ui/toast.tsx";

function Page() {
  const say = useToast();
  return (
    <button
      type="button"
      onClick={() => {
        say("Đã lưu", vi.fn());
      }}
    >
      Lưu
    </button>
  );
}

const at = (about: string | undefined) => (
  <ToastProvider about={about}>
    <Page />
  </ToastProvider>
);

async function saidAt(about: string | undefined) {
  cleanup();
  await setUpTexts("vi");
  const { rerender } = render(at(about));
  await userEvent.click(screen.getByText("Lưu"));
  expect(screen.getByRole("status").textContent).toContain("Đã lưu");
  return (next: string | undefined) => rerender(at(next));
}
const isShown = () => screen.getByRole("status").textContent !== "";

it("follows to pages about nothing else", async () => {
  const go = await saidAt("case-1");
  go(undefined);
  expect(isShown()).toBe(true);
  go("case-1");
  expect(isShown()).toBe(true);
});

it("is gone once another case is on the screen, and does not come back", async () => {
  const go = await saidAt("case-1");
  go("case-2");
  expect(isShown()).toBe(false);
  go("case-1");
  expect(isShown()).toBe(false);
});

it("said on Today it does not follow to a case", async () => {
  const go = await saidAt(undefined);
  go("case-1");
  expect(isShown()).toBe(false);
});
