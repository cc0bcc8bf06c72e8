// What the front door needs of a record store: an answer to a request whose path carries no prefix.

/** @param from.address where the request comes from, for the lock-out after wrong passwords */
export type CouchHandler = (request: Request, from: { address: string }) => Promise<Response>;
