// Ways between device and centre that go wrong as real ones do.
import type { Way } from "./test-device.ts";

export const straight: Way = (request, next) => next(request);

const isTo = (request: Request, part: string) => request.url.includes(part);

/** The centre does what it was asked, and the answer is lost on the way back. */
export const answerLost =
  (part: string): Way =>
  async (request, next) => {
    const answer = await next(request);
    if (!isTo(request, part)) return answer;
    await answer.body?.cancel();
    throw new TypeError("fetch failed");
  };

/** Something else answers in the centre's place. */
export const answeredBy =
  (part: string, answer: () => Response): Way =>
  (request, next) =>
    isTo(request, part) ? Promise.resolve(answer()) : next(request);

export const html =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response("<html><body>Đăng nhập Wi-Fi</body></html>", {
      status,
      headers: { "content-type": "text/html", date: new Date(0).toUTCString(), ...headers },
    });

export const couchError =
  (status: number, error: string, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify({ error, reason: error }), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });

/** The request gets no answer, ever, and heeds no abort. */
export const silence =
  (part: string): Way =>
  (request, next) =>
    isTo(request, part) ? new Promise(() => undefined) : next(request);

/** The answer breaks off in the middle. */
export const cutInHalf =
  (part: string): Way =>
  async (request, next) => {
    const answer = await next(request);
    if (!isTo(request, part)) return answer;
    const text = await answer.text();
    return new Response(text.slice(0, text.length / 2), { headers: answer.headers, status: answer.status });
  };
