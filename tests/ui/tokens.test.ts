// The colours: readable in sunlight and in the dark, and the same dark whoever asked for it.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/ui/tokens.css", "utf8");

function block(selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no block ${selector}`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+|color-scheme):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
}

const light = block(":root");
const dark = block(`:root[data-theme="dark"]`);

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Readonly<Record<string, string>>, ink: string, ground: string): number {
  const [one, other] = [theme[`--${ink}`]!, theme[`--${ground}`]!].map(luminance).sort((a, b) => b - a);
  return (one! + 0.05) / (other! + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_name, theme) => {
  it.each([
    ["ink", "ground", 7],
    ["ink", "sheet", 7],
    ["ink", "sunk", 7],
    ["ink-soft", "ground", 7],
    ["ink-soft", "sheet", 7],
    ["ink-soft", "sunk", 4.5],
    ["accent-ink", "sheet", 7],
    ["accent-ink", "ground", 7],
    ["accent-ink", "accent-soft", 7],
    ["on-accent", "accent", 7],
    ["on-accent", "accent-strong", 7],
    ["due-ink", "due-soft", 7],
    ["due-ink", "ground", 7],
    ["due-ink", "sheet", 7],
    ["urgent-ink", "urgent-soft", 7],
    ["on-urgent", "urgent", 7],
    ["edge", "sheet", 3],
    ["edge", "ground", 3],
    ["due", "sheet", 3],
    ["urgent", "sheet", 3],
    ["focus", "ground", 3],
    ["focus", "sheet", 3],
  ])("%s on %s has a contrast of %d or more", (ink, ground, least) => {
    expect(contrast(theme, ink, ground)).toBeGreaterThanOrEqual(least);
  });
});

it("is the same dark by the system's wish and by the reader's", () => {
  expect(block(`:root:not([data-theme="light"])`)).toEqual(dark);
});
