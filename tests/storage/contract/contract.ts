// The storage contract: what every kind of storage must keep, whether memory, Dexie in Node or Dexie in Chromium.
import { damagedBlobs } from "./damaged-blobs.ts";
import { fullDisk } from "./full-disk.ts";
import { exchangeCases } from "./exchange-cases.ts";
import type { ContractCase } from "./storage-under-test.ts";
import { writeCases } from "./write-cases.ts";

export const contract: readonly ContractCase[] = [
  ...writeCases,
  ...exchangeCases,
  ...damagedBlobs,
  ...fullDisk,
];
