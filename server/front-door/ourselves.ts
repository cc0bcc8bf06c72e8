// Whom the front door names as the author of what it writes by itself.

/** Nobody's account: names of accounts do not begin so. */
export const OURSELVES = "(neo-ve)";
