// @vitest-environment jsdom
// Where a screen is read from: its top when it is another one, where it was left when somebody comes back.
import { act, cleanup, render } from "@testing-library/react";
import { useEffect } from "react";
import { type NavigateFunction, MemoryRouter, useNavigate } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useScrollKept } from "#src/app/scroll-kept.ts";

let go: NavigateFunction = () => undefined;

function Screens() {
  const navigate = useNavigate();
  useEffect(() => {
    go = navigate;
  }, [navigate]);
  useScrollKept();
  return null;
}

const visit = (...to: [number] | [string]) =>
  act(async () => {
    await (typeof to[0] === "number" ? go(to[0]) : go(to[0]));
  });

function scrolledTo(y: number): void {
  vi.stubGlobal("scrollY", y);
  dispatchEvent(new Event("scroll"));
}

beforeEach(() => {
  vi.stubGlobal("scrollTo", (_: number, y: number) => scrolledTo(y));
  scrolledTo(0);
  render(
    <MemoryRouter initialEntries={["/"]}>
      <Screens />
    </MemoryRouter>,
  );
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("opens another screen at its top, and the one left by Back where it was", async () => {
  scrolledTo(900);
  await visit("/cases");
  expect(scrollY).toBe(0);
  scrolledTo(300);
  await visit("/cases/1");
  expect(scrollY).toBe(0);
  await visit(-1);
  expect(scrollY).toBe(300);
  await visit(-1);
  expect(scrollY).toBe(900);
});

it("shows what stands at the first step of a form from its top, once the form is saved", async () => {
  await visit("/receive?step=urgent");
  scrolledTo(500);
  await visit("/receive?step=review");
  scrolledTo(80);
  await visit(-1);
  expect(scrollY).toBe(0);
});

it("leaves a list where it is while it is filtered", async () => {
  await visit("/cases");
  scrolledTo(200);
  await act(async () => {
    await go("?risk=high", { replace: true });
  });
  expect(scrollY).toBe(200);
});
