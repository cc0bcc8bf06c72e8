// What a country profile says: its clocks, its services, which codes of a list it uses, each with source and date.
import type {
  careStages,
  legalStatuses,
  needs,
  organisationKinds,
  services,
  spokenLanguages,
} from "#src/domain/records/code-lists.ts";
import type { Peoples } from "./peoples.ts";

type CodeOf<L extends { readonly codes: readonly string[] }> = L["codes"][number];

/** Where a rule was read, and when. What a reader sees of it is a text: `source.<profile>.<name>`. */
export interface Source {
  /** Law and article, or who set it, as cited in the country itself: for whoever keeps these data true. */
  readonly cited: string;
  readonly readOn: string;
  /** `law`: read in a source; `verify`: could not be confirmed; `ours`: set by the product, no law behind it. */
  readonly standing: "law" | "verify" | "ours";
}

/** A term that starts with an event and must be met by another. Texts: `clock.<profile>.<name>`, `source.<profile>.<name>`. */
export interface Clock {
  readonly name: string;
  readonly starts:
    | { readonly on: "status"; readonly entering: CodeOf<typeof legalStatuses> }
    | { readonly on: "stage"; readonly entering: CodeOf<typeof careStages> };
  /** What ends it. Leaving the state that started it ends it where `leaving` is said. */
  readonly ends: {
    readonly status?: readonly CodeOf<typeof legalStatuses>[];
    readonly leaving?: true;
    readonly planAgreed?: true;
  };
  /**
   * Who has to act: whoever works on the case, a supervisor, or an authority outside, whose answer is recorded here.
   * Texts of the last: `turn.body.<profile>.<name>`.
   */
  readonly turn: "worker" | "supervisor" | "outside";
  readonly days?: number;
  readonly hours?: number;
  readonly months?: number;
  /**
   * Days before the end at which it is brought up, the furthest first; from there on it counts as due soon. Where there
   * are several, each says what to do by then: `warning.<profile>.<name>.<days>`.
   */
  readonly warnDays: readonly [number, ...number[]];
  readonly source: Source;
}

export interface Profile {
  readonly id: "vn" | "id";
  readonly country: string;
  /** The language the staff work in: whoever speaks another may need an interpreter. */
  readonly defaultLanguage: CodeOf<typeof spokenLanguages>;
  readonly legalStatuses: readonly CodeOf<typeof legalStatuses>[];
  readonly services: readonly CodeOf<typeof services>[];
  readonly serviceOfNeed: Readonly<Partial<Record<CodeOf<typeof needs>, CodeOf<typeof services>>>>;
  readonly channels: readonly CodeOf<typeof organisationKinds>[];
  readonly clocks: readonly Clock[];
  /** Days between visits by risk, after the return until month 3; then the months listed. Before the return by risk alone. */
  readonly visits: {
    readonly firstAfterDays: number;
    readonly everyDays: Readonly<Record<"high" | "medium" | "low", number>>;
    readonly untilMonth: number;
    readonly thenMonths: readonly number[];
    /** Where nobody was met, at most so many days later. */
    readonly unmetAfterDays: Readonly<Record<"high" | "medium" | "low", number>>;
    /** After a sign of being trafficked again, or of any other danger. */
    readonly afterDangerDays: number;
    /** Text: `source.<profile>.visits`. */
    readonly source: Source;
  };
  /**
   * How many days a site has to answer when it is asked to take over a case, by the risk at which it is asked. Text:
   * `source.<profile>.transfer`.
   */
  readonly transfers: {
    readonly answerWithinDays: Readonly<Record<"high" | "medium" | "low", number>>;
    readonly source: Source;
  };
  /** Citizenships offered first; a guess of ours, like those of `peoples`. */
  readonly citizenships: readonly string[];
  readonly peoples: Peoples;
  /** Prefix of this country's codes in lists of proper names. */
  readonly areaPrefix: string;
  /** The country's help lines for the stop button, beside the site's own numbers. */
  readonly helpLines: readonly { readonly number: string; readonly name: string }[];
  /** Regime of a case opened today. */
  readonly regime?: "2011" | "2024";
  /** Days on which offices are closed, beside Saturday and Sunday: each year's `MM-DD`, or one full date. */
  readonly daysOff: { readonly days: readonly string[]; readonly source: Source };
  /** Version of the consent wording read out. */
  readonly consentText: string;
}
