// Asks the centre about the devices of colleagues: nothing of it is kept on this one.
import { useEffect, useState } from "react";
import type { DeviceContact, DevicesFault } from "#src/domain/ports/exchange.ts";
import { useExchange } from "./use-exchange.ts";
import { useWork } from "./work.tsx";

interface Told {
  /** As the centre told last; undefined while it has not yet. */
  readonly known?: readonly DeviceContact[] | undefined;
  /** Why it does not tell now. */
  readonly fault?: DevicesFault;
}

export interface Devices extends Told {
  readonly asking: boolean;
  readonly ask: () => void;
}

/** Asks at once, again when the network is back, and when it is told to. */
export function useDevices(): Devices {
  const { exchange } = useWork();
  const isOffline = useExchange().state.phase === "offline";
  const [times, setTimes] = useState(1);
  const question = `${times} ${isOffline ? "offline" : "online"}`;
  const [told, setTold] = useState<Told & { readonly answers?: string }>({});

  useEffect(() => {
    let isLatest = true;
    void exchange.devices().then((answer) => {
      if (!isLatest) return;
      setTold(({ known }) =>
        answer.ok
          ? { answers: question, known: answer.value }
          : { answers: question, known, fault: answer.error },
      );
    });
    return () => {
      isLatest = false;
    };
  }, [exchange, question]);

  const { answers, ...rest } = told;
  return { ...rest, asking: answers !== question, ask: () => setTimes((before) => before + 1) };
}
