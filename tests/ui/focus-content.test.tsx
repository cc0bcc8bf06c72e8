// @vitest-environment jsdom
// What comes in place of another screen at the same address takes the focus that the old one loses.
import { cleanup, render, screen } from "@testing-library/react";
import { useLayoutEffect, useRef } from "react";
import { afterEach, expect, it } from "vitest";
import { useFocusInContent } from "#src/ui/focus-content.ts";

afterEach(cleanup);

function Done() {
  useFocusInContent();
  return <h1>Done</h1>;
}
function Asked() {
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  return <input ref={box} aria-label="x" />;
}
const page = (content: React.ReactNode) => (
  <main id="main" tabIndex={-1}>
    {content}
  </main>
);

it("goes to the content with the screen, not after it", () => {
  const { rerender } = render(page(<button type="button">Save</button>));
  screen.getByRole("button").focus();
  rerender(page(<Done />));
  expect(document.activeElement).toBe(screen.getByRole("main"));
});

it("stays where the new screen has put it", () => {
  render(
    page(
      <>
        <Asked />
        <Done />
      </>,
    ),
  );
  expect(document.activeElement).toBe(screen.getByRole("textbox"));
});
