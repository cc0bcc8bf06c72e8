// PouchDB behind Express, the stock part for a server in Node: says its address in one line, and serves until it dies.
import { createServer } from "node:http";
import expressPouchDB from "express-pouchdb";
import PouchDB from "pouchdb";
import memory from "pouchdb-adapter-memory";

PouchDB.plugin(memory);
const inMemory = PouchDB.defaults({ adapter: "memory" });
const server = createServer(
  expressPouchDB(inMemory, { mode: "fullCouchDB", inMemoryConfig: true, logPath: "/dev/null" }),
);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.stdout.write(`http://127.0.0.1:${address?.port}/\n`);
});
