// A share of the courses with the parts themselves: the real endpoint behind its front door, and RxDB on Dexie on IndexedDB.
import { realCentre } from "./centres.ts";
import { alsoHold } from "./expected.ts";
import { indexedDbEnvelopes } from "./indexeddb-envelopes.ts";

const some = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

alsoHold("on the real endpoint", some(8), { devices: 4, operations: 25, centre: realCentre });
alsoHold("with envelopes in IndexedDB", some(50), { devices: 4, operations: 8, store: indexedDbEnvelopes });
