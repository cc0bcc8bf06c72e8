// A centre in a data folder of its own, which can be copied while it runs and put back, and devices that ask it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { putBack } from "#server/backup/put-back.ts";
import { takeBackup } from "#server/backup/take.ts";
import { type AccountName, provision } from "#tests/sync/support/test-centre.ts";
import { createTestDevice, type TestDevice } from "#tests/sync/support/test-device.ts";
import { throughDoor } from "#tests/sync/support/through-door.ts";
import { createVirtualTime, type VirtualTime } from "#tests/sync/support/virtual-time.ts";
import { type FileCentre, fileCentre } from "./file-centre.ts";
import { operatorText, scratchFolder } from "./store-file.ts";

export interface RestorableCentre {
  readonly time: VirtualTime;
  readonly centre: FileCentre;
  backUp(): ReturnType<typeof takeBackup>;
  /** What was copied last, as another instance. */
  putBack(): ReturnType<typeof putBack>;
}

export function restorableCentre(): RestorableCentre {
  const scratch = scratchFolder();
  const data = join(scratch, "data");
  const backup = join(scratch, "backup");
  mkdirSync(data);
  writeFileSync(join(data, "admin.json"), operatorText);
  const time = createVirtualTime();
  const centre = fileCentre(join(data, "records.sqlite"), time);
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  return {
    time,
    centre,
    backUp: () => takeBackup({ data, to: backup }, time.now),
    async putBack() {
      centre.stop();
      const done = await putBack({ from: backup, data, named: true }, { now: time.now, randomBytes });
      centre.start();
      return done;
    },
  };
}

type MakeDevice = (name: AccountName, site: string, seed: number) => Promise<TestDevice>;

/** With all sites and accounts, and a front door before it. */
export async function behindDoor({ time, centre }: RestorableCentre): Promise<MakeDevice> {
  await provision(centre, time);
  const way = await throughDoor(centre, time);
  return async (name, site, seed) => {
    const app = { device: `device-${String(seed)}`, appVersion: "1.0.0" };
    const device = await createTestDevice({ time, centre, name, site, seed, app, online: false });
    onTestFinished(() => device.kill());
    device.way = way;
    device.connection(true);
    return device;
  };
}
