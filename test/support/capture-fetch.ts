const original = globalThis.fetch;

/** One request that a tracker made, with the events that it carried. */
export interface Captured {
  url: string;
  events: { event: string; properties: Record<string, unknown> }[];
}

/** Takes requests in until the test ends; `next()` waits for one that no earlier call has returned. */
export function captureFetch(): {
  all: Captured[];
  next(): Promise<Captured>;
} {
  const all: Captured[] = [];
  const waiting: ((request: Captured) => void)[] = [];
  let taken = 0;
  globalThis.fetch = async (input, init) => {
    const body = new URLSearchParams(String(init?.body));
    const request = {
      url: String(input),
      events: JSON.parse(body.get("data") ?? "[]"),
    };
    all.push(request);
    if (waiting[0]) {
      taken++;
      waiting.shift()!(request);
    }
    return new Response('{"status":1}');
  };
  return {
    all,
    next: () =>
      all[taken]
        ? Promise.resolve(all[taken++]!)
        : new Promise((resolve) => waiting.push(resolve)),
  };
}

afterEach(() => {
  globalThis.fetch = original;
});
