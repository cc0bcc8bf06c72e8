// @vitest-environment jsdom
// A form in the browser's history: however slowly the next screen comes, one press is one entry, and Back undoes it.
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { BrowserRouter } from "react-router";
import { afterEach, beforeEach, expect, it } from "vitest";
import { useStepHistory } from "#src/data/use-step-history.ts";

const wrapper = ({ children }: { readonly children: ReactNode }) => <BrowserRouter>{children}</BrowserRouter>;

function begin() {
  const { result } = renderHook(useStepHistory, { wrapper });
  const entries = history.length;
  return { form: () => result.current, added: () => history.length - entries };
}

/** The browser's own Back, until the page has been told. */
const goBack = () =>
  new Promise<void>((told) => {
    addEventListener("popstate", () => told(), { once: true });
    history.back();
  });

beforeEach(() => history.pushState(null, "", "/receive?step=name"));
afterEach(cleanup);

it("counts an impatient second press on the screen that was left as none", async () => {
  const { form, added } = begin();
  // Nothing is drawn before both have been pressed.
  act(() => {
    form().go("sex");
    form().go("sex");
    form().go("sex", { returnTo: "name" });
  });
  expect(form().asked).toBe("sex");
  expect(added()).toBe(1);
  await act(goBack);
  expect(form().asked).toBe("name");
});

it("goes on again after Back, also where the screen that was left had not gone yet", async () => {
  const { form } = begin();
  await act(async () => {
    form().go("sex");
    await goBack();
  });
  expect(form().asked).toBe("name");
  act(() => form().go("sex"));
  expect(form().asked).toBe("sex");
  await act(goBack);
  act(() => form().go("age"));
  expect(form().asked).toBe("age");
});

it("stays gone on when the form puts its own step into the address a moment later", async () => {
  const { form, added } = begin();
  act(() => {
    form().go("sex");
    // Drawn again for another reason before the next screen has come.
    form().go("name", { replace: true });
  });
  expect(form().asked).toBe("sex");
  expect(added()).toBe(1);
  await act(goBack);
  expect(form().asked).toBe("name");
});
