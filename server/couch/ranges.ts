// Parts of an attachment that a request asks for by `Range` (RFC 9110, 14), answered as CouchDB does.
import { rangeNotSatisfiable } from "./errors.ts";
import { bytesReply } from "./replies.ts";

/** First and last byte, both inclusive. */
interface ByteRange {
  from: number;
  to: number;
}

const MAX_RANGES = 9;

/** Null for a header that asks for the whole, for too many parts, or that cannot be read. @throws 416 */
export function readRanges(header: string | null, length: number): ByteRange[] | null {
  const list = /^bytes=(.+)$/.exec(header ?? "")?.[1]?.split(",") ?? [];
  if (list.length === 0 || list.length > MAX_RANGES) return null;
  const ranges: ByteRange[] = [];
  for (const each of list) {
    const match = /^\s*(\d{0,15})-(\d{0,15})\s*$/.exec(each);
    const [first, last] = [match?.[1] ?? "", match?.[2] ?? ""];
    if (first === "" && last === "") return null;
    if (last === "" && Number(first) === 0) return null;
    const from = first === "" ? Math.max(0, length - Number(last)) : Number(first);
    const to = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
    if (to < from) throw rangeNotSatisfiable();
    ranges.push({ from, to });
  }
  return ranges;
}

/** @param boundary parts several ranges */
export function rangeReply(
  whole: { type: string; headers: Record<string, string>; bytes: Uint8Array },
  ranges: ByteRange[],
  boundary: string,
): Response {
  const { type, bytes } = whole;
  const contentRange = ({ from, to }: ByteRange) =>
    `bytes ${String(from)}-${String(to)}/${String(bytes.length)}`;
  const part = ({ from, to }: ByteRange) => bytes.subarray(from, to + 1);
  const [only, ...more] = ranges;
  if (only !== undefined && more.length === 0) {
    const headers = { ...whole.headers, "Content-Range": contentRange(only) };
    return bytesReply([part(only)], type, { status: 206, headers });
  }
  const pieces = ranges.flatMap((each) => [
    Buffer.from(`\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(each)}\r\n\r\n`),
    part(each),
    Buffer.from(`\r\n--${boundary}`),
  ]);
  return bytesReply(
    [Buffer.from(`--${boundary}`), ...pieces, Buffer.from("--")],
    `multipart/byteranges; boundary="${boundary}"`,
    { status: 206, headers: whole.headers },
  );
}
