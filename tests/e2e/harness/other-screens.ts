// What a person can meet that is on no list of routes: the way in, the cover, faults, a waiting update.
import type { SignInFault } from "#src/domain/ports/sign-in.ts";
import { paths } from "#src/ui/addresses.ts";
import { byFileScreens } from "./by-file.ts";
import {
  chooseNewPassword,
  cover,
  dropDraft,
  pressForgotten,
  signInInVain,
  typeNewPassword,
  typePassphrase,
} from "./drives.ts";
import { signedIn, withForeignKey, worldOf } from "./made-up.ts";
import type { Screen } from "./screens.ts";
import type { Instead, World } from "./world.ts";

const filled = worldOf("cadre", "filled");
const closed: World = { ...worldOf("cadre", "empty"), open: false };
const nobody: World = { ...closed, people: [] };
const three: World = {
  ...closed,
  people: [signedIn("supervisor"), signedIn("administrator"), signedIn("cadre")],
};

const at = paths.unlock;
const refusals: readonly Exclude<SignInFault["type"], "CentreFault">[] = [
  "NoConnection",
  "NotTheCentre",
  "WrongPassword",
  "LockedOut",
  "NoRole",
];
const instead: readonly Instead[] = ["fault", "inApp", "tooOld", "noStorage", "insecure"];
const phrase = "nang am ngoai hien";

export const otherScreens: readonly Screen[] = [
  { name: "unlock, nobody yet", world: nobody, at },
  { name: "unlock, one person", world: closed, at },
  { name: "unlock, three people", world: three, at },
  { name: "unlock, wrong passphrase", world: closed, at, drive: typePassphrase("sai roi") },
  {
    name: "unlock, open elsewhere",
    world: { ...closed, elsewhere: true },
    at,
    drive: typePassphrase(phrase),
  },
  { name: "unlock, forgotten", world: closed, at, drive: pressForgotten },
  { name: "sign in, no answer yet", world: { ...nobody, centre: "silent" }, at, drive: signInInVain },
  ...refusals.map((centre): Screen => ({
    name: `sign in, ${centre}`,
    world: { ...nobody, centre },
    at,
    drive: signInInVain,
  })),
  {
    name: "sign in, new password",
    world: { ...nobody, centre: "oneTimePassword" },
    at,
    drive: chooseNewPassword,
  },
  {
    name: "sign in, new passwords differ",
    world: { ...nobody, centre: "oneTimePassword" },
    at,
    drive: typeNewPassword(phrase, "nang tat"),
  },
  ...(["PasswordTooShort", "PasswordUnchanged", "CannotChangeHere", "SessionEnded"] as const).map(
    (centre): Screen => ({
      name: `sign in, ${centre}`,
      world: { ...nobody, centre },
      at,
      drive: typeNewPassword(phrase, phrase),
    }),
  ),
  { name: "covered", world: filled, at: paths.today, drive: cover },
  { name: "a draft dropped", world: filled, at: paths.today, drive: dropDraft, fleeting: true },
  { name: "another recovery key, Today", world: withForeignKey(filled), at: paths.today },
  { name: "another recovery key, settings", world: withForeignKey(filled), at: paths.settings },
  { name: "an update waits", world: { ...filled, update: true }, at: paths.today },
  ...byFileScreens,
  ...instead.map((what): Screen => ({ name: what, world: { ...closed, instead: what }, at: "/" })),
];
