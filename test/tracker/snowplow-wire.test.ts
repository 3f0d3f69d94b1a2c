import { expect } from "@open-wc/testing";
import type { Message } from "../../src/tracker/destination.js";
import {
  wire,
  type SnowplowOptions,
} from "../../src/tracker/destinations/snowplow-wire.js";
import type { Level } from "../../src/tracker/level.js";
import { VERSION } from "../../src/version.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import {
  shapeOf,
  snowplowCapture,
  snowplowEvents,
} from "../support/snowplow-events.js";
import { stubProperty } from "../support/stub-property.js";

const CORE = "iglu:com.snowplowanalytics.snowplow";
const CLICK = `${CORE}/link_click/jsonschema/1-0-1`;
const DEVICE = "0a1b2c3d-0000-4000-8000-000000000001";
const TAB = "7a1b2c3d-0000-4000-8000-000000000003";
const NULL_UUID = "00000000-0000-0000-0000-000000000000";
const SESSION = {
  id: "8a1b2c3d-0000-4000-8000-000000000004",
  index: 3,
  previousId: "9a1b2c3d-0000-4000-8000-000000000005",
  firstEventId: "aa1b2c3d-0000-4000-8000-000000000006",
  firstEventTime: "2026-11-22T10:00:00.000Z",
  eventIndex: 7,
};
const CONTEXTS = { webPage: true, session: true, browser: true };
const ENDPOINT = "https://c.shop.test";

/** A message with all that a level could let through. */
const message = (name: string, details: Partial<Message> = {}) =>
  makeMessage(name, {
    session: SESSION,
    tab: TAB,
    who: { deviceId: DEVICE, userId: "user-42" },
    ...details,
  });

/** The request that `messages` of one level make. */
function send(
  messages: readonly Message[],
  options: Partial<SnowplowOptions> = {},
) {
  const destination = wire({ endpoint: ENDPOINT, ...options });
  const items = messages.map((each) => destination.write(each)!);
  const [{ level, serverAnonymity }] = messages as [Message];
  return destination.deliver({
    route: items[0]!.route,
    texts: items.map(({ text }) => text),
    level,
    serverAnonymity,
    now: START + 5,
  });
}

const sendOne = (one: Message, options?: Partial<SnowplowOptions>) =>
  snowplowEvents(send([one], options))[0]!;

/** A page view, a structured and a self-describing event. */
const KINDS = (details: Partial<Message>) => [
  message("", { verb: "page", ...details }),
  message("add", {
    properties: { category: "cart", label: "l", property: "p", value: 3 },
    ...details,
  }),
  message(CLICK, {
    properties: { targetUrl: "https://www.shop.test/x" },
    ...details,
  }),
];

describe("Snowplow's wire format, field by field", () => {
  const EVERY =
    "aid cd cookie cs ds dtm e eid lang p res stm tna tv tz url vp".split(" ");
  const OF_A_KIND = [
    ["page"],
    ["se_ac", "se_ca", "se_la", "se_pr", "se_va"],
    ["ue"],
  ];
  const OF_A_LEVEL = {
    full: ["duid", "sid", "uid", "vid"],
    session: ["sid", "vid"],
    anonymous: [],
  };
  const ENTITIES = {
    full: ["browser_context", "client_session", "web_page"],
    session: ["browser_context", "client_session", "web_page"],
    anonymous: ["browser_context", "web_page"],
  };

  for (const method of ["post", "get"] as const)
    for (const serverAnonymity of [false, true])
      for (const level of ["full", "session", "anonymous"] as const)
        it(`has exactly its fields at the level ${level}, by ${method}, ${serverAnonymity ? "with" : "without"} server anonymity`, () => {
          const requests = KINDS({ level, serverAnonymity }).map((one) =>
            send([one], { method, contexts: CONTEXTS, appId: "shop" }),
          );
          expect(
            requests.map((request) => snowplowEvents(request)[0]!.names),
          ).to.deep.equal(
            OF_A_KIND.map((more) =>
              [
                ...EVERY,
                ...OF_A_LEVEL[level],
                ...more.map((name) =>
                  name === "ue"
                    ? method === "post"
                      ? "ue_pr"
                      : "ue_px"
                    : name,
                ),
                method === "post" ? "co" : "cx",
              ].toSorted(),
            ),
          );
          for (const request of requests) {
            const [{ entities }] = snowplowEvents(request) as [
              ReturnType<typeof sendOne>,
            ];
            expect(
              entities.map(({ schema }) => schema.split("/")[1]).toSorted(),
            ).to.deep.equal(ENTITIES[level]);
            expect([request.method ?? "POST", request.headers]).to.deep.equal([
              method.toUpperCase(),
              {
                ...(method === "post" && {
                  "content-type": "application/json; charset=UTF-8",
                }),
                ...(serverAnonymity && { "SP-Anonymous": "*" }),
              },
            ]);
          }
        });

  const CAPTURES: [string, Level, boolean, "post" | "get"][] = [
    ["snowplow-levels/full-post", "full", false, "post"],
    ["snowplow-levels/full-get", "full", false, "get"],
    ["snowplow-levels/anon-session", "session", false, "post"],
    ["snowplow-levels/anon-server-session", "session", true, "post"],
    ["snowplow-levels/anon-true", "anonymous", false, "post"],
    ["snowplow-wire/anon-true-get", "anonymous", false, "get"],
    ["snowplow-wire/anon-server", "anonymous", true, "post"],
    ["snowplow-levels/anon-server-get", "anonymous", true, "get"],
  ];
  for (const [file, level, serverAnonymity, method] of CAPTURES)
    it(`has the fields that the real tracker sent (${file})`, async () => {
      const theirs = await snowplowCapture(file);
      const ours = KINDS({ level, serverAnonymity }).map((one) =>
        shapeOf(sendOne(one, { method, contexts: CONTEXTS, appId: "shop" })),
      );
      // A field of Chromium's alone; the captures are Chromium's.
      const inThisBrowser = JSON.parse(
        JSON.stringify(theirs, (_, value: unknown) =>
          Array.isArray(value) && !("deviceMemory" in navigator)
            ? value.filter((name) => name !== "deviceMemory")
            : value,
        ),
      ) as typeof theirs;
      expect(ours).to.deep.equal(inThisBrowser);
    });

  it("says what the browser, the page and the visitor are", () => {
    stubProperty(document, "characterSet", () => "UTF-8");
    stubProperty(navigator, "language", () => "cs-CZ");
    stubProperty(navigator, "cookieEnabled", () => false);
    stubProperty(screen, "width", () => 1280);
    stubProperty(screen, "height", () => 720);
    stubProperty(screen, "colorDepth", () => 24);
    stubProperty(globalThis, "innerWidth", () => 640);
    stubProperty(globalThis, "innerHeight", () => 480);
    stubProperty(document.documentElement, "scrollWidth", () => 640);
    stubProperty(document.documentElement, "scrollHeight", () => 3016);
    const one = message("", {
      verb: "page",
      page: {
        url: "https://shop.test/kites?q=1#top",
        title: "Kites",
        referrer: "https://search.test/?q=kites",
      },
      trueTime: START - 10,
    });
    const { fields } = sendOne(one, { appId: "shop", platform: "mob" });
    expect(fields).to.deep.equal({
      e: "pv",
      page: "Kites",
      eid: one.id,
      tv: `consent-elements-${VERSION}`,
      tna: "sp",
      aid: "shop",
      p: "mob",
      cookie: "0",
      cs: "UTF-8",
      lang: "cs-CZ",
      res: "1280x720",
      cd: "24",
      vp: "640x480",
      ds: "640x3016",
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      dtm: `${START}`,
      ttm: `${START - 10}`,
      stm: `${START + 5}`,
      url: "https://shop.test/kites?q=1#top",
      refr: "https://search.test/?q=kites",
      sid: SESSION.id,
      vid: "3",
      duid: DEVICE,
      uid: "user-42",
    });
  });

  it("tells below full neither who it was, nor what addresses say of a visitor", () => {
    const page = {
      url: "https://shop.test:8443/account?token=secret#inbox",
      title: "Shop",
      referrer: "https://mail.test/u/alice?subject=private#top",
    };
    const answers = (["session", "anonymous"] as const).map((level) => {
      const one = message("", { verb: "page", level, page });
      const request = send([one], { contexts: CONTEXTS });
      const { url, refr } = snowplowEvents(request)[0]!.fields;
      const text = JSON.stringify(request);
      return [
        url,
        refr,
        [DEVICE, TAB, "user-42", SESSION.previousId, "secret", "alice"].filter(
          (secret) => text.includes(secret),
        ),
        text.includes(SESSION.id),
      ];
    });
    const rest = ["https://shop.test:8443/account", "https://mail.test"];
    expect(answers).to.deep.equal([
      [...rest, [], true],
      [...rest, [], false],
    ]);
  });

  it("describes view, browser and session in entities", () => {
    document.documentElement.lang = "a-language-tag-beyond-20-characters";
    const one = message("a");
    const known = (level: Level) =>
      sendOne({ ...one, level }, { contexts: CONTEXTS }).entities.map(
        ({ schema, data }) => {
          const { tabId, documentLanguage } = data;
          return schema.includes("/browser_context/")
            ? { schema, tabId, documentLanguage }
            : { schema, data };
        },
      );
    const view = {
      schema: `${CORE}/web_page/jsonschema/1-0-0`,
      data: { id: one.view },
    };
    const browser = (tabId: string | null) => ({
      schema: `${CORE}/browser_context/jsonschema/2-0-0`,
      tabId,
      documentLanguage: "a-language-tag-beyon",
    });
    const session = (userId: string, previousSessionId: string | null) => ({
      schema: `${CORE}/client_session/jsonschema/1-0-2`,
      data: {
        userId,
        sessionId: SESSION.id,
        eventIndex: 7,
        sessionIndex: 3,
        previousSessionId,
        storageMechanism: "LOCAL_STORAGE",
        firstEventId: SESSION.firstEventId,
        firstEventTimestamp: SESSION.firstEventTime,
      },
    });
    expect([known("full"), known("session"), known("anonymous")]).to.deep.equal(
      [
        [view, browser(TAB), session(DEVICE, SESSION.previousId)],
        [view, browser(null), session(NULL_UUID, null)],
        [view, browser(null)],
      ],
    );
    document.documentElement.removeAttribute("lang");
  });

  it("has of entities only the page view unless asked, and none if told so", () => {
    const shape = (contexts?: SnowplowOptions["contexts"]) => {
      const { names, entities } = sendOne(message("a"), {
        ...(contexts && { contexts }),
      });
      return [names.includes("co"), entities.length];
    };
    expect([shape(), shape({ webPage: false })]).to.deep.equal([
      [true, 1],
      [false, 0],
    ]);
  });

  it("asks for what it sends: sessions, and for the browser's entity the tab", () => {
    const { needs } = wire({ endpoint: ENDPOINT });
    const more = wire({
      endpoint: ENDPOINT,
      contexts: { browser: true },
    });
    expect([needs, more.needs]).to.deep.equal([
      ["session"],
      ["session", "tab"],
    ]);
  });
});

describe("Snowplow's wire format, request by request", () => {
  it("posts what it has in one payload, and says the time of sending", () => {
    const request = send([message("a"), message("b")]);
    const { schema, data } = JSON.parse(request.body!) as {
      schema: string;
      data: { se_ac: string; stm: string }[];
    };
    expect([
      request.url,
      schema,
      data.map(({ se_ac, stm }) => [se_ac, stm]),
    ]).to.deep.equal([
      `${ENDPOINT}/com.snowplowanalytics.snowplow/tp2`,
      `${CORE}/payload_data/jsonschema/1-0-4`,
      [
        ["a", `${START + 5}`],
        ["b", `${START + 5}`],
      ],
    ]);
  });

  it("gets one event at a time", () => {
    const most = (method: "post" | "get") =>
      wire({ endpoint: ENDPOINT, method }).batchSize;
    const { url, body } = send([message("a b+c&d")], { method: "get" });
    expect([
      most("post"),
      most("get"),
      new URL(url).pathname,
      url.includes("se_ac=a%20b%2Bc%26d"),
      body,
    ]).to.deep.equal([50, 1, "/i", true, undefined]);
  });

  it("goes where the site says", () => {
    const urls = [
      { endpoint: "https://c.shop.test/" },
      { endpoint: "https://c.shop.test/sp/", postPath: "/in" },
      { endpoint: "/collect" },
      { endpoint: "/collect", method: "get" as const },
    ].map((options) => send([message("a")], options).url.split("?")[0]);
    expect(urls).to.deep.equal([
      "https://c.shop.test/com.snowplowanalytics.snowplow/tp2",
      "https://c.shop.test/sp/in",
      `${location.origin}/collect/com.snowplowanalytics.snowplow/tp2`,
      `${location.origin}/collect/i`,
    ]);
  });

  it("writes JSON in base64 or plainly, as told, or as the method has it", () => {
    const column = (options: Partial<SnowplowOptions>) =>
      sendOne(message(CLICK), options).names.filter((name) =>
        /^(c[ox]|ue_p.)$/.test(name),
      );
    expect([
      column({}),
      column({ method: "get" }),
      column({ encodeBase64: true }),
      column({ method: "get", encodeBase64: false }),
    ]).to.deep.equal([
      ["co", "ue_pr"],
      ["cx", "ue_px"],
      ["cx", "ue_px"],
      ["co", "ue_pr"],
    ]);
  });

  it("shows the collector its cookie only where the site asks for it and the address may be known", () => {
    const credentials = (
      serverAnonymity: boolean,
      options?: Partial<SnowplowOptions>,
    ) => send([message("a", { serverAnonymity })], options).credentials;
    expect([
      credentials(false),
      credentials(false, { credentials: "include" }),
      credentials(true, { credentials: "include" }),
    ]).to.deep.equal(["omit", "include", "omit"]);
  });

  it("adds the site's headers, but for the one that asks for anonymity", () => {
    const customHeaders = { "x-a": "1", "SP-Anonymous": "no" };
    expect(
      send([message("a", { serverAnonymity: true })], {
        method: "get",
        customHeaders,
      }).headers,
    ).to.deep.equal({ "x-a": "1", "SP-Anonymous": "*" });
  });

  const TEXTS = [
    "žluťoučký kůň 🪁 風 کایت",
    "a&b=c+d%20e%zz;f",
    "quotes \" ' ` and \\ and </script>",
    "line\nbreak\r\n\ttab\u0000\u007f\u2028\u2029",
    "lone \ud83e surrogate",
    "{}",
  ];
  for (const method of ["post", "get"] as const)
    it(`carries every text by ${method}, in plain ASCII without line breaks`, () => {
      const found = TEXTS.map((text) => {
        const one = message(CLICK, {
          properties: { text, [text]: {} },
          entities: [{ schema: CLICK, data: { text } }],
          page: { url: "https://shop.test/", title: text, referrer: "" },
          who: { deviceId: DEVICE, userId: text },
        });
        const request = send([one], { method });
        const { event, entities, fields } = snowplowEvents(request)[0]!;
        expect(request.body ?? request.url).to.match(/^[\x20-\x7f]+$/);
        // An address cannot hold half a character; JSON can.
        const uid =
          method === "get" ? text.replace("\ud83e s", "\ufffd s") : text;
        return [event?.data, entities[1]?.data, fields["uid"] === uid];
      });
      expect(found).to.deep.equal(
        TEXTS.map((text) => [{ text, [text]: {} }, { text }, true]),
      );
    });

  it("writes the same text for a message each time", () => {
    const { write } = wire({ endpoint: ENDPOINT, contexts: CONTEXTS });
    const one = message("a");
    expect(write(one)).to.deep.equal(write(one));
  });
});

describe("What Snowplow makes of calls", () => {
  const STRUCTURED: [
    properties: Record<string, unknown>,
    columns: Record<string, string>,
  ][] = [
    [{}, { se_ca: "event" }],
    [
      { category: "cart", label: "Kite", property: "red", value: 2.5 },
      { se_ca: "cart", se_la: "Kite", se_pr: "red", se_va: "2.5" },
    ],
    [{ value: 0 }, { se_ca: "event", se_va: "0" }],
    [{ category: "", label: "" }, { se_ca: "event" }],
    [{ a: {} }, { se_ca: "event", se_pr: '{"a":{}}' }],
    [
      { property: "red", plan: "pro", n: [1] },
      { se_ca: "event", se_pr: '{"property":"red","plan":"pro","n":[1]}' },
    ],
    [
      { category: 1, label: null, value: "2", property: { x: 1 } },
      {
        se_ca: "event",
        se_pr: '{"category":1,"label":null,"value":"2","property":{"x":1}}',
      },
    ],
    [{ property: 5 }, { se_ca: "event", se_pr: '{"property":5}' }],
  ];
  it("puts properties into the columns of a structured event, and what has no column into one as JSON", () => {
    const answers = STRUCTURED.map(([properties]) => {
      const { fields } = sendOne(message("add", { properties }));
      const { e, se_ac } = fields;
      return [
        properties,
        Object.fromEntries(
          Object.entries(fields).filter(([name]) =>
            /^se_(ca|la|pr|va)$/.test(name),
          ),
        ),
        e,
        se_ac,
      ];
    });
    expect(answers).to.deep.equal(
      STRUCTURED.map(([properties, columns]) => [
        properties,
        columns,
        "se",
        "add",
      ]),
    );
  });

  it("adds what was registered to structured events alone", () => {
    const who = {
      deviceId: DEVICE,
      registered: { plan: "pro", category: "shop" },
    };
    const { fields } = sendOne(message("a", { who, properties: { n: 1 } }));
    const { event } = sendOne(message(CLICK, { who, properties: { n: 1 } }));
    expect([fields["se_ca"], fields["se_pr"], event?.data]).to.deep.equal([
      "shop",
      '{"plan":"pro","n":1}',
      { n: 1 },
    ]);
  });

  it("describes an event by the schema that is its name, or that the site gave the name", () => {
    const schemas = { "Order placed": "iglu:com.shop/order/jsonschema/1-0-0" };
    const answers = [CLICK, "Order placed", "constructor"].map((name) => {
      const one = message(name, { properties: { n: 1 } });
      const { fields, event } = sendOne(one, { schemas });
      return [fields["e"], event?.schema, event?.data];
    });
    expect(answers).to.deep.equal([
      ["ue", CLICK, { n: 1 }],
      ["ue", schemas["Order placed"], { n: 1 }],
      ["se", undefined, undefined],
    ]);
  });

  it("sends nothing for what is no event", () => {
    const { write } = wire({ endpoint: ENDPOINT, consent: false });
    expect(
      (["identify", "alias", "profile", "group", "consent"] as const).map(
        (verb) => write(message("set", { verb })),
      ),
    ).to.deep.equal([undefined, undefined, undefined, undefined, undefined]);
  });

  it("takes the caller's entities along, below full without what lasts", () => {
    const entities = [
      {
        schema: "iglu:com.shop/cart/jsonschema/1-0-0",
        data: { items: 3, email: "a@shop.test", owner: { userId: "42" } },
      },
      {
        schema: `${CORE}/client_session/jsonschema/1-0-2`,
        data: { userId: DEVICE, sessionId: SESSION.id },
      },
    ];
    const found = (["full", "session", "anonymous"] as const).map((level) =>
      sendOne(message("a", { level, entities }), {
        contexts: { webPage: false },
      }).entities.map(({ data }) => data),
    );
    expect(found).to.deep.equal([
      entities.map(({ data }) => data),
      [
        { items: 3, owner: { userId: NULL_UUID } },
        { userId: NULL_UUID, sessionId: SESSION.id },
      ],
      [{ items: 3, owner: { userId: NULL_UUID } }],
    ]);
  });
});

describe("What Snowplow hears of decisions", () => {
  const decision = {
    revision: "2026-11",
    time: "2026-11-22T10:15:00.000Z",
    source: "user",
    action: "save",
    choices: {},
  } as const;
  const tell = (
    details: Partial<NonNullable<Message["decision"]>> | undefined,
    consent?: SnowplowOptions["consent"],
  ) =>
    sendOne(
      message("", {
        verb: "consent",
        level: "anonymous",
        page: {
          url: "https://www.shop.test:8443/a?q=1#b",
          title: "",
          referrer: "",
        },
        decision: details && { ...decision, ...details },
      }),
      consent === undefined ? {} : { consent },
    );

  const DECISIONS: [
    choices: Record<string, "granted" | "denied" | "anonymous">,
    action: string,
    eventType: string,
    scopes: string[],
  ][] = [
    [{ a: "granted", b: "granted" }, "grant-all", "allow_all", ["a", "b"]],
    [{ a: "granted", b: "granted" }, "save", "allow_all", ["a", "b"]],
    [{ a: "granted", b: "denied" }, "save", "allow_selected", ["a"]],
    [{ a: "anonymous", b: "denied" }, "save", "allow_selected", []],
    [{ a: "anonymous", b: "granted" }, "set", "allow_selected", ["b"]],
    [{ a: "denied", b: "denied" }, "deny-all", "deny_all", []],
    [{ a: "denied", b: "denied" }, "save", "deny_all", []],
    [{ a: "denied", b: "denied" }, "withdraw", "withdrawn", []],
    [{}, "set", "deny_all", []],
    [{ necessary: "granted" }, "import", "allow_all", []],
  ];
  it("names the decision, and what it allows beside the necessary", () => {
    const answers = DECISIONS.map(([choices, action]) => {
      const { event } = tell({ choices, action });
      const { eventType, consentScopes } = event!.data;
      return [choices, action, eventType, consentScopes];
    });
    expect(answers).to.deep.equal(
      DECISIONS.map(([choices, action, type, scopes]) => [
        choices,
        action,
        type,
        ["necessary", ...scopes],
      ]),
    );
  });

  it("says which question was answered, where, and on what grounds", () => {
    const { fields, event } = tell({ choices: { a: "denied" } });
    expect([fields["e"], event]).to.deep.equal([
      "ue",
      {
        schema: `${CORE}/consent_preferences/jsonschema/1-0-0`,
        data: {
          eventType: "deny_all",
          basisForProcessing: "consent",
          consentUrl: "https://www.shop.test:8443/a",
          consentVersion: "2026-11",
          consentScopes: ["necessary"],
          domainsApplied: ["www.shop.test"],
        },
      },
    ]);
  });

  it("says it in the site's own words where it has some", () => {
    const { event } = tell(
      {},
      {
        url: "/privacy",
        basis: "legitimate_interests",
        domains: ["shop.test", "shop.example"],
      },
    );
    const { consentUrl, basisForProcessing, domainsApplied } = event!.data;
    expect([consentUrl, basisForProcessing, domainsApplied]).to.deep.equal([
      `${location.origin}/privacy`,
      "legitimate_interests",
      ["shop.test", "shop.example"],
    ]);
  });

  it("takes a decision that is there no more for one that has expired", () => {
    const { eventType, consentScopes, consentVersion } =
      tell(undefined).event!.data;
    expect([eventType, consentScopes, consentVersion]).to.deep.equal([
      "expired",
      ["necessary"],
      "",
    ]);
  });

  it("refuses a revision that the schema has no room for", () => {
    const sixteen = "2026-11-22-draft";
    expect(tell({ revision: sixteen }).event!.data["consentVersion"]).to.equal(
      sixteen,
    );
    expect(() => tell({ revision: `${sixteen}s` })).to.throw(
      RangeError,
      "over 16 characters",
    );
  });
});
