// What a demo is made of: a plan, passwords that everybody may know, and the stories of made-up people.
import type { Country } from "#server/provision/installation.ts";
import type { Plan } from "#server/provision/plan.ts";
import { indonesiaPlan, indonesiaPasswords } from "./indonesia-plan.ts";
import { tellIndonesia } from "./indonesia-people.ts";
import type { Storyteller } from "./storyteller.ts";
import { vietnamPlan, vietnamPasswords } from "./vietnam-plan.ts";
import { tellVietnam } from "./vietnam-people.ts";

export interface Demo {
  plan: Plan;
  /** By account. */
  passwords: Readonly<Record<string, string>>;
  tell: (tell: Storyteller) => void;
}

export const demos: Readonly<Record<Country, Demo>> = {
  vn: { plan: vietnamPlan, passwords: vietnamPasswords, tell: tellVietnam },
  id: { plan: indonesiaPlan, passwords: indonesiaPasswords, tell: tellIndonesia },
};
