// What a person does who has a keyboard and no pointer; every place the focus comes to is looked at.
import type { Page } from "playwright-core";

/** More stops than any screen has. */
const mostStops = 120;

/** Where the focus is now, and what is wrong with that. */
async function lookAtFocus(
  page: Page,
  selector: string,
): Promise<{ there: boolean; wrong: string | undefined }> {
  return page.evaluate(async (wanted) => {
    // The browser scrolls what takes the focus into sight with the next frame.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const { activeElement: focused } = document;
    if (!(focused instanceof HTMLElement) || focused === document.body)
      return { there: false, wrong: "the focus is nowhere" };
    // Moved there by the app to be read out, not to be operated.
    if (focused.tabIndex < 0) return { there: false, wrong: undefined };
    return { there: focused.matches(wanted), wrong: wrongWith(focused) };

    function wrongWith(element: HTMLElement): string | undefined {
      const name = element.outerHTML.slice(0, 120);
      if (!element.matches(":focus-visible") || !hasRing(element))
        return `the focus cannot be seen on ${name}`;
      return isInSight(element) ? undefined : `the focus is out of sight on ${name}`;
    }

    /** On itself, on the face beside a radio, on the row that a link fills. */
    function hasRing(element: HTMLElement): boolean {
      const rings = [
        getComputedStyle(element),
        getComputedStyle(element, "::after"),
        ...[element.nextElementSibling, element.closest("label")]
          .filter((each) => each !== null)
          .map((each) => getComputedStyle(each)),
      ];
      return rings.some(
        ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
      );
    }

    function isInSight(element: HTMLElement): boolean {
      const whole = element.closest("label") ?? element;
      const { left, right, top, bottom } = whole.getBoundingClientRect();
      const across = [0.1, 0.5, 0.9].map((part) => left + (right - left) * part);
      const down = [0.1, 0.5, 0.9].map((part) => top + (bottom - top) * part);
      return across.some((x) =>
        down.some((y) => {
          const hit = document.elementFromPoint(x, y);
          return hit !== null && whole.contains(hit);
        }),
      );
    }
  }, selector);
}

/** Presses Tab until the focus is on something that matches. @throws where it is lost, unseen, or never comes there */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press("Tab");
    const { there, wrong } = await lookAtFocus(page, selector);
    // After the last control of a page the focus is with the browser's own bars for one press.
    if (wrong === "the focus is nowhere") continue;
    if (wrong !== undefined) throw new Error(wrong);
    if (there) return;
  }
  throw new Error(`Tab does not come to ${selector} on ${page.url()}`);
}

export async function pressOn(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press("Enter");
}

export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, `[name="${name}"]`);
  await page.keyboard.type(text);
}

/** Goes along a group by arrows, which choose on the way, and confirms by Enter; Space where it stands on it at once. */
export async function chooseByKey(page: Page, name: string, value: string): Promise<void> {
  await tabTo(page, `input[name="${name}"]`);
  for (let step = 0; step < 30; step++) {
    const at = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement instanceof HTMLInputElement
        ? { value: activeElement.value, checked: activeElement.checked, type: activeElement.type }
        : undefined;
    });
    if (at?.value === value) return page.keyboard.press(at.checked ? "Enter" : "Space");
    await page.keyboard.press(at?.type === "checkbox" ? "Tab" : "ArrowDown");
  }
  throw new Error(`no ${value} among ${name}`);
}

/** @throws where the focus was lost, or stayed outside of the content, when another screen came */
export async function expectFocusInContent(page: Page): Promise<void> {
  const at = await page.evaluate(() => {
    const { activeElement } = document;
    const isIn = activeElement?.closest("main") !== null && activeElement !== null;
    return isIn ? undefined : (activeElement?.outerHTML.slice(0, 120) ?? "nowhere");
  });
  if (at !== undefined) throw new Error(`the focus did not come along to ${page.url()}: ${at}`);
}
