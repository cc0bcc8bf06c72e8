// Records that somebody writes on a device of tests: stamped as its commands stamp them.
import type { Person } from "#src/domain/records/person.ts";
import type { TestDevice } from "./test-device.ts";

export const stampsOn = (device: TestDevice, id: string) => ({
  id,
  version: 1,
  createdAt: device.now(),
  createdBy: device.name,
  device: `device-of-${device.name}`,
  deviceTime: device.now(),
});

/** A name in the identity database of the site. */
export async function personOn(
  device: TestDevice,
  site: string,
  id: string,
  displayName: string,
): Promise<Person> {
  const stamps = stampsOn(device, id);
  const changing = { updatedAt: stamps.createdAt, updatedBy: device.name };
  const record: Person = { type: "person", ...stamps, ...changing, displayName };
  await device.save(`p-${site}`, record);
  return record;
}
