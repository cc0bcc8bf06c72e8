// @vitest-environment jsdom
// A new version is looked for by itself where the centre does not exchange with this one any more.
import { waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { UpdateNotice } from "#src/app/update-notice.tsx";
import type { Updates } from "#src/app/update.ts";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";
import { paths } from "#src/ui/addresses.ts";
import { openDesk, openScreen } from "#tests/features/support/desk.tsx";

async function looks(state: ExchangeState): Promise<() => number> {
  let looked = 0;
  const updates: Updates = {
    waiting: false,
    worksOffline: true,
    watch: () => () => undefined,
    look: () => (looked += 1),
    take: () => undefined,
  };
  const desk = await openDesk();
  const work = { ...desk.work, exchange: { ...desk.work.exchange, state } };
  const screen = <UpdateNotice updates={updates} />;
  await openScreen({ ...desk, work }, { screen, path: paths.today, at: paths.today });
  return () => looked;
}

it("once when the centre says that the app is too old, and not for any other fault", async () => {
  const looked = await looks({ phase: "error", fault: { kind: "appTooOld" } });
  await waitFor(() => expect(looked()).toBe(1));
  expect((await looks({ phase: "error", fault: { kind: "forbidden" } }))()).toBe(0);
  expect((await looks({ phase: "idle" }))()).toBe(0);
});
