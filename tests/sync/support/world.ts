// A whole world for one test: virtual time, a centre, and devices that are gone when the test ends.
import { onTestFinished } from "vitest";
import { createTestCentre, type AccountName, type TestCentre } from "./test-centre.ts";
import { createTestDevice, type DeviceOptions, type TestDevice } from "./test-device.ts";
import { createVirtualTime, type VirtualTime } from "./virtual-time.ts";

export interface World {
  readonly time: VirtualTime;
  readonly centre: TestCentre;
  device(name: AccountName, options?: Partial<DeviceOptions>): Promise<TestDevice>;
}

export async function createWorld(seed = 1, time = createVirtualTime()): Promise<World> {
  const centre = await createTestCentre(time, seed);
  const devices: TestDevice[] = [];
  onTestFinished(async () => {
    for (const device of devices) await device.kill();
    centre.close();
  });
  return {
    time,
    centre,
    async device(name, options = {}) {
      const device = await createTestDevice({ time, centre, name, seed, ...options });
      devices.push(device);
      return device;
    },
  };
}
