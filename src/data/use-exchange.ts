// Watches how the exchange with the centre stands.
import { useCallback, useSyncExternalStore } from "react";
import type { ExchangeCounts, ExchangeState } from "#src/domain/ports/exchange.ts";
import { useWork } from "./work.tsx";

export function useExchange(): { state: ExchangeState; counts: ExchangeCounts; run: () => Promise<void> } {
  const { exchange, profile } = useWork();
  const watch = useCallback((listener: () => void) => exchange.watch(listener), [exchange]);
  const watchStore = useCallback((listener: () => void) => profile.store.watch(listener), [profile]);
  const state = useSyncExternalStore(watch, () => exchange.state);
  // Counts follow every save as well as every exchange.
  useSyncExternalStore(watchStore, () => profile.store.read.revision);
  return { state, counts: exchange.counts, run: () => exchange.run() };
}
