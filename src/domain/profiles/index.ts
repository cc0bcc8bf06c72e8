// The list of country profiles.
import { indonesia } from "./indonesia.ts";
import type { Profile } from "./profile.ts";
import { vietnam } from "./vietnam.ts";

export const profiles = { vn: vietnam, id: indonesia } as const satisfies Record<Profile["id"], Profile>;
