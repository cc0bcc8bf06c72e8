// Gives a file out of the app: shared where the system takes it, saved where a place can be chosen, else downloaded.
import type { MadeBundle } from "#src/domain/ports/bundles.ts";

/** What it is, and no more. By this kind and the ending of the name Chromium decides what may be shared; its `canShare` does not. */
const mediaType = "text/plain";

const fileOf = ({ bytes, fileName }: MadeBundle): File =>
  new File([Uint8Array.from(bytes)], fileName, { type: mediaType });

/** Whether this system shares files of this kind (Web Share, W3C). */
export const canShare = (made: MadeBundle): boolean =>
  typeof navigator.canShare === "function" && navigator.canShare({ files: [fileOf(made)] });

/** `given`; `cancelled` by the person; `failed`. */
export type GivenOut = "given" | "cancelled" | "failed";

export const shareOut = (made: MadeBundle): Promise<GivenOut> =>
  outcomeOf(() => navigator.share({ files: [fileOf(made)] }));

interface SavePicker {
  showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}
const hasPicker = (place: object): place is SavePicker => "showSaveFilePicker" in place;

/** Where a place can be chosen (File System Access, WICG); else the browser's downloads. */
export function saveOut(made: MadeBundle): Promise<GivenOut> {
  const place: object = globalThis;
  return outcomeOf(() => (hasPicker(place) ? saveWith(place, made) : download(made)));
}

async function saveWith(place: SavePicker, made: MadeBundle): Promise<void> {
  const handle = await place.showSaveFilePicker({ suggestedName: made.fileName });
  const stream = await handle.createWritable();
  await stream.write(Uint8Array.from(made.bytes));
  await stream.close();
}

/** So long the browser may take to begin reading. */
const keptMs = 60_000;

function download(made: MadeBundle): Promise<void> {
  const address = URL.createObjectURL(fileOf(made));
  const link = document.createElement("a");
  link.href = address;
  link.download = made.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
  return Promise.resolve();
}

async function outcomeOf(give: () => Promise<void>): Promise<GivenOut> {
  try {
    await give();
    return "given";
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? "cancelled" : "failed";
  }
}
