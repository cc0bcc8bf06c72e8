// @vitest-environment jsdom
// What a supervisor is shown of the recovery key: the one this device trusts, and a warning when the centre names another.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fingerprintOf } from "#src/domain/record/fingerprint.ts";
import { RecoveryKey } from "#src/features/settings/recovery-key.tsx";
import { RecoveryNotice } from "#src/app/recovery-notice.tsx";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { paths } from "#src/ui/addresses.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

const ours = "age13a5lza3s2fasadrth4a302me6prv8saykjrsy42wcpk646n5l5aq0q9mg8";
const foreign = "age1t4le2k2jpa08jt8vam5jjq5hmmx287mm2uhfhsvj78rzmmr3cdlq0arxkd";

/** As provisioning prints them. */
const print = (key: string) => fingerprintOf(createHash("sha256").update(key).digest());
const printed = { ours: print(ours), foreign: print(foreign) };

async function deskWith(options: { trusted?: string; named?: string }): Promise<Desk> {
  const desk = await openDesk();
  const { trusted, named } = options;
  const { profile } = desk.work;
  if (named !== undefined) {
    const at = "2026-11-01T00:00:00.000Z";
    const record = {
      id: "recovery_key:agency",
      type: "recovery_key",
      version: 1,
      createdAt: at,
      createdBy: "operator",
      updatedAt: at,
      updatedBy: "operator",
      device: "provision",
      deviceTime: at,
      recipient: named,
    } as const;
    await profile.store.write({ changes: [{ database: "directory", record }] });
  }
  const known = trusted === undefined ? {} : { recoveryRecipient: trusted };
  return { ...desk, work: { ...desk.work, profile: { ...profile, ...known } } };
}

const open = (desk: Desk, locale: Locale = "vi") => {
  const screen = (
    <>
      <RecoveryNotice />
      <RecoveryKey />
    </>
  );
  return openScreen(desk, { screen, path: paths.settings, at: paths.settings, locale });
};
const shown = () =>
  [...document.querySelectorAll("[data-fingerprint]")].map(
    (each) => each.getAttribute("data-fingerprint") ?? "",
  );

describe("the recovery key", () => {
  it.each(localeCodes)("is shown by its fingerprint, in groups of four, in %s", async (locale) => {
    const screen = await open(await deskWith({ trusted: ours, named: ours }), locale);
    await screen.find('[data-fingerprint]:not([data-fingerprint=""])');
    expect(shown()).toEqual([printed.ours]);
    expect(document.querySelector("[data-fingerprint]")?.textContent).toBe(printed.ours);
    expect(document.querySelector(".notice")).toBeNull();
  });

  it("that the centre names in place of the trusted one is not taken over, and that is said", async () => {
    const screen = await open(await deskWith({ trusted: ours, named: foreign }));
    await screen.find('.notice [data-fingerprint]:not([data-fingerprint=""])');
    expect(shown()).toEqual([printed.ours, printed.foreign]);
    expect(document.querySelectorAll(".notice")).toHaveLength(2);
    await screen.tap('[data-action="recovery-key"]');
    expect(screen.address()).toBe(paths.settings);
  });

  it("that the directory has not brought yet is no reason to warn", async () => {
    await open(await deskWith({ trusted: ours }));
    expect(document.querySelector(".notice")).toBeNull();
  });

  it("is missing where the agency had none at the first sign-in; one that comes later is no other one", async () => {
    await open(await deskWith({ named: foreign }));
    expect(shown()).toEqual([]);
    expect(document.querySelector(".notice")).toBeNull();
  });
});
