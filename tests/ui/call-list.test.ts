// Reading the numbers of a site's record as people write them.
import { describe, expect, it } from "vitest";
import { readPhone } from "#src/ui/call-list.tsx";

describe("a number with who answers", () => {
  it.each([
    ["0236 3822 822 — Công an xã", "0236 3822 822", "Công an xã"],
    ["+84 905-123-456 - Chị Lan", "+84 905-123-456", "Chị Lan"],
    ["113", "113", ""],
    ["(không có số)", undefined, undefined],
  ])("reads “%s”", (text, number, name) => {
    expect(readPhone(text)?.number).toBe(number);
    expect(readPhone(text)?.name).toBe(name);
  });
});
