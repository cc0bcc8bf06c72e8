// @vitest-environment jsdom
// A word with its undo stays where it was said, and as long as what it would take back is as it was.
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { setUpTexts } from "#src/i18n/texts.ts";
import { ToastProvider, useToast } from "#src/ui/toast.tsx";

type Bounds = Parameters<ReturnType<typeof useToast>>[2];

function Page({ bounds }: { readonly bounds: Bounds }) {
  const say = useToast();
  return (
    <button type="button" onClick={() => say("Đã lưu", vi.fn(), bounds)}>
      Lưu
    </button>
  );
}

async function saidAt(place: string, bounds?: Bounds) {
  cleanup();
  await setUpTexts("vi");
  const at = (where: string) => (
    <ToastProvider place={where}>
      <Page bounds={bounds} />
    </ToastProvider>
  );
  const { rerender } = render(at(place));
  await userEvent.click(screen.getByText("Lưu"));
  expect(screen.getByRole("status").textContent).toContain("Đã lưu");
  return (next: string) => rerender(at(next));
}
const isShown = () => screen.getByRole("status").textContent !== "";

it("is gone once somebody has moved on, and does not come back", async () => {
  const go = await saidAt("/cases/1");
  go("/cases/1");
  expect(isShown()).toBe(true);
  go("/cases");
  expect(isShown()).toBe(false);
  go("/cases/1");
  expect(isShown()).toBe(false);
});

it("said on the way to another page is read there, and nowhere else", async () => {
  const go = await saidAt("/cases/1/edit/note", { ahead: true });
  go("/cases/1");
  expect(isShown()).toBe(true);
  go("/");
  expect(isShown()).toBe(false);
});

it("is gone once it does not hold any more", async () => {
  const listeners = new Set<() => void>();
  let holds = true;
  const watched = {
    watch(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    holds: () => holds,
  };
  const changes = () => act(() => [...listeners].forEach((listener) => listener()));
  await saidAt("/cases/1", { while: watched });
  changes();
  expect(isShown()).toBe(true);
  holds = false;
  changes();
  expect(isShown()).toBe(false);
  expect(listeners.size, "nothing is watched any more").toBe(0);
});
