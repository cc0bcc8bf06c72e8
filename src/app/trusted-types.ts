// The one Trusted Types policy (https://w3c.github.io/trusted-types/): scripts of ours by their exact addresses, no markup.

/**
 * Installs the default policy. Lets through the empty string as markup (live regions are emptied with it) and the
 * listed addresses as scripts; everything else throws. Does nothing where the browser has no Trusted Types.
 */
export function installTrustedTypes(scripts: readonly string[]): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", {
    createHTML: (markup) => (markup === "" ? markup : refuse("markup")),
    createScriptURL: (address) => (scripts.includes(pathOf(address)) ? address : refuse("a script address")),
  });
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(markup: string): string; createScriptURL(address: string): string },
  ): unknown;
}

const pathOf = (address: string): string => {
  const url = new URL(address, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : "";
};

function refuse(what: string): never {
  throw new TypeError(`the policy lets no such ${what} through`);
}
