// Devices of people for a test file: each with a profile directory and a network of its own, all cleared away at the end.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Device, type DeviceOptions, openDevice } from "#tests/support/browser.ts";
import type { DemoAccount, Service } from "#tests/support/service.ts";
import { type Proxy, startProxy } from "#tests/support/tcp-proxy.ts";

export interface Desk {
  /** May be replaced by another on the same port. */
  proxy: Proxy;
  device: Device;
  /** Closes the browser and opens it again on the same profile. */
  reopen(options?: Partial<DeviceOptions>): Promise<void>;
  /** Opens the browser again on the same profile after it was killed. */
  start(): Promise<void>;
}

export interface Desks {
  open(service: Service, options?: Partial<DeviceOptions>): Promise<Desk>;
  /** Closes every browser; rejects where one had complained. */
  closeAll(): Promise<void>;
}

export function createDesks(): Desks {
  let desks: { desk: Desk; profile: string }[] = [];
  return {
    async open(service, options = {}) {
      const profile = mkdtempSync(join(tmpdir(), "neo-ve-desk-"));
      const proxy = await startProxy({ target: { port: service.port } });
      const desk: Desk = {
        proxy,
        device: await openDevice({ profile, ...options }),
        async reopen(changed = {}) {
          await desk.device.close();
          desk.device = await openDevice({ profile, ...options, ...changed });
        },
        async start() {
          desk.device = await openDevice({ profile, ...options });
        },
      };
      desks.push({ desk, profile });
      return desk;
    },
    async closeAll() {
      const closing = desks;
      desks = [];
      const faults: unknown[] = [];
      for (const { desk, profile } of closing) {
        await desk.device.close().catch((fault: unknown) => faults.push(fault));
        await desk.proxy.close();
        rmSync(profile, { recursive: true, force: true });
      }
      if (faults.length > 0) throw faults[0];
    },
  };
}

export function accountOf(service: Service, name: string): DemoAccount {
  const account = service.accounts.find((candidate) => candidate.name === name);
  if (!account) throw new Error(`no demo account ${name}`);
  return account;
}
