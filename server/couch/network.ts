// Whose guesses are counted together: an address of IPv4, or the network of IPv6 that one subscriber has.
import { isIPv6 } from "node:net";

/**
 * An address that stands for all that somebody at `address` can call from: of IPv6 the first of its /64 (a single
 * device takes any address in it, RFC 4291 §2.5.4, RFC 8981), an IPv4 address that is written as one of IPv6
 * (`::ffff:…`, RFC 4291 §2.5.5.2) as what it is, and everything else unchanged.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return hostOf(`${groups.slice(0, 4).map(inHex).join(":")}::`);
}

/** The eight groups, however the address is written. */
function groupsOf(address: string): readonly number[] {
  const [withoutZone = ""] = address.split("%");
  const [before = "", after = ""] = hostOf(withoutZone).split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === "" ? [] : after.split(":");
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

/** As RFC 5952 writes it, but all of it in hexadecimal. */
const hostOf = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1);

const inHex = (group: number) => group.toString(16);
