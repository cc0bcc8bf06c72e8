// What happens to devices, disks and rights beside the network: each by its name, and counted when it really struck.
import { type Content, parseContent } from "#src/storage/content.ts";
import type { Envelope } from "#src/storage/envelope.ts";
import type { MemoryDisk } from "#src/storage/memory-envelopes.ts";
import { newId, uuidOf } from "#src/domain/record/ids.ts";
import { damaged } from "#tests/sync/support/test-device.ts";
import { accounts, passwordOf } from "#tests/sync/support/test-centre.ts";
import type { Documents } from "./centre.ts";
import { type Desk, siteOf } from "./desk.ts";
import type { StorageFault } from "./faults.ts";
import { idsOfEntries } from "./oracle.ts";
import type { Mishap, Scene } from "./scene.ts";
import { straightWire } from "./wire.ts";

/** The same phone in two hands is rare. */
const mostClones = 2;

const offline: Mishap = ({ strike }, { device }) => {
  device.connection(!device.online);
  if (!device.online) strike("offline");
  return device.online ? "online" : "offline";
};

const killed: Mishap = async ({ strike, restart }, desk) => {
  strike("killed");
  await restart(desk, "after a kill");
  return "killed";
};

const quota: Mishap = ({ strike, chance }, { device: { disk } }) => {
  const used = [...disk.envelopes.values()].reduce((sum, { b }) => sum + b.length, 0);
  disk.capacity = used + chance.below(2_000);
  strike("quota");
  return "quota";
};

/** The process dies at one step of the next write. */
function dyingAt(scene: Scene, { device }: Desk, step: StorageFault): void {
  device.diskWay = async (write) => {
    device.diskWay = (again) => again();
    if (step === "killAfterWrite") await write();
    scene.strike(step);
    scene.die();
    return new Promise(() => undefined);
  };
}

const diesWriting =
  (step: StorageFault): Mishap =>
  async (scene, desk) => {
    dyingAt(scene, desk, step);
    await scene.work(desk);
    // Nothing was written: the next write of the exchange would die alone.
    desk.device.diskWay = (write) => write();
    return step;
  };

const cloned: Mishap = async ({ desks, strike, newDesk, oracle }, desk) => {
  if (desks.filter((each) => each.isClone).length === mostClones) return "nothing";
  strike("cloned");
  const made = await newDesk(desk.person, { envelopes: new Map(desk.device.disk.envelopes) });
  made.isClone = true;
  oracle.cloned(desk.device, made.device);
  return "cloned";
};

const restored: Mishap = async (scene, desk) => {
  const { strike, documents, oracle, backup } = scene;
  const { device, copy } = desk;
  const atCentre = await documents();
  if (
    !copy ||
    (backup.putBackAt !== undefined &&
      contentsOf(device.disk).some((each) => isHereAlone(each, desk, scene, atCentre)))
  )
    return "nothing";
  strike("restored");
  await device.kill();
  device.disk.envelopes.clear();
  for (const [id, envelope] of copy) device.disk.envelopes.set(id, envelope);
  delete device.disk.capacity;
  await device.start();
  oracle.diskReplaced(device, atCentre);
  // What is at the centre alone must not be lost there too: no backup of before that is put back any more.
  backup.isThere = false;
  return "restored";
};

/** Signed with another's name, as only a broken or hostile app does. */
const badRecord: Mishap = async ({ chance, oracle, attempt, strike }, desk) => {
  const { device } = desk;
  const [entry] = device.store.read.list("case");
  if (!entry || device.name === "lan") return "nothing";
  const at = device.now();
  const id = newId((length) => chance.bytes(length));
  oracle.mustBeRefused(id);
  const record = { type: "note" as const, id, version: 1, createdAt: at, createdBy: "nobody", device: "d", deviceTime: at, case: entry.record.id, text: "x" }; // prettier-ignore
  const saved = await attempt(desk, () => device.save(siteOf(desk), record));
  if (saved) strike("badRecord");
  return saved ? "bad record" : "bad record not saved";
};

/** CouchDB tells one life of a database from another by the second in which it began; putting a backup back takes longer. */
const leastRestoreMs = 2_000;

/** The centre's disk fails, and its last backup is put back; provisioning is run again. */
const serverRestored: Mishap = async ({ centre, strike, desks, people, backup, time }) => {
  const { putBackAt = -Infinity } = backup;
  if (!backup.isThere || time.now() - putBackAt < leastRestoreMs) return "nothing";
  strike("serverRestored");
  backup.putBackAt = time.now();
  await centre.putBack();
  for (const { name, hasRoles } of people) await centre.setRoles(name, rolesOf(name, hasRoles));
  // A phone that is put back to before now could lose what it alone has.
  for (const desk of desks) desk.copy = undefined;
  return "server restored";
};

const rolesOf = (name: keyof typeof accounts, hasRoles: boolean): readonly string[] =>
  hasRoles ? accounts[name] : ["staff"];

/** An account loses its role, or gets it back. */
const rightsChanged: Mishap = async (scene, { person }) => {
  const { centre, strike, desks, oracle, backup, documents } = scene;
  // What the centre has forgotten and only its author could bring back waits for that person then, with everybody.
  const atCentre = await documents();
  const isAlone = (desk: Desk) =>
    contentsOf(desk.device.disk).some((each) => isHereAlone(each, desk, scene, atCentre));
  if (backup.putBackAt !== undefined && desks.some(isAlone)) return "nothing";
  strike("rightsChanged");
  person.hasRoles = !person.hasRoles;
  await centre.setRoles(person.name, rolesOf(person.name, person.hasRoles));
  for (const { device } of desks.filter((desk) => desk.person === person)) oracle.rightsLost(device);
  // What the inbox alone will hold would be lost with it.
  backup.isThere = false;
  return person.hasRoles ? "rights given" : "rights taken";
};

const contentsOf = ({ envelopes }: MemoryDisk): readonly { envelope: Envelope; content: Content }[] =>
  [...envelopes.values()].flatMap((envelope) => {
    const content = envelope.b.startsWith(damaged) ? undefined : parseContent(envelope.b);
    return content ? [{ envelope, content }] : [];
  });

type Lying = ReturnType<typeof contentsOf>[number];

/**
 * The centre had it, and has forgotten it or some of it: of this no other device brings it back. That it was there this device
 * may not have heard, but another has it from there.
 */
function isHereAlone(
  { content }: Lying,
  { device }: Desk,
  { desks }: Scene,
  atCentre: (database: string) => Documents,
): boolean {
  if (content.kind !== "record") return false;
  const { database, record, rev, base } = content.row;
  const wasSeen = desks.some((each) => each.device !== device && each.device.store.row(database, record.id));
  if (rev === undefined && base === undefined && !wasSeen) return false;
  const there = new Set(idsOfEntries(atCentre(database).get(record.id)));
  return !atCentre(database).has(record.id) || idsOfEntries(record).some((id) => !there.has(id));
}

/** A failing disk spoils the blob of a record. */
const corruptBlob: Mishap = async (scene, desk) => {
  const { strike, chance, oracle, documents, backup } = scene;
  const { device } = desk;
  const records = contentsOf(device.disk).filter(({ content }) => content.kind === "record");
  if (records.length === 0) return "nothing";
  const lying = chance.pick(records);
  const atCentre = await documents();
  if (backup.putBackAt !== undefined && isHereAlone(lying, desk, scene, atCentre)) return "nothing";
  strike("corruptBlob");
  const { envelope } = lying;
  await device.kill();
  const spoiled = { ...envelope, b: `${damaged} ${envelope.b.slice(0, 20)}` };
  device.disk.envelopes.set(envelope.id, spoiled);
  await device.start();
  oracle.diskReplaced(device, atCentre);
  backup.isThere = false;
  return "corrupt blob";
};

/** The tab that has the profile stands still with whatever it has under way; another takes over, and then it wakes up. */
const frozenLeader: Mishap = async ({ strike, chance, pass, time }, { device }) => {
  strike("frozenLeader");
  const wakeUp = device.freeze();
  if (chance.below(2) === 0) await pass(chance.below(5_000));
  const taken = device.start();
  // The one that stands still cannot let go: patience ends.
  await pass(3_000);
  await taken;
  time.after(chance.below(60_000), () => void wakeUp());
  return "frozen leader";
};

/** The app is opened in a second tab, which takes the profile over while something is perhaps being saved in the first. */
const twoTabs: Mishap = async (scene, desk) => {
  const { strike, chance, pass, work, oracle, complain } = scene;
  const { device } = desk;
  strike("twoTabs");
  const saving = chance.below(2) === 0 ? work(desk) : undefined;
  const taken = device.start();
  // As long as a tab that cannot let go is waited for.
  await pass(3_000);
  await Promise.all([saving, taken]);
  for (const what of oracle.missingOn(device)) complain(`in ${device.name}'s second tab: ${what}`);
  return "two tabs";
};

/** The app of before has left a record that it had not sent; then the app is brought up to date. */
const schemaUpgrade: Mishap = async ({ strike, chance, oracle, acknowledge }, desk) => {
  const { device } = desk;
  const [entry] = device.store.read.list("case");
  if (!entry || device.name === "lan") return "nothing";
  const at = device.now();
  const id = newId((count) => chance.bytes(count));
  const check = newId((count) => chance.bytes(count));
  const record = { type: "urgent_action" as const, id, version: 1, createdAt: at, createdBy: device.name, device: "d", deviceTime: at, case: entry.record.id, check, flag: "suicidal", action: "gọi 111", doneAt: at }; // prettier-ignore
  await device.kill();
  const turn = Math.max(0, ...contentsOf(device.disk).map(({ content }) => content.turn)) + 1;
  const row = {
    database: entry.database,
    record,
    sync: { state: "local" as const },
    arrivedAt: at,
    outbox: turn,
  };
  const content: Content = { kind: "record", row, place: turn, turn };
  const envelope = uuidOf(chance.bytes(16));
  oracle.attempted(entry.database, record);
  device.disk.envelopes.set(envelope, { id: envelope, v: 1, k: "none", b: JSON.stringify(content) });
  await device.start();
  acknowledge(desk, entry.database, record);
  strike("schemaUpgrade");
  return "schema upgrade";
};

/** A form is open; the app is loaded anew in the middle, and again while the form is being saved. */
const updateMidForm: Mishap = async (scene, desk) => {
  const { chance, attempt, restart, strike, complain } = scene;
  const { device } = desk;
  const entry = device.store.read.list("case").find(({ database }) => database === siteOf(desk));
  if (!entry || device.name === "lan") return "nothing";
  const at = device.now();
  const draft = { id: newId((count) => chance.bytes(count)), form: "edit", database: entry.database, values: { note: { text: "nửa chừng" } }, startedAt: at, updatedAt: at }; // prettier-ignore
  if (!(await attempt(desk, () => mustWrite(desk, { putDrafts: [draft] })))) return "draft not saved";
  strike("updateMidForm");
  const has = () => device.store.read.drafts().some(({ id }) => id === draft.id);
  await restart(desk, "after an update");
  if (!has()) complain(`${device.name}'s draft is gone after an update`);
  if (chance.below(3) > 0) dyingAt(scene, desk, chance.pick(["killBeforeWrite", "killAfterWrite"] as const));
  const id = newId((count) => chance.bytes(count));
  const note = { type: "note" as const, id, version: 1, createdAt: at, createdBy: device.name, device: "d", deviceTime: at, case: entry.record.id, text: "cả tờ" }; // prettier-ignore
  await attempt(desk, () => device.save(entry.database, note, [draft.id]));
  device.diskWay = (write) => write();
  const saved = device.store.read.get("note", id) !== undefined;
  if (has() === saved)
    complain(
      `of ${device.name}'s form there is ${saved ? "both draft and record" : "neither draft nor record"}`,
    );
  return saved ? "form saved" : "form not saved";
};

/** Another of the people who use this device has signed in: theirs is the cookie now. */
const userSwitch: Mishap = async ({ centre, strike, chance, people }, desk) => {
  const others = people.filter(({ name }) => name !== desk.person.name);
  const { name } = chance.pick(others);
  const body = JSON.stringify({ name, password: passwordOf(name) });
  const { signal } = new AbortController();
  const answer = await centre.ask({ method: "POST", path: "/_session", body, signal });
  const cookie = answer.headers["set-cookie"]?.split(";")[0];
  if (cookie === undefined) return "nothing";
  desk.jar.cookie = cookie;
  strike("userSwitch");
  return `user switch to ${name}`;
};

/** How often in some hundred disturbances, and what happens. */
export const mishaps: Readonly<Record<string, readonly [number, Mishap]>> = {
  killBeforeWrite: [3, diesWriting("killBeforeWrite")],
  killAfterWrite: [3, diesWriting("killAfterWrite")],
  offline: [20, offline],
  killed: [3, killed],
  quota: [2, quota],
  cloned: [1, cloned],
  restored: [2, restored],
  badRecord: [1, badRecord],
  serverRestored: [2, serverRestored],
  rightsChanged: [2, rightsChanged],
  corruptBlob: [2, corruptBlob],
  frozenLeader: [2, frozenLeader],
  twoTabs: [2, twoTabs],
  schemaUpgrade: [2, schemaUpgrade],
  updateMidForm: [2, updateMidForm],
  userSwitch: [3, userSwitch],
};

/** What ends a disturbance, or makes one possible. */
export const always: Readonly<Record<string, readonly [number, Mishap]>> = {
  straight: [
    10,
    (_scene, desk) => {
      desk.wire = straightWire;
      return "straight";
    },
  ],
  "room again": [
    2,
    (_scene, { device }) => {
      delete device.disk.capacity;
      return "room again";
    },
  ],
  copied: [
    3,
    (_scene, desk) => {
      desk.copy = new Map(desk.device.disk.envelopes);
      return "copied";
    },
  ],
  "server copied": [
    3,
    async ({ centre, backup }) => {
      await centre.backUp();
      backup.isThere = true;
      return "server copied";
    },
  ],
};

async function mustWrite({ device }: Desk, write: Parameters<typeof device.store.write>[0]): Promise<void> {
  const written = await device.store.write(write);
  if (!written.ok) throw new Error(written.error.type);
}
