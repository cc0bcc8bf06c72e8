// Asks the centre about the devices of colleagues: nothing of it is kept on this one.
import { useCallback, useEffect, useRef, useState } from "react";
import type { DeviceContact, DevicesFault } from "#src/domain/ports/exchange.ts";
import { useExchange } from "./use-exchange.ts";
import { useWork } from "./work.tsx";

export interface Devices {
  readonly asking: boolean;
  /** As the centre told last; undefined while it has not yet. */
  readonly known: readonly DeviceContact[] | undefined;
  /** Why it does not tell now. */
  readonly fault: DevicesFault | undefined;
  readonly ask: () => void;
}

/** Asks at once, again when the network is back, and when it is told to. */
export function useDevices(): Devices {
  const { exchange } = useWork();
  const isOffline = useExchange().state.phase === "offline";
  const [told, setTold] = useState<Omit<Devices, "ask">>({
    asking: true,
    known: undefined,
    fault: undefined,
  });
  const latest = useRef(0);

  const ask = useCallback(() => {
    const mine = (latest.current += 1);
    setTold((before) => ({ ...before, asking: true }));
    void exchange.devices().then((answer) => {
      // What was asked before, or for a screen that is gone, says nothing any more.
      if (latest.current !== mine) return;
      setTold((before) =>
        answer.ok
          ? { asking: false, known: answer.value, fault: undefined }
          : { ...before, asking: false, fault: answer.error },
      );
    });
  }, [exchange]);

  useEffect(() => {
    ask();
    return () => {
      latest.current += 1;
    };
  }, [ask, isOffline]);

  return { ...told, ask };
}
