/** What is used of Node's `IncomingMessage`. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What is used of Node's `ServerResponse`. */
export interface NodeResponse {
  writeHead(
    status: number,
    headers: Record<string, string | string[]>,
  ): unknown;
  end(body?: Uint8Array): unknown;
}

/**
 * Makes a fetch-style handler one for Node's `http`, Express or Connect: `server.on("request", nodeHandler(handler))`. Put it before
 * whatever reads bodies.
 */
export function nodeHandler(
  handler: (request: Request) => Promise<Response>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    let request: Request;
    try {
      request = toRequest(incoming);
    } catch {
      // A host or a method that there is not.
      outgoing.writeHead(400, { connection: "close" });
      outgoing.end();
      return;
    }
    const answer = await handler(request);
    const { status, headers } = answer;
    const cookies = headers.getSetCookie();
    outgoing.writeHead(status, {
      ...Object.fromEntries(headers),
      ...(cookies[0] && { "set-cookie": cookies }),
      // What was not read must not be taken for the next request.
      ...(status > 399 && { connection: "close" }),
    });
    outgoing.end(new Uint8Array(await answer.arrayBuffer()));
  };
}

function toRequest(incoming: NodeRequest): Request {
  const { method = "GET", url = "/", headers: given } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(given))
    // Those of HTTP/2 that begin with a colon are no headers.
    if (value !== undefined && !name.startsWith(":"))
      for (const each of [value].flat()) headers.append(name, each);
  const host = given.host ?? given[":authority"];
  const parts = incoming[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Request(new URL(url, `http://${host as string}`), {
    method,
    headers,
    ...(!/^(GET|HEAD)$/.test(method) && { body, duplex: "half" }),
  } as RequestInit);
}
