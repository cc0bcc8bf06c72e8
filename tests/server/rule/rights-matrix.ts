// Who may write what where, computed from tables set down here by hand and not from the product's own.
import {
  abroad, changeable, commune, databaseOf, type Doc, hamlet, neighbour, province, region, samples, type SampleType, writing,
} from "./sample-site.ts"; // prettier-ignore
import type { Cell } from "./verdict.ts";

const roles = ["cadre", "social_worker", "supervisor", "administrator"] as const;
type Role = (typeof roles)[number];
const places = { commune, province, region, hamlet, neighbour, abroad };
type Place = keyof typeof places;

/** From where each role reaches the commune's two databases (D2). */
const reach: Readonly<Record<"file" | "identity" | "directory", Readonly<Record<Role, readonly Place[]>>>> = {
  file: { cadre: ["commune"], social_worker: ["commune"], supervisor: ["commune", "province", "region"], administrator: [] },
  identity: { cadre: ["commune"], social_worker: ["commune"], supervisor: ["commune", "province"], administrator: [] },
  directory: { cadre: [], social_worker: [], supervisor: [], administrator: [] },
}; // prettier-ignore
const kindOfDatabase = (type: SampleType) =>
  type === "person" ? "identity" : databaseOf(type) === "directory" ? "directory" : "file";

const types = Object.keys(samples).filter((type): type is SampleType => Object.hasOwn(samples, type));
const operations = ["create", "update", "delete"] as const;

function mayReach(type: SampleType, role: Role, place: Place): boolean {
  // What is left of a case that moved is the front door's to write.
  if (type === "moved_case") return false;
  // Which file gives way to which is a supervisor's to say.
  if (type === "duplicate" && role !== "supervisor") return false;
  // The people of a site have its names; who looks at one elsewhere supervises.
  if (type === "access" && role !== "supervisor") return false;
  return reach[kindOfDatabase(type)][role].includes(place);
}

/** The step that the sample of an event takes. */
const sampleSteps: Partial<Record<SampleType, string>> = {
  status_event: "not_started > notified",
  stage_event: "received > community_support",
};

function expectedOf(type: SampleType, role: Role, place: Place, operation: (typeof operations)[number]): Cell["expected"] {
  if (operation === "delete") return "delete";
  if (operation === "update" && !changeable.includes(type)) return "change";
  const step = sampleSteps[type];
  const may = mayReach(type, role, place) && (step === undefined || (steps[step] ?? []).includes(role));
  return may ? "accepted" : "role";
} // prettier-ignore

/** Every type by every role at every place: 20 × 4 × 6 × 3 cells. */
export function writeCells(): readonly Cell[] {
  return types.flatMap((type) =>
    roles.flatMap((role) =>
      (Object.keys(places) as Place[]).flatMap((place) =>
        operations.map((operation): Cell => {
          const old: Doc | null = operation === "create" ? null : { ...samples[type] };
          const doc: Doc = operation === "delete" ? { _id: samples[type]["_id"], _deleted: true } : { ...samples[type] };
          return {
            what: `${operation} a ${type} as ${role} at the ${place}`,
            ...writing(databaseOf(type), ["staff", `${role}@${places[place]}`], doc, old),
            expected: expectedOf(type, role, place, operation),
          };
        }),
      ),
    ),
  );
} // prettier-ignore

const worker = ["cadre", "social_worker"];
const everybody = [...worker, "supervisor"];
const supervisor = ["supervisor"];

/** Every step of both axes that exists, and who records it (domain: "two independent axes"). */
const steps: Readonly<Record<string, readonly string[]>> = {
  "not_started > notified": everybody,
  "notified > initially_verified": supervisor,
  "notified > identification_requested": supervisor,
  "initially_verified > identification_requested": supervisor,
  "not_identified > identification_requested": supervisor,
  "identification_requested > extended": supervisor,
  "extended > extended": supervisor,
  "not_started > identified": supervisor,
  "notified > identified": supervisor,
  "initially_verified > identified": supervisor,
  "identification_requested > identified": supervisor,
  "extended > identified": supervisor,
  "identification_requested > not_identified": supervisor,
  "extended > not_identified": supervisor,
  "not_started > not_pursued": supervisor,
  "notified > not_pursued": supervisor,
  "initially_verified > not_pursued": supervisor,
  "identification_requested > not_pursued": supervisor,
  "extended > not_pursued": supervisor,

  "nothing > received": worker,
  "received > facility_stay": ["social_worker"],
  "received > community_support": worker,
  "received > closure_requested": worker,
  "received > closed": supervisor,
  "facility_stay > community_support": worker,
  "facility_stay > reintegration": ["cadre"],
  "facility_stay > closure_requested": worker,
  "facility_stay > closed": supervisor,
  "community_support > facility_stay": ["social_worker"],
  "community_support > reintegration": ["cadre"],
  "community_support > closure_requested": worker,
  "community_support > closed": supervisor,
  "reintegration > facility_stay": ["social_worker"],
  "reintegration > community_support": worker,
  "reintegration > closure_requested": worker,
  "reintegration > closed": supervisor,
  "closure_requested > received": supervisor,
  "closure_requested > facility_stay": supervisor,
  "closure_requested > community_support": supervisor,
  "closure_requested > reintegration": supervisor,
  "closure_requested > closed": supervisor,
  "closed > received": supervisor,
  "closed > reintegration": supervisor,
};
const statuses = ["not_started", "notified", "initially_verified", "identification_requested", "extended", "identified", "not_identified", "not_pursued"]; // prettier-ignore
const stages = [
  "received",
  "facility_stay",
  "community_support",
  "reintegration",
  "closure_requested",
  "closed",
];

/** Every pair of states, existing step or not, by every role, from the commune and from elsewhere. */
export function stepCells(): readonly Cell[] {
  const axes = [
    { type: "status_event" as const, states: statuses },
    { type: "stage_event" as const, states: stages },
  ];
  return axes.flatMap(({ type, states }) =>
    ["nothing", ...states].flatMap((from) =>
      states.flatMap((to) =>
        roles.flatMap((role) =>
          (["commune", "region", "abroad"] as const).map((place): Cell => {
            const doc: Doc = { ...samples[type], to };
            if (from === "nothing") delete doc["from"];
            else doc["from"] = from;
            const recorders = steps[`${from} > ${to}`];
            const may = recorders?.includes(role) && mayReach(type, role, place);
            return {
              what: `${type} ${from} > ${to} as ${role} at the ${place}`,
              ...writing(databaseOf(type), ["staff", `${role}@${places[place]}`], doc),
              expected: recorders ? (may ? "accepted" : "role") : "schema",
            };
          }),
        ),
      ),
    ),
  );
}
