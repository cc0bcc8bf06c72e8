// Which media types a request accepts, as CouchDB reads the `Accept` header.

/** No header accepts everything; a type that stands with `q=0` is not accepted, whatever else stands there. */
export function accepts(request: Request, type: string): boolean {
  const header = request.headers.get("accept") ?? "*/*";
  const wanted = header.split(",").map(readRange);
  const names = [type, `${type.split("/")[0] ?? ""}/*`];
  if (wanted.some(({ name, q }) => names.includes(name) && q === 0)) return false;
  return wanted.some(({ name, q }) => (name === "*/*" || names.includes(name)) && q > 0);
}

function readRange(text: string): { name: string; q: number } {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const q = parameters.find((each) => each.startsWith("q="))?.slice("q=".length);
  return { name, q: q === undefined ? 1 : Number(q) };
}

/** Whether the answer may be packed with gzip. */
export function acceptsGzip(request: Request): boolean {
  const wanted = (request.headers.get("accept-encoding") ?? "").split(",").map(readRange);
  return wanted.some(({ name, q }) => name === "gzip" && q > 0);
}
