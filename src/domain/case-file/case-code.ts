// Case codes such as `HVG-26-7K3QXM-5`: a label for people, never a key (D7).

/** Crockford's base 32: no I, L, O, U (https://www.crockford.com/base32.html). */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** The check symbols go on to 37, a prime, so that every single error and swap of neighbours is found. */
const checkAlphabet = `${alphabet}*~$=U`;
/** Nobody says these over the phone: no new code ends with one, older ones do. */
const unspoken = "*~$=";

const shape = /^([A-Z]{2,6})-(\d{2})-([0-9A-HJKMNP-TV-Z]{6})-([0-9A-HJKMNP-TV-Z*~$=U])$/;

/** A new code of letters and digits alone, from the site's short code, the year at the site and 30 random bits. */
export function newCaseCode(
  shortCode: string,
  year: number,
  randomBytes: (count: number) => Uint8Array,
): string {
  const start = `${shortCode}-${String(year % 100).padStart(2, "0")}`;
  for (;;) {
    const body = Array.from(randomBytes(6), (byte) => alphabet.charAt(byte & 31)).join("");
    const check = checkSymbol(`${start}-${body}`);
    if (!unspoken.includes(check)) return `${start}-${body}-${check}`;
  }
}

/** The code as printed, from what somebody typed (small letters, O for 0, I or L for 1); undefined if it is not one. */
export function readCaseCode(typed: string): string | undefined {
  const [place, year, body, check] = typed
    .trim()
    .toUpperCase()
    .split(/[\s-]+/);
  if (!place || !year || !body || !check) return undefined;
  const digits = [year, body, check].map((part) => part.replace(/O/g, "0").replace(/[IL]/g, "1"));
  const code = [place, ...digits].join("-");
  return shape.test(code) && code.endsWith(checkSymbol(code.slice(0, -2))) ? code : undefined;
}

/** Weighs each character by its place, modulo 37. */
function checkSymbol(text: string): string {
  let sum = 0;
  for (const character of text) {
    const value = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(character);
    if (value >= 0) sum = (sum * 2 + value + 1) % 37;
  }
  return checkAlphabet.charAt(sum);
}
