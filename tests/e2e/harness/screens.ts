// Which screens are looked at: every route of the list in each of its states, for each colleague who sees it otherwise.
import { vietnamSites } from "#server/demo/vietnam-plan.ts";
import type { Page } from "playwright-core";
import { type RouteSpec, routes, type ScreenState } from "#src/app/routes.tsx";
import type { DevicesFault, ExchangeFault } from "#src/domain/ports/exchange.ts";
import { err } from "#src/domain/ports/result.ts";
import { visitSteps } from "#src/features/visits/steps.ts";
import { receiveSteps } from "#src/features/receive/steps.ts";
import { addressOf, type CaseForm, paths } from "#src/ui/addresses.ts";
import {
  acceptCase,
  declineWithoutReason,
  pressAccept,
  pressReadingDialog,
  pressSaveOnFullDisk,
  typeWrongPassphrase,
  typeWrongPasswordOfCentre,
  typeOnFullDisk,
  typeWrong,
  openSearch,
} from "./drives.ts";
import { caseIds, draftIds, type Person, recordsOf, request, worldOf } from "./made-up.ts";
import type { World } from "./world.ts";

export interface Screen {
  /** As a failing test names it. */
  readonly name: string;
  /** Screens of the same world share a device as long as none of them changes it. */
  readonly world: World;
  readonly at: string;
  /** What a person does there before the screen is looked at; changes the device. */
  readonly drive?: (page: Page) => Promise<void>;
  /** Words that were said once, in the language of that moment, and go by themselves: brought about in each language. */
  readonly fleeting?: true;
}

type Sight = Pick<Screen, "at" | "drive"> & { readonly world?: Partial<World>; readonly note?: string };
type Sights = Readonly<Partial<Record<ScreenState, readonly Sight[]>>>;

const forms: readonly CaseForm[] = [
  "person",
  "plan",
  "details",
  "owner",
  "status",
  "stage",
  "flag",
  "urgent",
  "contact",
  "consent",
  "note",
  "void",
  "transfer",
];
function idOf(type: string, caseId: string): string {
  const [record] = recordsOf(type, caseId);
  if (!record) throw new Error(`case ${caseId} has no ${type}`);
  return record.id;
}

/** The form with all that it needs: a flag that was raised, a question left open, a record to set aside. */
function formAt(form: CaseForm): string {
  if (form === "flag") return addressOf.caseForm(caseIds.urgent, form, idOf("urgent_check", caseIds.urgent));
  if (form === "void") return addressOf.caseForm(caseIds.closing, form, idOf("followup", caseIds.closing));
  if (form === "urgent") return addressOf.caseForm(caseIds.unnamed, form);
  return addressOf.caseForm(form === "status" ? caseIds.urgent : caseIds.returned, form);
}

const visitAt = (step: string, draft: string, caseId: string) =>
  `${addressOf.visit(caseId)}?draft=${draft}&step=${step}`;
const sight = (at: string): Sight => ({ at });
/** Nothing is filled in, but the case is there. */
const untouched = (at: string, person: Person = "cadre"): Sight => ({
  at,
  world: { ...worldOf(person, "filled"), drafts: [] },
});
const receptionSteps = receiveSteps("vn").map(({ name }) => name);
const visitStepNames = visitSteps.map(({ name }) => name);

const faults: readonly ExchangeFault[] = [
  { kind: "notTheCentre" },
  { kind: "passwordChanged" },
  { kind: "oneTimePassword" },
  { kind: "appTooOld" },
  { kind: "forbidden" },
  { kind: "centreFault", status: 503 },
  { kind: "storage" },
  { kind: "broken" },
];

const aside = [{ siteId: vietnamSites.haiVan, why: "failing" }] as const;

const devicesFaults: readonly DevicesFault["type"][] = ["NotOfferedHere", "NotAllowed", "CentreFault"];

/** What there is to see at a path beside the path itself, by state. */
const sights: Readonly<Record<string, Sights>> = {
  [paths.case]: {
    empty: [sight(addressOf.case(caseIds.unknown))],
    filled: [
      ...[
        caseIds.urgent,
        caseIds.unnamed,
        caseIds.closing,
        caseIds.returned,
        caseIds.closed,
        caseIds.child,
        caseIds.mother,
        caseIds.moved,
      ].map((id) => sight(addressOf.case(id))),
      // Whoever is asked to take it is led to the request.
      { at: addressOf.case(caseIds.asked), note: "asked for", world: worldOf("supervisor", "filled") },
    ],
    offline: [sight(addressOf.case(caseIds.urgent))],
    refused: [caseIds.urgent, caseIds.closing].map((id) => sight(addressOf.case(id))),
  },
  [paths.caseForm]: {
    empty: [
      sight(addressOf.caseForm(caseIds.unknown, "note")),
      untouched(addressOf.caseForm(caseIds.unnamed, "person")),
      untouched(addressOf.caseForm(caseIds.unnamed, "plan", caseIds.unknown)),
      untouched(addressOf.caseForm(caseIds.unnamed, "void")),
    ],
    filled: [
      ...forms.map((form) => sight(formAt(form))),
      sight(addressOf.caseForm(caseIds.urgent, "plan", idOf("plan_item", caseIds.urgent))),
    ],
    error: forms.map((form) => ({ at: formAt(form), drive: pressSaveOnFullDisk })),
  },
  [paths.transfer]: {
    empty: [sight(addressOf.transfer(caseIds.unknown))],
    filled: [
      sight(addressOf.transfer(request)),
      { at: addressOf.transfer(request), note: "accepting", drive: pressAccept },
      { at: addressOf.transfer(request), note: "accepted", drive: acceptCase },
    ],
    error: [{ at: addressOf.transfer(request), drive: declineWithoutReason }],
  },
  [paths.visit]: {
    empty: [
      sight(addressOf.visit(caseIds.unknown)),
      untouched(addressOf.visit(caseIds.closed), "supervisor"),
      ...["outcome", "when", "next", "note"].map((step) =>
        untouched(visitAt(step, draftIds.fresh, caseIds.urgent)),
      ),
    ],
    filled: [
      ...visitStepNames.map((step) => sight(visitAt(step, draftIds.visit, caseIds.returned))),
      ...["outcome", "risk"].map((step) => sight(visitAt(step, draftIds.unsafe, caseIds.urgent))),
    ],
    error: [
      {
        at: visitAt("when", draftIds.visit, caseIds.returned),
        drive: typeWrong("followup.doneOn", "31/02/2026"),
      },
      { at: visitAt("note", draftIds.visit, caseIds.returned), drive: pressSaveOnFullDisk },
    ],
    offline: [
      sight(`${addressOf.visit(caseIds.closing)}?draft=${idOf("followup", caseIds.closing)}`),
      { at: visitAt("outcome", draftIds.visit, caseIds.returned), drive: pressReadingDialog },
    ],
  },
  [paths.receive]: {
    empty: receptionSteps
      .filter((step) => step !== "consentDetails" && step !== "identity" && step !== "adult")
      .map((step) => sight(addressOf.receive(draftIds.fresh, step))),
    filled: [
      ...receptionSteps
        .filter((step) => step !== "identity" && step !== "adult")
        .map((step) => sight(addressOf.receive(draftIds.reception, step))),
      ...["consent", "identity", "age", "review"].map((step) =>
        sight(addressOf.receive(draftIds.withheld, step)),
      ),
      ...["consentDetails", "adult", "review"].map((step) => sight(addressOf.receive(draftIds.minor, step))),
      { at: addressOf.receive(draftIds.reception, "language"), drive: openSearch },
    ],
    error: [
      { at: addressOf.receive(draftIds.reception, "age"), drive: typeWrong("person.ageYears", "không rõ") },
      { at: addressOf.receive(draftIds.reception, "name"), drive: typeOnFullDisk("person.displayName") },
      { at: addressOf.receive(draftIds.reception, "review"), drive: pressSaveOnFullDisk },
    ],
    offline: [
      sight(`${paths.receive}?draft=${caseIds.urgent}`),
      { at: addressOf.receive(draftIds.reception, "name"), drive: pressReadingDialog },
    ],
  },
  [paths.sync]: {
    empty: [
      sight(paths.sync),
      {
        at: paths.sync,
        note: "first exchange",
        world: { exchange: { phase: "syncing", progress: { done: 1_234, pending: 5_678 } } },
      },
    ],
    error: [
      ...faults.map((fault) => ({
        at: paths.sync,
        note: fault.kind,
        world: { exchange: { phase: "error", fault } } as const,
      })),
      {
        at: paths.sync,
        note: "wrong password",
        world: { exchange: { phase: "error", fault: { kind: "passwordChanged" } } },
        drive: typeWrongPasswordOfCentre,
      },
      { at: paths.sync, note: "unreadable", world: { damaged: true } },
      {
        at: paths.sync,
        note: "some sites",
        world: { exchange: { phase: "error", fault: { kind: "someSites" }, aside } },
      },
    ],
  },
  [paths.today]: {
    empty: [
      sight(paths.today),
      {
        at: paths.today,
        note: "a first exchange without one site",
        world: { exchange: { phase: "error", firstExchangeAt: "2026-11-22T02:00:00.000Z", aside } },
      },
    ],
  },
  [paths.devices]: {
    error: devicesFaults.map((type) => ({
      at: paths.devices,
      note: type,
      world: { devices: err({ type }) },
    })),
  },
  [paths.settings]: { error: [{ at: paths.settings, drive: typeWrongPassphrase }] },
};

/** Forms look the same to whoever may fill them in. */
const onlookers = ({ roles, bare }: RouteSpec): readonly Person[] => {
  const all = (["cadre", "supervisor", "administrator"] as const).filter((person) => roles.includes(person));
  return bare === true ? all.slice(0, 1) : all;
};

/** The screens of one route. @throws where a state has nothing to show: it needs an entry above */
export function screensOf(route: RouteSpec): readonly Screen[] {
  const { path, states } = route;
  const asked: readonly ScreenState[] = states;
  if (asked.length === 0) throw new Error(`${path} names no states`);
  return onlookers(route).flatMap((person) =>
    asked.flatMap((state) =>
      sightsAt(path, state).map(({ at, drive, world, note }): Screen => ({
        name: [state, note, person, at].filter(Boolean).join(", "),
        world: world ? { ...worldFor(person, state), ...world } : worldFor(person, state),
        at,
        ...(drive ? { drive } : {}),
      })),
    ),
  );
}

function sightsAt(path: string, state: ScreenState): readonly Sight[] {
  const found = sights[path]?.[state];
  if (found) return found;
  if (path.includes(":") || state === "error")
    throw new Error(`nobody knows how ${path} looks when "${state}"`);
  return [sight(path)];
}

const worlds = new Map<string, World>();
function worldFor(person: Person, state: ScreenState): World {
  const key = `${person} ${state}`;
  const world = worlds.get(key) ?? worldOf(person, state);
  worlds.set(key, world);
  return world;
}

export const routeScreens = (): readonly Screen[] => routes.flatMap(screensOf);
