// Asks axe what is wrong with the page that a browser shows, also under our content security policy.
import axe from "axe-core";
import type { Page } from "playwright-core";

export interface Violation {
  /** Name of axe's rule, such as `"color-contrast"`. */
  rule: string;
  impact: string;
  help: string;
  /** One for each element: a CSS selector and what is wrong there. */
  places: string[];
}

/**
 * Runs axe over the page as it stands: all its rules of WCAG 2.2 AA, best practices included, or only the named ones.
 * The result is empty when nothing is wrong.
 */
export async function axeViolations(page: Page, only?: readonly string[]): Promise<Violation[]> {
  // Through the browser's debugger: a script element would be stopped by the policy.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(async (rules) => {
    const tool: typeof axe = Reflect.get(globalThis, "axe");
    const found = await tool.run(document, {
      resultTypes: ["violations"],
      // The one rule of WCAG 2.2 AA that axe leaves off unless asked.
      ...(rules ? { runOnly: [...rules] } : { rules: { "target-size": { enabled: true } } }),
    });
    return { violations: found.violations, passes: found.passes.length };
  }, only);
  if (passes === 0) throw new Error("axe looked at nothing");
  return violations.map(({ id, impact, help, nodes }) => ({
    rule: id,
    impact: impact ?? "unknown",
    help,
    places: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary ?? ""}`),
  }));
}
