// What is handed to the front door, in requests that it takes.

/** As many as the front door takes at once. */
const givenTogether = 50;
const mostCharacters = 300_000;

/** Each small enough for one request. */
export function inParts<T>(all: readonly T[], sentAs: (one: T) => object): readonly (readonly T[])[] {
  const parts: T[][] = [];
  let characters = 0;
  for (const one of all) {
    const { length } = JSON.stringify(sentAs(one));
    const last = parts.at(-1);
    if (last && last.length < givenTogether && characters + length < mostCharacters) {
      last.push(one);
      characters += length;
    } else {
      parts.push([one]);
      characters = length;
    }
  }
  return parts;
}
