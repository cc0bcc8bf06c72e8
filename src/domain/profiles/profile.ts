// What a country profile says: its clocks, its services, which codes of a list it uses, each with source and date.
import type {
  careStages,
  legalStatuses,
  needs,
  organisationKinds,
  services,
} from "#src/domain/records/code-lists.ts";

type CodeOf<L extends { readonly codes: readonly string[] }> = L["codes"][number];

/** Where a rule was read, and when. Sources are shown as they are, in the country's own language. */
export interface Source {
  /** Law and article, or who set it. */
  readonly text: string;
  readonly readOn: string;
  /** `law`: read in a source; `verify`: could not be confirmed; `ours`: set by the product, no law behind it. */
  readonly standing: "law" | "verify" | "ours";
}

/** A term that starts with an event and must be met by another. Texts: `clock.<profile>.<name>`. */
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
  readonly days?: number;
  readonly hours?: number;
  readonly months?: number;
  /** Days before the end from which it counts as due soon. */
  readonly warnDays: number;
  readonly source: Source;
}

export interface Profile {
  readonly id: "vn" | "id";
  readonly country: string;
  readonly defaultLanguage: string;
  readonly legalStatuses: readonly CodeOf<typeof legalStatuses>[];
  readonly services: readonly CodeOf<typeof services>[];
  readonly serviceOfNeed: Readonly<Partial<Record<CodeOf<typeof needs>, CodeOf<typeof services>>>>;
  readonly channels: readonly CodeOf<typeof organisationKinds>[];
  readonly clocks: readonly Clock[];
  /** Days between visits after the return, by risk, until month 3; then the months listed. */
  readonly visits: {
    readonly firstAfterDays: number;
    readonly everyDays: Readonly<Record<"high" | "medium" | "low", number>>;
    readonly untilMonth: number;
    readonly thenMonths: readonly number[];
    readonly source: Source;
  };
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
