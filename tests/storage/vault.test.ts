// The vault as its users and its adversaries meet it: on memory, with cheap keys unless the test is about their cost.
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import type { SignedIn } from "#src/domain/ports/vault.ts";
import { argon2 } from "#src/storage/argon2.ts";
import { bytesToBase64 } from "#src/storage/base64.ts";
import { productCost, unwrapKey } from "#src/storage/passphrase.ts";
import type { Profile } from "#src/storage/profiles.ts";
import type { SealedVault } from "#src/storage/vault.ts";
import { memoryVault, newMemoryDevice, type MemoryDevice } from "./support/memory-vault.ts";
import { openRecovery } from "./support/open-recovery.ts";
import { noteOf, site } from "./support/records.ts";
import { testSurroundings } from "./support/surroundings.ts";

const lan: SignedIn = {
  name: "lan",
  password: "đường về nhà xa lắm",
  displayName: "Nguyễn Thị Lan",
  roles: ["cadre@vn-gso-20194"],
};
const budi: SignedIn = { name: "budi", password: "jalan pulang masih jauh", displayName: "Budi", roles: [] };

async function made(vault: SealedVault, account = lan, recipient?: string) {
  const created = await vault.create(account, recipient);
  if (!created.ok) throw new Error(created.error.type);
  return created.value;
}

async function unlocked(vault: SealedVault, id: string, passphrase: string) {
  const opened = await vault.unlock(id, passphrase);
  return opened.ok ? opened.value : opened.error;
}

const rowOf = (device: MemoryDevice, id: string): Profile => {
  const row = device.rows.get(id);
  if (!row || "unfinished" in row) throw new Error("no such profile");
  return row;
};

const saveNote = (text: string) => ({ changes: [{ database: site, record: noteOf(1, text) }] });

describe("vault", () => {
  it("opens offline what was made online: account, device and records", async () => {
    const device = newMemoryDevice();
    const profile = await made(memoryVault({ device }));
    await profile.store.write(saveNote("sealed"));
    const { id, device: deviceId } = profile;
    await memoryVault({ device }).lock();

    device.owners.clear();
    const later = await unlocked(memoryVault({ device }), id, lan.password);
    expect(later).toMatchObject({ id, device: deviceId, account: lan });
    expect("store" in later && later.store.read.list("note").map(({ record }) => record.text)).toEqual([
      "sealed",
    ]);
    expect(deviceId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("opens nothing with a wrong passphrase, and erases nothing", async () => {
    const device = newMemoryDevice();
    const surroundings = testSurroundings();
    const vault = memoryVault({ device, surroundings });
    const { id, store } = await made(vault);
    await store.write(saveNote("sealed"));
    await vault.lock();
    for (const wrong of ["", "đường về nhà", `${lan.password} `, "ĐƯỜNG VỀ NHÀ XA LẮM"]) {
      expect(await unlocked(vault, id, wrong)).toEqual({ type: "WrongPassphrase" });
      surroundings.time += 3_600_000;
    }
    expect(await unlocked(vault, id, lan.password)).toMatchObject({ id });
  });

  it("takes composed and decomposed letters for the same passphrase", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const { id } = await made(vault, { ...lan, password: lan.password.normalize("NFD") });
    await vault.lock();
    expect(lan.password.normalize("NFC")).not.toBe(lan.password.normalize("NFD"));
    expect(await unlocked(vault, id, lan.password.normalize("NFC"))).toMatchObject({ id });
  });

  it("makes people wait longer after each wrong try, also after a restart, and not after a right one", async () => {
    const device = newMemoryDevice();
    const surroundings = testSurroundings();
    const first = memoryVault({ device, surroundings });
    const { id } = await made(first);
    await first.lock();
    for (let wrong = 0; wrong < 4; wrong++)
      expect(await unlocked(first, id, "wrong")).toEqual({ type: "WrongPassphrase" });

    const restarted = memoryVault({ device, surroundings });
    expect(await unlocked(restarted, id, lan.password)).toEqual({ type: "WaitBeforeTrying", seconds: 5 });
    surroundings.time += 4_000;
    expect(await unlocked(restarted, id, lan.password)).toEqual({ type: "WaitBeforeTrying", seconds: 1 });
    surroundings.time -= 86_400_000;
    expect(await unlocked(restarted, id, lan.password)).toEqual({ type: "WaitBeforeTrying", seconds: 5 });
    surroundings.time += 5_000;
    expect(await unlocked(restarted, id, lan.password)).toMatchObject({ id });
    await restarted.lock();
    expect(await unlocked(restarted, id, "wrong")).toEqual({ type: "WrongPassphrase" });
    expect(await unlocked(restarted, id, lan.password)).toMatchObject({ id });
  });

  it("opens on a disk that takes not a byte, slowly, since the tries cannot be noted there", async () => {
    const device = newMemoryDevice();
    const surroundings = testSurroundings();
    const first = memoryVault({ device, surroundings });
    const { id, store } = await made(first);
    await store.write(saveNote("sealed"));
    await first.lock();
    device.isFull = true;

    expect(await unlocked(first, id, lan.password)).toEqual({ type: "WaitWhileFull", seconds: 20 });
    surroundings.time += 19_000;
    expect(await unlocked(first, id, lan.password)).toEqual({ type: "WaitWhileFull", seconds: 1 });
    surroundings.time += 1_000;
    const opened = await unlocked(first, id, lan.password);
    expect("store" in opened && opened.store.read.list("note").map(({ record }) => record.text)).toEqual([
      "sealed",
    ]);
  });

  it("gives a thief who fills the disk one guess in twenty seconds at most, whatever is loaded anew", async () => {
    const device = newMemoryDevice();
    const surroundings = testSurroundings();
    const vault = memoryVault({ device, surroundings });
    const { id } = await made(vault);
    await vault.lock();
    device.isFull = true;
    for (let restart = 0; restart < 3; restart++) {
      const restarted = memoryVault({ device, surroundings });
      expect(await unlocked(restarted, id, "wrong")).toEqual({ type: "WaitWhileFull", seconds: 20 });
      surroundings.time += 20_000;
      expect(await unlocked(restarted, id, "wrong")).toEqual({ type: "WrongPassphrase" });
      expect(await unlocked(restarted, id, "wrong")).toEqual({ type: "WaitWhileFull", seconds: 40 });
      surroundings.time += 40_000;
      expect(await unlocked(restarted, id, "wrong")).toEqual({ type: "WrongPassphrase" });
      expect(await unlocked(restarted, id, "wrong")).toEqual({ type: "WaitWhileFull", seconds: 80 });
    }
  });

  it("counts no try on a full disk that could not be made, and forgets none that was", async () => {
    const device = newMemoryDevice();
    const surroundings = testSurroundings();
    const memory = { gone: false };
    const derive: typeof argon2 = (...of) =>
      memory.gone ? Promise.reject(new Error("out of memory")) : argon2(...of);
    const vault = memoryVault({ device, surroundings, parts: { derive } });
    const { id } = await made(vault);
    await vault.lock();
    device.isFull = true;
    await unlocked(vault, id, "wrong");
    surroundings.time += 20_000;
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WrongPassphrase" });
    surroundings.time += 40_000;
    memory.gone = true;
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await unlocked(vault, id, lan.password)).toMatchObject({ detail: "out of memory" });
    memory.gone = false;
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WrongPassphrase" });
    expect(await unlocked(vault, id, lan.password)).toEqual({ type: "WaitWhileFull", seconds: 80 });
  });

  it("a full disk shortens no wait, and its wrong tries count once there is room", async () => {
    const device = newMemoryDevice();
    const surroundings = testSurroundings();
    const vault = memoryVault({ device, surroundings });
    const { id } = await made(vault);
    await vault.lock();
    for (let wrong = 0; wrong < 8; wrong++) {
      await unlocked(vault, id, "wrong");
      surroundings.time += 600_000;
    }
    device.isFull = true;
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WaitWhileFull", seconds: 80 });
    surroundings.time += 80_000;
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WrongPassphrase" });
    device.isFull = false;
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WaitBeforeTrying", seconds: 160 });
    surroundings.time += 160_000;
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WrongPassphrase" });
    expect(rowOf(device, id).tries.failed).toBe(10);
  });

  it("does not count a try that could not be made", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const { id } = await made(vault);
    await vault.lock();
    const derive = () => Promise.reject(new Error("out of memory"));
    const poor = memoryVault({ device, parts: { derive } });
    for (let attempt = 0; attempt < 9; attempt++)
      expect(await unlocked(poor, id, lan.password)).toEqual({
        type: "StorageFailed",
        detail: "out of memory",
      });
    expect(await unlocked(vault, id, lan.password)).toMatchObject({ id });
  });

  it("keeps several people apart", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const hers = await made(vault, lan);
    await hers.store.write(saveNote("hers"));
    const his = await made(vault, budi);
    expect(his.store.read.all()).toEqual([]);
    expect(await hers.store.write(saveNote("after"))).toEqual({
      ok: false,
      error: { type: "StorageClosed" },
    });
    expect((await vault.profiles()).map(({ label }) => label).sort()).toEqual(["B", "NL"]);
    await vault.lock();
    expect(await unlocked(vault, his.id, lan.password)).toEqual({ type: "WrongPassphrase" });

    // Her blobs under his name, key and all: still not his to read.
    const [herDisk, hisDisk] = [...device.disks.values()];
    for (const [envelopeId, envelope] of herDisk?.envelopes ?? [])
      hisDisk?.envelopes.set(envelopeId, { ...envelope, k: rowOf(device, his.id).keyId });
    const opened = await unlocked(vault, his.id, budi.password);
    expect("store" in opened && [opened.store.read.all(), opened.store.read.unreadable]).toEqual([[], 3]);
  });

  it("gives people with the same initials different labels", async () => {
    const vault = memoryVault();
    for (const displayName of ["Nguyễn Thị Lan", "Ngô Lệ", "Siti", "  "])
      await made(vault, { ...lan, displayName });
    expect((await vault.profiles()).map(({ label }) => label)).toEqual(["NL", "NL 2", "S", "–"]);
  });

  it("notices a wrapped key that was swapped, or whose parameters were changed", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const mine = await made(vault, lan);
    // The adversary's own profile, made with a passphrase the adversary knows.
    const other = await made(vault, { ...budi, password: lan.password });
    await vault.lock();
    const row = rowOf(device, mine.id);
    const { keyId, key } = rowOf(device, other.id);
    const planted: Profile[] = [
      { ...row, key },
      { ...row, key, keyId },
      { ...row, keyId },
      { ...row, key: { ...row.key, cost: { ...row.key.cost, memoryKiB: 16 } } },
      { ...row, key: { ...row.key, cost: { ...row.key.cost, passes: 2 } } },
      { ...row, key: { ...row.key, cost: { memoryKiB: 2 ** 30, passes: 1, lanes: 1 } } },
      { ...row, key: { ...row.key, salt: key.salt } },
      { ...row, key: { ...row.key, wrapped: key.wrapped } },
      { ...row, key: { ...row.key, wrapped: "no base64!" } },
    ];
    for (const changed of planted) {
      device.rows.set(mine.id, changed);
      expect(await unlocked(vault, mine.id, lan.password)).toEqual({ type: "WrongPassphrase" });
    }
    device.rows.set(mine.id, row);
    expect(await unlocked(vault, mine.id, lan.password)).toMatchObject({ id: mine.id });
  });

  it("changes the passphrase by wrapping the key anew: no envelope is touched, the old one opens nothing", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const { id, store } = await made(vault);
    await store.write(saveNote("sealed"));
    const before = JSON.stringify([...device.disks.values()].map(({ envelopes }) => [...envelopes]));
    expect(await vault.changePassphrase("not the old one", "something else")).toEqual({
      ok: false,
      error: { type: "WrongPassphrase" },
    });
    expect(await vault.changePassphrase(lan.password, "một câu mới dài hơn")).toEqual({
      ok: true,
      value: undefined,
    });
    expect(JSON.stringify([...device.disks.values()].map(({ envelopes }) => [...envelopes]))).toBe(before);
    expect(await store.write(saveNote("still open"))).toMatchObject({ ok: true });
    await vault.lock();
    expect(await unlocked(vault, id, lan.password)).toEqual({ type: "WrongPassphrase" });
    const opened = await unlocked(vault, id, "một câu mới dài hơn");
    expect("store" in opened && opened.store.read.list("note").map(({ record }) => record.text)).toEqual([
      "still open",
    ]);
  });

  it("keeps the account as it is now", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const profile = await made(vault);
    const now = { ...lan, roles: ["supervisor@vn-gso-48"] };
    expect(await vault.updateAccount(now)).toEqual({ ok: true, value: undefined });
    expect(profile.account).toEqual(now);
    await vault.lock();
    expect(profile.account.password).toBe("");
    expect(await unlocked(vault, profile.id, lan.password)).toMatchObject({ account: now });
    await vault.lock();
    expect(await vault.updateAccount(lan)).toMatchObject({ ok: false });
    expect(await vault.changePassphrase(lan.password, "x")).toMatchObject({ ok: false });
  });

  it("still opens the records when the blob with the account is damaged", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const { id, store } = await made(vault);
    await store.write(saveNote("sealed"));
    await vault.lock();
    const [disk] = [...device.disks.values()];
    // The first blob of a profile holds its account or its device id.
    const [first, second] = [...(disk?.envelopes.values() ?? [])];
    for (const blob of [first, second])
      if (blob)
        disk?.envelopes.set(blob.id, { ...blob, b: (blob.b.startsWith("B") ? "C" : "B") + blob.b.slice(1) });
    const opened = await unlocked(vault, id, lan.password);
    expect(opened).toMatchObject({ id, account: { name: "", roles: [] } });
    expect("store" in opened && opened.store.read.list("note")).toHaveLength(1);
  });

  it("wraps the data key to the agency's key, which opens it and the records with it", async () => {
    const identity = await generateX25519Identity();
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const { id } = await made(vault, lan, await identityToRecipient(identity));
    expect(await vault.profiles()).toEqual([{ id, label: "NL", recoverable: true }]);
    const row = rowOf(device, id);
    const recovered = await openRecovery(row.recovery ?? "", identity);
    const key = await unwrapKey(row.key, lan.password, { profileId: id, keyId: row.keyId }, argon2);
    expect(recovered).toEqual({
      profileId: id,
      keyId: row.keyId,
      key: bytesToBase64(key ?? new Uint8Array()),
    });
    await expect(openRecovery(row.recovery ?? "", await generateX25519Identity())).rejects.toThrow("identit");
  });

  it("trusts the first recovery key of a device, tells it after unlocking, and takes no other over", async () => {
    const [ours, foreign] = [await generateX25519Identity(), await generateX25519Identity()];
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const first = await made(vault, lan, await identityToRecipient(ours));
    expect(first.recoveryRecipient).toBe(await identityToRecipient(ours));
    await vault.lock();
    expect(await unlocked(vault, first.id, lan.password)).toMatchObject({
      recoveryRecipient: await identityToRecipient(ours),
    });
    // Somebody has exchanged the key at the centre, or taken it away.
    for (const named of [await identityToRecipient(foreign), undefined]) {
      const later = await made(vault, budi, named);
      expect(later.recoveryRecipient).toBe(await identityToRecipient(ours));
      const row = rowOf(device, later.id);
      expect(await openRecovery(row.recovery ?? "", ours)).toMatchObject({ profileId: later.id });
      await expect(openRecovery(row.recovery ?? "", foreign)).rejects.toThrow("identit");
    }
    // Neither a new sign-in nor a new passphrase touches what is wrapped.
    const before = rowOf(device, first.id);
    await unlocked(vault, first.id, lan.password);
    await vault.changePassphrase(lan.password, "một câu khác hẳn");
    expect(rowOf(device, first.id)).toMatchObject({ recovery: before.recovery, recipient: before.recipient });
  });

  it("takes the agency's key when there is one at last, for profiles that are made from then on", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const early = await made(vault);
    const recipient = await identityToRecipient(await generateX25519Identity());
    const late = await made(vault, budi, recipient);
    expect(late.recoveryRecipient).toBe(recipient);
    await vault.lock();
    expect(await unlocked(vault, early.id, lan.password)).not.toHaveProperty("recoveryRecipient");
  });

  it("makes no profile to a recovery key that is none, and leaves nothing of it", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    expect(await vault.create(lan, "age1nonsense")).toMatchObject({
      ok: false,
      error: { type: "StorageFailed" },
    });
    expect([device.rows.size, device.disks.size, device.owners.size]).toEqual([0, 0, 0]);
    expect(await vault.profiles()).toEqual([]);
  });

  it("shows no half-made profile after a crash, and clears it away with the next one", async () => {
    const device = newMemoryDevice();
    const crash = () => new Promise<never>(() => undefined);
    void memoryVault({ device, parts: { derive: crash } }).create(lan, undefined);
    await expect.poll(() => device.rows.size).toBe(1);
    // The browser frees a crashed tab's locks.
    device.owners.clear();
    const vault = memoryVault({ device });
    expect(await vault.profiles()).toEqual([]);
    await made(vault);
    expect([device.rows.size, device.disks.size]).toEqual([1, 1]);
  });

  it("leaves a profile alone that another tab is making just now", async () => {
    const device = newMemoryDevice();
    let goOn: () => void = () => undefined;
    const pause = new Promise<void>((resolve) => (goOn = resolve));
    const slow = memoryVault({
      device,
      parts: { derive: async (...question) => (await pause, argon2(...question)) },
    });
    const slowly = slow.create(budi, undefined);
    await expect.poll(() => device.rows.size).toBe(1);
    await made(memoryVault({ device }));
    goOn();
    expect(await slowly).toMatchObject({ ok: true });
    expect(await memoryVault({ device }).profiles()).toHaveLength(2);
  });

  it("is open in one tab only; another may take over, but only with the passphrase", async () => {
    const device = newMemoryDevice();
    const [one, two] = [memoryVault({ device }), memoryVault({ device })];
    const mine = await made(one);
    let told = 0;
    one.onTakenOver(() => (told += 1));
    expect(await two.unlock(mine.id, lan.password)).toEqual({ ok: false, error: { type: "OpenElsewhere" } });
    expect(await two.unlock(mine.id, "wrong", { takeOver: true })).toEqual({
      ok: false,
      error: { type: "WrongPassphrase" },
    });
    expect(told).toBe(0);
    expect(await two.unlock(mine.id, lan.password, { takeOver: true })).toMatchObject({ ok: true });
    expect(told).toBe(1);
    expect(await mine.store.write(saveNote("too late"))).toEqual({
      ok: false,
      error: { type: "StorageClosed" },
    });
    expect(mine.account.password).toBe("");
    await two.lock();
    expect(await one.unlock(mine.id, lan.password)).toMatchObject({ ok: true });
  });

  it("tells how far opening has come", async () => {
    const device = newMemoryDevice();
    const vault = memoryVault({ device });
    const { id, store } = await made(vault);
    await store.write({ setLocal: Object.fromEntries(Array.from({ length: 1200 }, (_, n) => [`n${n}`, n])) });
    const seen: [number, number][] = [];
    await vault.unlock(id, lan.password, { progress: (opened, total) => seen.push([opened, total]) });
    expect(seen).toEqual([
      [500, 1202],
      [1000, 1202],
      [1202, 1202],
    ]);
  });

  it("with the product's own cost: 64 MiB, three passes", async () => {
    expect(productCost).toEqual({ memoryKiB: 65_536, passes: 3, lanes: 1 });
    const device = newMemoryDevice();
    const vault = memoryVault({ device, parts: { cost: productCost } });
    const { id } = await made(vault);
    expect(rowOf(device, id).key.cost).toEqual(productCost);
    await vault.lock();
    expect(await unlocked(vault, id, "wrong")).toEqual({ type: "WrongPassphrase" });
    expect(await unlocked(vault, id, lan.password)).toMatchObject({ id });
  });

  it("lays nothing readable on the disk", async () => {
    const device = newMemoryDevice();
    const { store } = await made(memoryVault({ device }));
    await store.write(saveNote("Đà Nẵng 0905123456"));
    const disk = JSON.stringify([
      [...device.rows],
      [...device.disks].map(([name, { envelopes }]) => [name, ...envelopes]),
    ]);
    for (const word of ["Nguyễn", "cadre@", "đường", "0905123456", "Nẵng", "s-vn-gso"])
      expect(disk).not.toContain(word);
  });
});
