// Which addresses count as one caller when wrong passwords are counted.
import fc from "fast-check";
import { expect, it } from "vitest";
import { networkOf } from "#server/couch/network.ts";

it.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:c000:207", "192.0.2.7"],
  ["0:0:0:0:0:ffff:255.255.255.255", "255.255.255.255"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
  ["2001:DB8:0001:0002::", "2001:db8:1:2::"],
  ["2001:db8::1", "2001:db8::"],
  ["::1", "::"],
  ["fe80::1%eth0", "fe80::"],
  ["64:ff9b::192.0.2.7", "64:ff9b::"],
  ["operator", "operator"],
  ["", ""],
])("%s counts as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it("takes all addresses of a /64 for one, and of two for two", () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const half = fc.tuple(group, group, group, group);
  const written = (groups: readonly number[]) => groups.map((each) => each.toString(16)).join(":");
  fc.assert(
    fc.property(half, half, half, half, (network, other, a, b) => {
      fc.pre(
        network.join() !== other.join() && network.some((each) => each > 0) && other.some((each) => each > 0),
      );
      const from = (high: readonly number[], low: readonly number[]) => networkOf(written([...high, ...low]));
      expect(from(network, a)).toBe(from(network, b));
      expect(from(network, a)).not.toBe(from(other, a));
      // What stands for the network is an address in it.
      expect(networkOf(from(network, a))).toBe(from(network, a));
    }),
  );
});
