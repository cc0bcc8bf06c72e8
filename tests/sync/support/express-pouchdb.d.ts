// The part of express-pouchdb that is used here; the package brings no types.
declare module "express-pouchdb" {
  import type { RequestListener } from "node:http";

  export default function expressPouchDB(pouchDB: unknown, options: object): RequestListener;
}
