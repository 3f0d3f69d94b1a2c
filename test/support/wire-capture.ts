/** A request of the real mixpanel-browser, as `test/fixtures/mixpanel-wire/` keeps it. */
export interface CapturedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  /** What `body` was decoded from. */
  readonly encoding: "base64" | "json";
  readonly body: CapturedEntry | readonly CapturedEntry[];
}

/** An event or a profile update of the real mixpanel-browser. */
export type CapturedEntry = Record<string, unknown> & {
  readonly event?: string;
  readonly properties?: Record<string, unknown>;
};

/** Reads the requests of one capture. */
export async function wireCapture(name: string): Promise<CapturedRequest[]> {
  const url = new URL(
    `../fixtures/mixpanel-wire/${name}.json`,
    import.meta.url,
  );
  const { requests } = (await (await fetch(url)).json()) as {
    requests: CapturedRequest[];
  };
  return requests;
}
