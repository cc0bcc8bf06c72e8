// The page as a screen reader gets it: roles, names and states, from the browser's own accessibility tree.
import type { Page } from "playwright-core";

interface Spoken {
  readonly role: string;
  readonly name: string;
  /** Of a progress bar: what it says. */
  readonly value: string;
  readonly level: number | undefined;
}

const controls = [
  "button",
  "link",
  "textbox",
  "searchbox",
  "radio",
  "checkbox",
  "combobox",
  "listbox",
  "option",
];
const groups = ["group", "radiogroup", "list", "navigation", "dialog", "progressbar", "region", "form"];
/** A region or form that has no name is none to a screen reader; a list may go without. */
const mayGoUnnamed = ["region", "form", "list"];

/** Everything on the page that is spoken. */
export async function spokenPage(page: Page): Promise<readonly Spoken[]> {
  const protocol = await page.context().newCDPSession(page);
  const { nodes } = await protocol.send("Accessibility.getFullAXTree");
  await protocol.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const summaryBelow = (ids: readonly string[], depth = 0): string | undefined => {
    for (const node of ids.map((id) => byId.get(id))) {
      if (node?.role?.value === "DisclosureTriangle") return String(node.name?.value ?? "");
      const found = node?.ignored && depth < 3 ? summaryBelow(node.childIds ?? [], depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, value, childIds = [], properties = [] }) => {
      const level: unknown = properties.find((property) => property.name === "level")?.value.value;
      // What is folded up is called by its summary.
      const summary = summaryBelow(childIds);
      return {
        role: String(role?.value ?? ""),
        name: String(name?.value || summary || "").trim(),
        value: String(value?.value ?? ""),
        level: typeof level === "number" ? level : undefined,
      };
    });
}

/** What a screen reader would have to pass over in silence, or could not find its way by. */
export function unspoken(page: readonly Spoken[]): readonly string[] {
  // While a dialog waits for an answer, nothing else is there.
  const isInDialog = page.some(({ role }) => role === "dialog");
  const headings = page.filter(({ role, level }) => role === "heading" && (level === 1 || isInDialog));
  const nameless = page.filter(
    ({ role, name }) =>
      name === "" && (controls.includes(role) || (groups.includes(role) && !mayGoUnnamed.includes(role))),
  );
  const silentProgress = page.filter(({ role, value }) => role === "progressbar" && value === "");
  return [
    ...(headings.some(({ name }) => name !== "") ? [] : ["no heading"]),
    ...(isInDialog || page.some(({ role }) => role === "main") ? [] : ["no main part"]),
    ...nameless.map(({ role }) => `a ${role} without a name`),
    ...silentProgress.map(({ name }) => `a progress bar that says nothing: ${name}`),
  ];
}

export const headingOf = (page: readonly Spoken[]): string =>
  page.find(({ role, level }) => role === "heading" && level === 1)?.name ?? "";
