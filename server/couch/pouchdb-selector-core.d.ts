// Types for the one function of pouchdb-selector-core 9 that the `_selector` filter uses (the package ships none).
declare module "pouchdb-selector-core" {
  /** True if the document fits the Mango selector. Throws on what it cannot read. */
  export function matchesSelector(doc: object, selector: object): boolean;
}
