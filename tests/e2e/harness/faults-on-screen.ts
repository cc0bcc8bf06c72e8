// What axe does not look for: cut words, small targets, sideways scrolling, words of another language, names in titles.
import type { Locale } from "#src/i18n/locales.ts";
import { foreignTexts } from "./foreign-texts.ts";

/** Smaller is missed by a thumb; the design asks for 48. */
const leastTarget = 44;

interface Expected {
  readonly locale: Locale;
  /** Must stand neither in the title nor in the address. */
  readonly secrets: readonly string[];
}

/** One line for each fault of the screen as it stands; none when all is well. */
export function faultsOnScreen({ locale, secrets }: Expected): readonly string[] {
  const { documentElement: html, title } = document;
  const outside = `${title} ${decodeURIComponent(location.href)}`;
  return [
    ...(html.lang === locale ? [] : [`the document says lang="${html.lang}"`]),
    ...(html.scrollWidth > html.clientWidth ? [`scrolls sideways: ${widest()}`] : []),
    ...secrets.filter((secret) => outside.includes(secret)).map((secret) => `names outside: ${secret}`),
    ...[...document.querySelectorAll<HTMLElement>(operable)].filter(isShown).flatMap(smallTarget),
    ...[...document.querySelectorAll<HTMLElement>(wordBearing)].filter(isShown).flatMap(cutWords),
    ...[...document.querySelectorAll<HTMLInputElement>(typing)].flatMap(remembered),
    ...foreignTexts(locale),
  ];
}

const operable = "a[href], button, select, summary, textarea, input:not([type=hidden]), [role=option]";
const wordBearing =
  "button, button *, nav *, header *, a[href], a[href] *, summary, label, label *, legend, th, h1, h2";
const typing = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])";

const isShown = (element: HTMLElement): boolean =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
  element.closest(".visually-hidden, [aria-hidden=true]") === null;

/** `button.button-quiet "Đóng"` */
function nameOf(element: HTMLElement): string {
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  const words = (element.innerText || (element.getAttribute("name") ?? "")).replaceAll(/\s+/g, " ");
  return `${element.localName}${classes} "${words.slice(0, 60)}"`;
}

function widest(): string {
  const { clientWidth } = document.documentElement;
  const wide = [...document.body.querySelectorAll<HTMLElement>("*")].filter(
    (element) => isShown(element) && element.getBoundingClientRect().right > clientWidth + 0.5,
  );
  return wide.slice(0, 5).map(nameOf).join("; ");
}

function smallTarget(element: HTMLElement): readonly string[] {
  if (element.matches(":disabled") || isInRunningText(element)) return [];
  const { width, height, bottom } = areaOf(element).getBoundingClientRect();
  // The skip link waits above the page until it is reached.
  if (bottom < 0) return [];
  const small = width < leastTarget - 0.5 || height < leastTarget - 0.5;
  return small ? [`target of ${Math.round(width)} × ${Math.round(height)}: ${nameOf(element)}`] : [];
}

/** A link among words is as high as its line. */
const isInRunningText = (element: HTMLElement): boolean =>
  element.localName === "a" &&
  getComputedStyle(element).display === "inline" &&
  (element.parentElement?.innerText.trim().length ?? 0) > element.innerText.trim().length;

/** What can be touched: the label of a radio, the box that a link's `::after` covers. */
function areaOf(element: HTMLElement): Element {
  if (element.matches("input[type=radio], input[type=checkbox]")) return element.closest("label") ?? element;
  const after = getComputedStyle(element, "::after");
  return after.position === "absolute" && after.content !== "none" && element.offsetParent
    ? element.offsetParent
    : element;
}

function cutWords(element: HTMLElement): readonly string[] {
  if (!element.matches(operable) && !hasWords(element)) return [];
  const { display, overflowX, textOverflow } = getComputedStyle(element);
  // The width of an inline box says nothing.
  if (display === "inline" || element.clientWidth === 0 || element.innerText.trim() === "") return [];
  const lost = element.scrollWidth - element.clientWidth;
  if (lost <= 1 || overflowX === "auto" || overflowX === "scroll") return [];
  return [`words cut by ${lost} px${textOverflow === "ellipsis" ? " (…)" : ""}: ${nameOf(element)}`];
}

/** Of its own, not of what lies in it or on its corner. */
const hasWords = ({ childNodes }: HTMLElement): boolean =>
  [...childNodes].some(
    ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim() !== "",
  );

function remembered(element: HTMLInputElement): readonly string[] {
  const { autocomplete, spellcheck } = element;
  return autocomplete === "off" && !spellcheck
    ? []
    : [`autocomplete="${autocomplete}" spellcheck="${String(spellcheck)}": ${nameOf(element)}`];
}
