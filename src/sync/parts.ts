// The parts of the engine, put together: who asks whom, and with what.
import { newId } from "#src/domain/record/ids.ts";
import { createAttempts } from "./attempts.ts";
import { createCentre } from "./centre.ts";
import { createChanged } from "./changed.ts";
import { createCouchClient } from "./couch-client.ts";
import { createEachDatabase } from "./each-database.ts";
import type { ExchangeDeps } from "./exchange-deps.ts";
import { createForks } from "./forks.ts";
import { createHeldWords } from "./held-words.ts";
import { createMovedCases } from "./moved-cases.ts";
import { createOneDatabase } from "./one-database.ts";
import { createPull } from "./pull.ts";
import { createPush } from "./push.ts";
import { createResting } from "./resting.ts";
import { createRound } from "./round.ts";
import { createServerClock, offsetName } from "./server-clock.ts";
import { createSession } from "./session.ts";
import { createTransfers } from "./transfers.ts";

/** @param chance a number from 0 up to 1, another each time */
export function createParts(deps: ExchangeDeps, chance: () => number) {
  const { replica, read, surroundings, after, frontDoor, account, log = () => undefined } = deps;
  const deviceNow = () => surroundings.now();
  const author = { name: account.name, newId: () => newId(surroundings.randomBytes) };
  const clock = createServerClock(deviceNow, () => replica.local(offsetName));
  const said = frontDoor && { appVersion: frontDoor.appVersion, account: account.name };
  const clientAt = (base: string) =>
    createCouchClient({ base, fetch: deps.fetch, after, clock, deviceNow, ...said });
  const client = clientAt(deps.base);
  const doorClient = frontDoor && clientAt(frontDoor.base);
  const session = createSession(client, account, () => {
    log({ event: "signedIn" });
  });
  const centre = createCentre(client, session);
  const attempts = createAttempts();
  const shared = {
    replica,
    read,
    session,
    centre,
    client: doorClient,
    attempts,
    author,
    clock,
    deviceNow,
    log,
  };
  const forks = createForks(shared);
  const movedCases = createMovedCases(shared);
  const pull = createPull({ ...shared, forks });
  const push = createPush({ ...shared, isAway: movedCases.isAway });
  const one = createOneDatabase({
    ...shared,
    pull,
    push,
    forks,
    movedCases,
    transfers: createTransfers(shared),
    heldWords: createHeldWords(shared),
  });
  const resting = createResting({ ...shared, chance });
  const round = createRound({
    ...shared,
    one,
    each: createEachDatabase({ ...shared, resting, one, onBug: deps.onBug }),
    changed: createChanged(shared),
    resting,
    push,
    roles: account.roles,
    onRoles: deps.onRoles ?? (() => undefined),
  });
  return { client, doorClient, session, clock, author, one, resting, round };
}
