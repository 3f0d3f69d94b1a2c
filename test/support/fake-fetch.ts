/** What a fake network does with a request: answers, never answers, or breaks the connection. */
export type Answer =
  | { status?: number; body?: string; headers?: Record<string, string> }
  | "hang"
  | "fail";

/** One request as it was made. */
export interface SentRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly keepalive: boolean;
  readonly credentials: string;
  readonly referrerPolicy: string;
  readonly signal: AbortSignal;
  /** Answers a request that hangs. */
  answer(answer: Answer): void;
}

/** A network that records requests. */
export interface FakeFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly requests: SentRequest[];
}

const TAKEN = '{"status":1,"error":null}';

/** Makes a network that gives `answers` in turn, and takes every request after them. */
export function fakeFetch(...answers: Answer[]): FakeFetch {
  const requests: SentRequest[] = [];
  const fetch = (input: RequestInfo | URL, init: RequestInit = {}) =>
    new Promise<Response>((resolve, reject) => {
      const signal = init.signal ?? new AbortController().signal;
      const answer = (given: Answer) => {
        if (given === "fail") reject(new TypeError("Failed to fetch"));
        else if (given !== "hang") {
          const { status = 200, body = TAKEN, headers = {} } = given;
          const response = new Response(body, { status, headers });
          // A stream takes tasks of its own; a promise is through within a turn.
          response.text = async () => body;
          resolve(response);
        }
      };
      signal.addEventListener("abort", () => {
        reject(new DOMException("The user aborted a request.", "AbortError"));
      });
      requests.push({
        url: new URL(`${input as string}`, location.href),
        method: init.method ?? "GET",
        headers: init.headers as Record<string, string>,
        body: init.body as string,
        keepalive: init.keepalive ?? false,
        credentials: init.credentials ?? "same-origin",
        referrerPolicy: init.referrerPolicy ?? "",
        signal,
        answer,
      });
      answer(answers.shift() ?? {});
    });
  return { fetch, requests };
}
