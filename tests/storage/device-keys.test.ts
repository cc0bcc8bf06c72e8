// The keys of a device: made once, sealed at rest, usable only while the profile is open.
import { createPublicKey, verify } from "node:crypto";
import { expect, it } from "vitest";
import { openWith, sealFor } from "#src/storage/age-file.ts";
import { base64ToBytes } from "#src/storage/base64.ts";
import { isSignedBy, makeDeviceKeys, type StoredDeviceKeys } from "#src/storage/device-keys.ts";
import { canarySearch } from "#tests/support/canaries.ts";
import { memoryVault, newMemoryDevice } from "./support/memory-vault.ts";

const lan = {
  name: "lan",
  password: "một câu dài dễ nhớ",
  displayName: "Trần Mẫu Lan",
  roles: ["supervisor@vn-gso-48"],
};
const bytes = new TextEncoder().encode("Chị đã về đến nhà");
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));

async function opened(device = newMemoryDevice()) {
  const vault = memoryVault({ device });
  const made = await vault.create(lan, undefined);
  if (!made.ok) throw new Error(made.error.type);
  const again = async () => {
    const unlocked = await vault.unlock(made.value.id, lan.password);
    if (!unlocked.ok) throw new Error(unlocked.error.type);
    return unlocked.value;
  };
  return { device, vault, profile: made.value, again };
}

it("are the same after every unlocking, and sign what Node's own Ed25519 takes", async () => {
  const { profile, again } = await opened();
  const { publicKeys } = profile.keys;
  const signature = await profile.keys.sign(bytes);
  const later = await again();
  expect(later.keys.publicKeys).toEqual(publicKeys);
  expect(await later.keys.sign(bytes)).toBe(signature);
  expect(await isSignedBy(publicKeys.signingPublicKey, bytes, signature)).toBe(true);
  const x = Buffer.from(publicKeys.signingPublicKey, "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  expect(verify(null, bytes, key, Buffer.from(signature, "base64"))).toBe(true);
});

it("do not sign for another's words, and are not another's", async () => {
  const mine = (await opened()).profile.keys;
  const other = (await opened()).profile.keys;
  const signature = await mine.sign(bytes);
  const { signingPublicKey } = mine.publicKeys;
  expect(await isSignedBy(other.publicKeys.signingPublicKey, bytes, signature)).toBe(false);
  expect(await isSignedBy(signingPublicKey, bytes.subarray(1), signature)).toBe(false);
  for (const broken of ["", "AAAA", "không phải chữ ký", signature.slice(4)])
    expect(await isSignedBy(signingPublicKey, bytes, broken)).toBe(false);
  for (const broken of ["", "AAAA", "!", `${"A".repeat(42)}A=`])
    expect(await isSignedBy(broken, bytes, signature)).toBe(false);
});

it("lie nowhere in the clear on the device", async () => {
  const { device, profile } = await opened();
  const { keys: kept } = profile.store.local("vault.device") as { keys: StoredDeviceKeys };
  const secret = Buffer.from(kept.signingSecret, "base64");
  const search = canarySearch([
    kept.ageIdentity,
    kept.signingSecret,
    secret.toString("hex"),
    kept.agePublicKey,
  ]);
  const disk = [...device.disks.values()].flatMap(({ envelopes }) => [...envelopes.values()]);
  const onDisk = JSON.stringify([disk, [...device.rows.values()]]);
  expect(disk.length).toBeGreaterThan(0);
  expect(search(Buffer.from(onDisk))).toEqual([]);
  const inside = disk.flatMap(({ b }) => search(base64ToBytes(b) ?? new Uint8Array()));
  expect(inside).toEqual([]);
  // The search itself is not blind.
  expect(search(Buffer.from(`x${kept.ageIdentity}x`))).not.toEqual([]);
});

it("are gone with the lock", async () => {
  const { vault, profile } = await opened();
  await vault.lock();
  await expect(profile.keys.sign(bytes)).rejects.toThrow("closed");
  expect(() => profile.keys.publicKeys).toThrow("closed");
});

it("are other ones under another id after somebody else has taken this one's, from the next opening on", async () => {
  const { vault, profile, again } = await opened();
  const before = { device: profile.device, keys: profile.keys.publicKeys };
  expect(await vault.becomeAnotherDevice()).toMatchObject({ ok: true });
  const after = await again();
  expect(after.device).not.toBe(before.device);
  expect(after.keys.publicKeys.agePublicKey).not.toBe(before.keys.agePublicKey);
  expect(after.keys.publicKeys.signingPublicKey).not.toBe(before.keys.signingPublicKey);
});

it("come with another id where damage has taken the old ones", async () => {
  const { device, vault, profile, again } = await opened();
  const { device: id } = profile;
  await vault.lock();
  const [disk] = device.disks.values();
  const before = new Set(disk?.envelopes.keys());
  const isTheDevice: boolean[] = [];
  for (const [envelope, whole] of [...(disk?.envelopes ?? [])]) {
    disk?.envelopes.set(envelope, { ...whole, b: "damaged" });
    const without = await again();
    isTheDevice.push(without.device !== id);
    // What was made anew goes with the rest once the whole one is back: the one written last would be taken.
    await vault.lock();
    for (const made of [...(disk?.envelopes.keys() ?? [])])
      if (!before.has(made)) disk?.envelopes.delete(made);
    disk?.envelopes.set(envelope, whole);
  }
  expect(isTheDevice.filter(Boolean)).toHaveLength(1);
  expect((await again()).device).toBe(id);
});

it("keep the id of a profile that was made before there were keys", async () => {
  const { profile, again } = await opened();
  const { agePublicKey } = profile.keys.publicKeys;
  await profile.store.write({ setLocal: { "vault.device": "3f2a8f5e-0000-4000-8000-000000000001" } });
  const after = await again();
  expect(after.device).toBe("3f2a8f5e-0000-4000-8000-000000000001");
  const { publicKeys } = after.keys;
  expect(publicKeys.agePublicKey).not.toBe(agePublicKey);
  expect((await again()).keys.publicKeys).toEqual(publicKeys);
});

it("open what was made for them among others, and nothing else", async () => {
  const mine = (await opened()).profile.keys;
  const other = (await opened()).profile.keys;
  const recipients = [
    other.publicKeys.agePublicKey,
    mine.publicKeys.agePublicKey,
    "age1broken",
    "không phải",
  ];
  const sealed = await sealFor(recipients, bytes);
  expect(sealed?.receivers).toBe(2);
  const file = sealed?.file ?? new Uint8Array();
  expect(await mine.open(file)).toEqual({ ok: true, value: bytes });
  expect(await other.open(file)).toEqual({ ok: true, value: bytes });
  const stranger = await makeDeviceKeys(randomBytes);
  expect(await openWith(stranger.ageIdentity, file)).toEqual({ ok: false, error: "notForUs" });
  expect(await mine.open(file.subarray(0, file.length - 1))).toEqual({ ok: false, error: "damaged" });
  expect(await mine.open(bytes)).toEqual({ ok: false, error: "notSealed" });
  expect(await sealFor(["age1broken"], bytes)).toBeUndefined();
});
