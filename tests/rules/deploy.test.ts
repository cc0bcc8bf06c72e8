// What deploy/ says is pinned, refers to what is there, and its programs tell right from wrong on a real store.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"; // prettier-ignore
import { once } from "node:events";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { signIn } from "#deploy/check/ask.mjs";
import { checkBackups } from "#deploy/check/backups.mjs";
import { checkDatabases } from "#deploy/check/databases.mjs";
import { checkReplication, replicationsOf } from "#deploy/check/replication.mjs";
import { openReport } from "#deploy/check/report.mjs";
import { joinMachines } from "#deploy/cluster/join.mjs";
import { copyDatabases } from "#deploy/couchdb/copy-databases.mjs";
import { ownRolesOf, replications, rolesOf } from "#deploy/hub/replicate.mjs";
import { designDocument } from "#server/rule/design-document.ts";
import { ADMIN, member, startHarness, type Harness, textOf } from "#tests/server/couch/harness.ts";

const site = "vn-gso-20194";

function scratchFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "neo-ve-deploy-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** A store over a socket, and its address with the operator's name and password. */
async function served(): Promise<Harness & { address: string }> {
  const harness = startHarness();
  const server = createAdaptorServer({
    fetch: (request) => harness.couch.handle(request, { address: "127.0.0.1" }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    harness.couch.close();
  });
  const at = server.address();
  const port = typeof at === "object" && at !== null ? at.port : 0;
  const who = `${ADMIN.name}:${encodeURIComponent(ADMIN.password)}`;
  return { ...harness, address: `http://${who}@127.0.0.1:${String(port)}` };
}

async function provisioned() {
  const store = await served();
  for (const [name, role] of [
    ["directory", "staff"],
    [`s-${site}`, `cadre@${site}`],
    [`p-${site}`, `cadre@${site}`],
    ["neo-ve", "_admin"],
  ]) {
    await store.ask("PUT", `/${String(name)}`);
    const security = { admins: { roles: ["_admin"] }, members: { roles: [role] } };
    await store.ask("PUT", `/${String(name)}/_security`, { body: security });
    if (name !== "neo-ve")
      await store.ask("PUT", `/${String(name)}/_design/neo-ve`, { body: designDocument() });
  }
  return store;
}

function reported() {
  const lines: string[] = [];
  const report = openReport((line: string) => lines.push(line));
  return {
    report,
    wrong: () => report.findings.filter(({ grade }) => grade === "WRONG").map(({ what }) => what),
  };
}

const deployed = readdirSync("deploy", { recursive: true, encoding: "utf8" })
  .map((path) => join("deploy", path))
  .filter((path) => !/node_modules|\.env$/.test(path) && /\.\w+$|Dockerfile|Caddyfile/.test(path));
const textsOf = (pattern: RegExp) =>
  deployed.filter((path) => pattern.test(path)).map((path) => [path, readFileSync(path, "utf8")] as const);

describe("the files", () => {
  it("name every image with its exact version, which is the same everywhere", () => {
    const named = textsOf(/\.yaml$|Dockerfile$/).flatMap(([, text]) =>
      [...text.matchAll(/(?:image: |FROM )([^\s$]+)/g)].map(([, image = ""]) => image),
    );
    const images = named.filter((image) => image.includes(":"));
    expect(images.length).toBeGreaterThan(8);
    expect(images.filter((image) => !/:\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(image))).toEqual([]);
    for (const program of ["couchdb:", "node:", "caddy:"]) {
      const versions = new Set(images.filter((image) => image.startsWith(program)));
      expect(versions.size, program).toBe(1);
    }
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(images.filter((image) => /neo-ve:/.test(image) && !image.endsWith(`:${version}`))).toEqual([]);
    const [, tag] =
      /tag: (3\.\d+\.\d+)/.exec(readFileSync("deploy/kubernetes/couchdb-values.yaml", "utf8")) ?? [];
    expect(images).toContain(`couchdb:${String(tag)}`);
  });

  it("mount and build from what is there", () => {
    for (const [path, text] of textsOf(/compose\.yaml$/)) {
      const local = [...text.matchAll(/(?:- |context: )(\.\.?\/[\w./-]+)/g)].map(([, name = ""]) => name);
      const kept = local.filter((name) => !/^\.\/(?:certificates|backups)$/.test(name));
      expect(kept.length).toBeGreaterThan(3);
      expect(kept.filter((name) => !existsSync(join(dirname(path), name)))).toEqual([]);
    }
  });

  it("let no container's network end with one that may start again", () => {
    for (const [, text] of textsOf(/compose\.yaml$/)) {
      const holders = new Set(
        [...text.matchAll(/network_mode: "service:(\w+)"/g)].map(([, name = ""]) => name),
      );
      expect(holders.size).toBe(1);
      for (const holder of holders)
        expect(text).toMatch(
          new RegExp(`^  ${holder}:\\n(?:    .*\\n)*?    command: \\["sleep", "infinity"\\]`, "m"),
        );
    }
  });

  it("keep out of the image what git keeps out: secrets, certificates, backups", () => {
    const kept = readFileSync(".gitignore", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("/deploy/"));
    const left = readFileSync("deploy/front-door/Dockerfile.dockerignore", "utf8").split("\n");
    expect(kept.length).toBeGreaterThan(2);
    expect(
      kept.map((line) => line.slice(1).replace(/\/$/, "")).filter((line) => !left.includes(line)),
    ).toEqual([]);
    // The last line that fits decides.
    for (const line of kept)
      expect(left.indexOf(line.slice(1).replace(/\/$/, ""))).toBeGreaterThan(left.indexOf("!deploy"));
  });

  it("say the same to CouchDB on Kubernetes as everywhere else", () => {
    const ini = readFileSync("deploy/couchdb/neo-ve.ini", "utf8");
    const values = readFileSync("deploy/kubernetes/couchdb-values.yaml", "utf8");
    const settings = [...ini.matchAll(/^(\w+) = (.+?)(?: ;.*)?$/gm)].map(([, key = "", value = ""]) => [
      key,
      value,
    ]);
    expect(settings.length).toBeGreaterThan(12);
    for (const [key = "", value = ""] of settings)
      expect(values.replaceAll('"', ""), key).toContain(`    ${key}: ${value}\n`);
  });

  it("copies and settings of one machine and of three differ only where they must", () => {
    expect(readFileSync("deploy/cluster/backup.sh", "utf8")).toBe(
      readFileSync("deploy/single-node/backup.sh", "utf8"),
    );
  });

  it("make new secrets once, for their owner alone", () => {
    const folder = scratchFolder();
    const make = () =>
      spawnSync("bash", ["deploy/new-env.sh", folder, "records.example.org", "internal"], {
        encoding: "utf8",
      });
    expect(make().status).toBe(0);
    const first = readFileSync(join(folder, ".env"), "utf8");
    expect(first).toMatch(/^COUCHDB_PASSWORD=[0-9a-f]{48}$/m);
    expect(first).toMatch(/^COUCHDB_SECRET=[0-9a-f]{64}$/m);
    expect(spawnSync("stat", ["-c", "%a", join(folder, ".env")], { encoding: "utf8" }).stdout).toBe("600\n");
    expect(make()).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing was changed") });
    expect(readFileSync(join(folder, ".env"), "utf8")).toBe(first);
  });
});

describe("the check of databases", () => {
  const check = async (address: string) => {
    const { report, wrong } = reported();
    await checkDatabases(report, await signIn(address), 1);
    return wrong();
  };

  it("finds nothing wrong where nothing is", async () => {
    const { address } = await provisioned();
    expect(await check(address)).toEqual([]);
  });

  it.each([
    ["a database that anybody may read", "PUT", `/s-${site}/_security`, { members: { roles: [] } }, /PUBLIC/],
    ["somebody who may change the rule", "PUT", `/p-${site}/_security`, { admins: { names: ["an"] }, members: { roles: ["x"] } }, /an may change/], // prettier-ignore
    [
      "the service's own state, opened",
      "PUT",
      "/neo-ve/_security",
      { members: { roles: ["staff"] } },
      /staff may read/,
    ],
    ["a site without names", "PUT", "/s-vn-gso-1", undefined, /lacks p-vn-gso-1/],
    ["a database without a rule", "PUT", "/p-vn-gso-2", undefined, /no rule/],
  ])("finds %s", async (_what, method, path, body, expected) => {
    const { address, ask } = await provisioned();
    await ask(method, path, { body });
    expect((await check(address)).join("\n")).toMatch(expected);
  });

  it("finds yesterday's rule", async () => {
    const { address, ask } = await provisioned();
    const path = `/s-${site}/_design/neo-ve`;
    const { body } = await ask("GET", path);
    const old = { ...designDocument(), _rev: textOf(body, "_rev"), validate_doc_update: "function () {}" };
    await ask("PUT", path, { body: old });
    expect((await check(address)).join("\n")).toMatch(`2 different rules; of another version: s-${site}`);
  });
});

describe("the check of backups", () => {
  const now = Date.parse("2026-11-22T09:00:00Z");
  const check = (folder: string) => {
    const { report, wrong } = reported();
    checkBackups(report, { folder, hours: 26, now });
    return wrong().join("\n");
  };
  const sealed = `age-encryption.org/v1\n${"x".repeat(2000)}`;
  const put = (folder: string, name: string, text: string, at: string) => {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), new Date(at), new Date(at));
  };

  it("finds a fresh sealed one right, and tells an old, an empty, an open and a missing one", () => {
    const folder = scratchFolder();
    expect(check(join(folder, "nowhere"))).toMatch(/no such folder/);
    expect(check(folder)).toMatch(/holds no backup/);
    put(folder, "a.age", sealed, "2026-11-22T01:00:00Z");
    expect(check(folder)).toBe("");
    put(folder, "a.age", sealed, "2026-11-20T01:00:00Z");
    expect(check(folder)).toMatch(/a\.age is 56 hours old/);
    put(folder, "b.tar.gz", "x".repeat(2000), "2026-11-22T02:00:00Z");
    expect(check(folder)).toMatch(/encrypted/);
    put(folder, "c.age", sealed.slice(0, 100), "2026-11-22T03:00:00Z");
    expect(check(folder)).toMatch(/100 bytes/);
  });

  it("finds a folder whose files are not what its manifest says", () => {
    const folder = scratchFolder();
    const backup = join(folder, "sunday");
    mkdirSync(backup);
    writeFileSync(join(backup, "records.sqlite"), "");
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const files = [{ name: "records.sqlite", bytes: 0, sha256: empty }];
    writeFileSync(join(backup, "manifest.json"), JSON.stringify({ takenAt: "2026-11-22T01:00:00Z", files }));
    expect(check(folder)).toBe("");
    appendFileSync(join(backup, "records.sqlite"), "x");
    expect(check(folder)).toMatch(/manifest/);
  });
});

describe("a hub", () => {
  const account = { name: "hub", password: "secret" };
  const jobs = replications({
    sites: [site],
    centre: "https://hubs.example.org",
    here: "http://127.0.0.1:5984",
    there: account,
    local: account,
  });

  it("replicates its sites' databases both ways under accounts that can open no others", () => {
    expect(jobs.map(({ _id }) => _id)).toEqual(expect.arrayContaining(replicationsOf([site])));
    expect(jobs).toHaveLength(replicationsOf([site]).length);
    for (const { source, target, continuous } of jobs) {
      expect(continuous).toBe(true);
      expect(
        [source.url, target.url].filter((url) => url.startsWith("https://hubs.example.org/")),
      ).toHaveLength(1);
    }
    expect(rolesOf([site])).toEqual(["replicator", "staff", `cadre@${site}`]);
    // What the directory says only the centre may change: there a hub's account has no such role.
    expect(ownRolesOf([site])).toEqual([...rolesOf([site]), "directory_copy"]);
  });

  it("takes no design document along, and sends no site, account or key to the directory of the centre", async () => {
    const { ask } = await provisioned();
    for (const [id, type] of [
      ["site:x", "site"],
      ["organisation-1", "organisation"],
    ])
      // prettier-ignore
      await ask("PUT", `/directory/${String(id)}`, { body: { type } });
    const passing = async (name: string) => {
      const selector = jobs.find(({ _id }) => _id === name)?.selector;
      const { body } = await ask("POST", "/directory/_changes?filter=_selector", { body: { selector } });
      const results = member(body, "results");
      return (Array.isArray(results) ? results : []).map((row) => textOf(row, "id")).toSorted();
    };
    expect(await passing("pull directory")).toEqual(["organisation-1", "site:x"]);
    expect(await passing("push directory")).toEqual(["organisation-1"]);
  });

  it("is told what of its replications is missing, down, refused or in the clear, without a password", async () => {
    const running = (id: string, more = {}) => ({
      doc_id: id,
      state: "running",
      source: "https://hub:secret@hubs.example.org/x/",
      target: "http://127.0.0.1:5984/x/",
      ...more,
    });
    const judge = async (docs: object[]) => {
      const { report, wrong } = reported();
      const get = () => Promise.resolve({ status: 200, body: { docs } });
      await checkReplication(report, { base: "", get, send: get }, [site]);
      return wrong();
    };
    const all = replicationsOf([site]);
    expect(await judge(all.map((id) => running(id)))).toEqual([]);
    expect(await judge(all.slice(1).map((id) => running(id)))).toEqual(['"pull directory" does not exist']);
    const [first = "", ...rest] = all;
    const others = rest.map((id) => running(id));
    const error = { error: "could not open https://hub:secret@hubs.example.org/x/" };
    const down = await judge([running(first, { state: "crashing", info: error }), ...others]);
    expect(down).toEqual([`"${first}" is crashing: could not open https://hubs.example.org/x/`]);
    const refused = await judge([running(first, { info: { doc_write_failures: 3 } }), ...others]);
    expect(refused.join()).toMatch(/3 records were refused/);
    const clear = await judge([
      running(first, { source: "http://hub:secret@hubs.example.org/x/" }),
      ...others,
    ]);
    expect(clear.join()).toBe(`"${first}" does not use TLS: http://hubs.example.org/x/`);
  });
});

/**
 * As CouchDB's `setup_httpd` answers on the first of three: 201 for a machine that it did not reach as well.
 * @param reachable machines that CouchDB runs on
 */
async function firstOfThree(reachable: readonly string[]) {
  const nodes = new Set(["couchdb@127.0.0.1"]);
  const steps: string[] = [];
  let isFinished = false;
  const server = createAdaptorServer({
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/_session")
        return Response.json({ ok: true }, { headers: { "Set-Cookie": "AuthSession=x" } });
      if (pathname === "/_membership")
        return Response.json({ all_nodes: [...nodes], cluster_nodes: [...nodes] });
      if (request.method === "GET")
        return Response.json({ state: isFinished ? "cluster_finished" : "cluster_enabled" });
      const { action, host }: { action: string; host?: string } = JSON.parse(await request.text());
      steps.push(action);
      if (action === "add_node" && host !== undefined && reachable.includes(host))
        nodes.add(`couchdb@${host}`);
      if (action === "finish_cluster") isFinished = true;
      return Response.json({ ok: true }, { status: 201 });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  const at = server.address();
  return { steps, port: typeof at === "object" && at !== null ? at.port : 0 };
}

describe("joining three machines", () => {
  const others = ["10.0.0.12", "10.0.0.13"];
  const join = (port: number, told: string[]) =>
    joinMachines(["127.0.0.1", ...others], { user: "operator", password: "secret", port }, (line) =>
      told.push(line),
    );

  it("is done once, and said again", async () => {
    const { port, steps } = await firstOfThree(others);
    expect(await join(port, [])).toBe(true);
    expect(steps).toEqual(["add_node", "add_node", "finish_cluster"]);
    expect(await join(port, [])).toBe(true);
    expect(steps).toHaveLength(3);
  });

  it("is not finished without a machine that did not answer, and takes it in the next time", async () => {
    const reachable = ["10.0.0.12"];
    const { port, steps } = await firstOfThree(reachable);
    const told: string[] = [];
    expect(await join(port, told)).toBe(false);
    expect(told.join("\n")).toContain("Not joined: 10.0.0.13");
    expect(steps).not.toContain("finish_cluster");
    reachable.push("10.0.0.13");
    expect(await join(port, told)).toBe(true);
    expect(steps).toEqual(["add_node", "add_node", "add_node", "finish_cluster"]);
  });
});

describe("copying databases into a new store", () => {
  it("brings all leaves with their histories, members and accounts, and refuses a store that holds something", async () => {
    const from = await provisioned();
    const to = await served();
    await from.addUser("an", ["staff"], "mật khẩu của An");
    for (let index = 0; index < 250; index++)
      await from.ask("PUT", `/s-${site}/doc-${String(index)}`, { body: { index } });
    const { body: written } = await from.ask("PUT", `/s-${site}/edited`, { body: { step: 1 } });
    await from.ask("PUT", `/s-${site}/edited`, { body: { step: 2, _rev: textOf(written, "rev") } });
    const fork = { _id: "edited", step: 3, _revisions: { start: 2, ids: ["f".repeat(32), textOf(written, "rev").slice(2)] } }; // prettier-ignore
    await from.ask("POST", `/s-${site}/_bulk_docs`, { body: { docs: [fork], new_edits: false } });

    const copy = async () =>
      copyDatabases(await signIn(from.address), await signIn(to.address), () => undefined);
    expect(await copy()).toBeGreaterThan(250);
    for (const path of [
      `/s-${site}/_all_docs?include_docs=true&conflicts=true`,
      `/s-${site}/edited?revs=true&conflicts=true`,
      `/s-${site}/_security`,
      "/directory/_design/neo-ve",
    ])
      expect((await to.ask("GET", path)).body, path).toEqual((await from.ask("GET", path)).body);
    const session = { body: { name: "an", password: "mật khẩu của An" }, as: null };
    expect((await to.ask("POST", "/_session", session)).status).toBe(200);
    await expect(copy()).rejects.toThrow(/holds documents/);
  });
});
