import { expect } from "@open-wc/testing";
import { findLeaks, type Capture } from "../../src/testing/index.js";
import { catchError } from "../support/catch-error.js";
import { mixpanelEvent, mixpanelPost, snowplowPost } from "../support/sent.js";

const TP2 = "https://c.shop.test/com.snowplowanalytics.snowplow/tp2";

/** What a request of a HAR file has. */
interface HarParts {
  method?: string;
  url: string;
  text?: string;
  params?: { name: string; value: string }[];
  headers?: Record<string, string>;
  cookies?: { name: string; value: string }[];
  setCookies?: string[];
  /** What the answer sets, taken apart. */
  answerCookies?: { name: string; value: string; expires?: string }[];
}

/** A HAR file as Playwright and developer tools write it. */
function har(...entries: HarParts[]): Capture {
  return {
    log: {
      entries: entries.map((parts) => {
        const { method = "GET", url, text, params, headers = {} } = parts;
        const postData = { mimeType: "", text, params };
        return {
          request: {
            method,
            url,
            headers: Object.entries(headers).map(([name, value]) => ({
              name,
              value,
            })),
            cookies: parts.cookies ?? [],
            ...((text ?? params) && { postData }),
          },
          response: {
            headers: (parts.setCookies ?? []).map((value) => ({
              name: "Set-Cookie",
              value,
            })),
            cookies: parts.answerCookies ?? [],
          },
        };
      }),
    },
  };
}

const found = (capture: Capture, level: "server" | "anonymous" | "off") =>
  findLeaks(capture, { level }).leaks.map(
    ({ where, what, request }) => `${request}: ${where}: ${what}`,
  );

describe("a capture", () => {
  it("may be a HAR file: headers, cookies, Set-Cookie and bodies are read", () => {
    const { body } = snowplowPost({ uid: "ada" });
    const capture = har({
      method: "POST",
      url: TP2,
      text: body as string,
      headers: { Cookie: "sp=uuid" },
      setCookies: ["a=", "sp=uuid; Path=/"],
    });
    expect(found(capture, "server")).to.deep.equal(
      [
        "request: no SP-Anonymous header",
        "header cookie: sp, the network user id",
        "set-cookie: sets sp",
        "event pv: uid",
      ].map((leak) => `#1 POST ${TP2}: ${leak}`),
    );
    expect(findLeaks(capture, { level: "server" }).events).to.equal(1);
  });

  it("may be a HAR file whose cookies and forms were taken apart", () => {
    const value = JSON.stringify([mixpanelEvent()]);
    const url = "https://api.mixpanel.com/track/?ip=0";
    const capture = har({
      method: "POST",
      url,
      params: [{ name: "data", value }],
      cookies: [{ name: "a", value: "b" }],
    });
    expect(found(capture, "anonymous")).to.deep.equal([
      "#1 POST https://api.mixpanel.com/track/: header cookie: cookies",
    ]);
    expect(findLeaks(capture, { level: "anonymous" }).events).to.equal(1);
  });

  it("holds in a HAR file what looks like a collector's, and the rest of its host unless pages come from there", () => {
    const accept = { accept: "text/html,*/*" };
    const page = { url: "https://shop.test/?q=1", headers: accept };
    const capture = har(
      page,
      { url: "https://shop.test/i?e=pv" },
      { url: "https://shop.test/kites.png" },
      { url: "https://api.mixpanel.com/engage/" },
      { url: "https://api.mixpanel.com/flags/" },
      {
        url: "https://own.test/path",
        method: "POST",
        text: `{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"}`,
      },
      { url: "https://other.test/" },
    );
    expect(
      findLeaks(capture, { level: "off" }).leaks.map(({ request }) => request),
    ).to.deep.equal([
      "#2 GET https://shop.test/i",
      "#4 GET https://api.mixpanel.com/engage/",
      "#5 GET https://api.mixpanel.com/flags/",
      "#6 POST https://own.test/path",
    ]);
  });

  it("reads in a HAR file the cookies of an answer that were taken apart", () => {
    const { body, headers } = snowplowPost();
    const capture = har({
      method: "POST",
      url: TP2,
      text: body as string,
      headers: headers as Record<string, string>,
      answerCookies: [
        { name: "gone", value: "x", expires: "2000-01-01T00:00:00.000Z" },
        { name: "sp", value: "uuid" },
      ],
    });
    expect(found(capture, "server")).to.deep.equal([
      `#1 POST ${TP2}: set-cookie: sets sp`,
    ]);
  });

  it("knows Mixpanel's other requests in a HAR file, and the shop's own pages from a collector", () => {
    const accept = { accept: "text/html,*/*" };
    const capture = har(
      { url: "https://proxy.test/flags/?context=%7B%7D&token=T" },
      { url: "https://other.test/record/?distinct_id=ada&replay_id=1" },
      { url: "https://shop.test/track", headers: accept },
      { url: "https://shop.test/groups?page=2", headers: accept },
      { url: "https://shop.test/flags/es.svg" },
      { url: "https://shop.test/record/?page=2" },
    );
    expect(
      findLeaks(capture, { level: "off" }).leaks.map(({ request }) => request),
    ).to.deep.equal([
      "#1 GET https://proxy.test/flags/",
      "#2 GET https://other.test/record/",
    ]);
  });

  it("is narrowed to the named endpoints", () => {
    const urls = [
      "https://c.test/mp/track",
      "https://c.test/mp",
      "https://c.test/mpx/track",
      "https://c.test.evil/mp/track",
      "https://d.test?x",
      "https://e.test/track",
    ];
    const capture = har(...urls.map((url) => ({ url })));
    const endpoint = ["https://c.test/mp/", "https://d.test"];
    expect(
      findLeaks(capture, { level: "off", endpoint }).leaks.map(
        ({ request }) => request,
      ),
    ).to.deep.equal([
      "#1 GET https://c.test/mp/track",
      "#2 GET https://c.test/mp",
      "#5 GET https://d.test",
    ]);
    for (const one of [
      "https://e.test",
      "https://E.test:443",
      "HTTPS://e.test/",
    ])
      expect(
        findLeaks(capture, { level: "off", endpoint: one }).leaks,
        one,
      ).to.have.lengthOf(1);
  });

  it("may be what the project's collector kept, under requests or alone", () => {
    const requests = [
      {
        method: "POST",
        path: "/track/",
        query: { ip: "1" },
        headers: { host: "127.0.0.1" },
        events: [{ name: "A", data: mixpanelEvent({ $user_id: "ada" }) }],
        response: { headers: { "set-cookie": "a=b" }, body: "1" },
      },
    ];
    const leaks = [
      "#1 POST /track/: url: ip=1, a place from the network address",
      "#1 POST /track/: set-cookie: sets a",
      "#1 POST /track/: event A: $user_id",
    ];
    expect(found(requests, "anonymous")).to.deep.equal(leaks);
    expect(found({ requests }, "anonymous")).to.deep.equal(leaks);
  });

  it("is not clean because the collector could not read it", () => {
    const entry = { headers: {}, events: [], response: null };
    const cut = { ...entry, method: "POST", path: "/track/", query: {} };
    const broken = {
      ...entry,
      method: "GET",
      path: "/track/",
      query: { data: "*" },
    };
    expect(found([cut, broken], "anonymous")).to.deep.equal([
      "#1 POST /track/: body: no content in the capture",
      "#2 GET /track/: body: a content that cannot be read",
    ]);
  });

  it("reads headers under any case, several of a name, and methods in small letters", () => {
    const request = mixpanelPost(undefined, {
      method: "post",
      headers: { COOKIE: ["a=b"], "x-nothing": undefined },
    });
    expect(found([request], "anonymous")).to.deep.equal([
      "#1 POST https://api.mixpanel.com/track/: header cookie: cookies",
    ]);
  });

  it("is refused when it is something else", () => {
    for (const wrong of [undefined, null, "[]", {}, { log: {} }, [7], [{}]])
      expect(
        catchError(() => findLeaks(wrong as Capture, { level: "off" })),
      ).to.match(/capture.* is .*; write /);
  });
});
