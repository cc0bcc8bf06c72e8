// Code lists that several record types share; our own codes, mapped to HTCDS 2.0 at export.
import { codeList } from "#src/domain/record/field.ts";

export const riskLevels = codeList("riskLevel", ["high", "medium", "low"]);
export const spokenLanguages = codeList("language", [
  // ISO 639-1 where there is one, else ISO 639-3: national languages first, then those of ethnic communities.
  "vi",
  "id",
  "en",
  "zh",
  "km",
  "lo",
  "th",
  "my",
  "ms",
  "tl",
  "ko",
  "ja",
  "jv",
  "su",
  "mad",
  "min",
  "bug",
  "ace",
  "tyz",
  "blt",
  "mtq",
  "nut",
  "hmn",
  "ium",
  "kjg",
  "jra",
  "rad",
  "bdq",
  "sed",
  "kpm",
  "cjm",
  "bru",
  "ktv",
  "sgn",
  "other",
]);
export const organisationKinds = codeList("organisationKind", [
  "self",
  "family",
  "commune",
  "police",
  "border_guard",
  "coast_guard",
  "mission",
  "hotline",
  "facility",
  "ngo",
  "other",
]);
export const needs = codeList("need", [
  "safe_place",
  "food_and_clothes",
  "medical",
  "someone_to_talk_to",
  "contact_family",
  "interpreter",
  "papers",
  "legal_advice",
  "travel_home",
  "schooling",
  "work_or_training",
  "money_to_start",
  "childcare",
  "other",
]);
export const services = codeList(
  "service",
  // Vietnam: letters of Law 53/2024/QH15 art. 37. Indonesia: the order of services of Permen PPPA 8/2021.
  [
    "vn_a",
    "vn_b",
    "vn_c",
    "vn_d",
    "vn_dd",
    "vn_e",
    "vn_g",
    "vn_h",
    "vn_i",
    "vn_k",
    "id_health",
    "id_social",
    "id_legal",
    "id_return",
    "id_reintegration",
  ],
  { byProfile: true },
);
export const legalStatuses = codeList(
  "legalStatus",
  [
    "not_started",
    "notified",
    "initially_verified",
    "identification_requested",
    "extended",
    "identified",
    "not_identified",
    "not_pursued",
  ],
  { byProfile: true },
);
export const careStages = codeList("stage", [
  "received",
  "facility_stay",
  "community_support",
  "reintegration",
  "closure_requested",
  "closed",
]);

/** The eight questions asked of everybody on arrival (domain: record type 5). */
export const urgentFlags = [
  "lifeInDanger",
  "suicidal",
  "traffickerNear",
  "minorWithoutAdult",
  "recentSexualViolence",
  "urgentMedical",
  "noShelterTonight",
  "companionMissing",
] as const;
export type UrgentFlag = (typeof urgentFlags)[number];
export const urgentFlagCodes = codeList("urgentFlag", urgentFlags);
