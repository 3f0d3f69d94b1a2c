import { expect } from "@open-wc/testing";
import { CMP_VISIBLE } from "../../src/cmp-visible.js";
import type { Call } from "../../src/tracker/destination.js";
import { snowplow } from "../../src/tracker/destinations/snowplow.js";
import { catchError } from "../support/catch-error.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { snowplowEvents } from "../support/snowplow-events.js";
import { scene } from "../support/tracker-scene.js";

const ENDPOINT = "https://c.shop.test";
const ORDER = "iglu:com.shop/order/jsonschema/1-0-0";

const make = (options: unknown) =>
  snowplow(options as Parameters<typeof snowplow>[0]);

const errorOf = (more: object) =>
  catchError(() => make({ endpoint: ENDPOINT, ...more })).replace(
    "consent-elements: ",
    "",
  );

describe("snowplow()", () => {
  it("writes for the collector and the application that it is given", () => {
    const destination = snowplow({
      endpoint: ENDPOINT,
      appId: "shop",
      namespace: "kites",
      method: "get",
      contexts: { session: true },
      schemas: { "Order placed": ORDER },
    });
    const { route, text } = destination.write(makeMessage("Order placed"))!;
    const request = destination.deliver({
      route,
      texts: [text],
      level: "full",
      serverAnonymity: false,
      now: START,
    });
    const [{ fields, entities, event }] = snowplowEvents(request) as [
      ReturnType<typeof snowplowEvents>[0],
    ];
    expect([
      request.url.split("?")[0],
      fields["aid"],
      fields["tna"],
      fields["p"],
      // The page view's entity stays, although another one was chosen.
      entities.length,
      event?.schema,
    ]).to.deep.equal([`${ENDPOINT}/i`, "shop", "kites", "web", 1, ORDER]);
  });

  it("stores nothing of where a visitor came from first, since it never tells", () => {
    const { toStore } = make({ endpoint: ENDPOINT });
    const who = { deviceId: "0a1b2c3d-0000-4000-8000-000000000001" };
    const stored = toStore!({ ...who, initialReferrer: "https://a.test/?q=1" });
    expect(stored).to.deep.equal({ ...who, initialReferrer: "" });
  });

  it("takes an option that is undefined for one that is not there", () => {
    const { batchSize, needs } = snowplow({
      endpoint: ENDPOINT,
      appId: undefined,
      method: undefined,
      contexts: undefined,
      encodeBase64: undefined,
      consent: undefined,
    });
    expect([batchSize, needs]).to.deep.equal([50, ["session"]]);
  });

  const MISPLACED: [options: object, error: string][] = [
    [
      { webPage: true },
      'TypeError: an option is ["webPage"]; write contexts: { webPage }',
    ],
    [
      { basis: "consent" },
      'TypeError: an option is ["basis"]; write consent: { basis }',
    ],
    [
      { contexts: { appId: "shop" } },
      'TypeError: an option in contexts is ["appId"]; write appId beside contexts, not in it',
    ],
    [
      { contexts: { domains: [] } },
      'TypeError: an option in contexts is ["domains"]; write consent: { domains }',
    ],
    [
      { consent: { session: true } },
      'TypeError: an option in consent is ["session"]; write contexts: { session }',
    ],
    [
      { contexts: { webpage: true } },
      'TypeError: an option in contexts is ["webpage"]; write webPage,session,browser',
    ],
    [
      { consent: { policy: "/privacy" } },
      'TypeError: an option in consent is ["policy"]; write url,basis,domains',
    ],
  ];
  it("says where an option belongs that is in the wrong place", () => {
    expect(
      MISPLACED.map(([options]) => [options, errorOf(options)]),
    ).to.deep.equal(MISPLACED);
  });

  // The privacy options of Snowplow's own trackers: which level counts is the tracker's to say, so none may be ignored.
  const FOREIGN = [
    { anonymousTracking: true },
    { userAnonymisation: true },
    { serverAnonymisation: true },
    { serverAnonymization: true },
    { sessionContext: false },
    { trackerConfig: { sessionContext: false, userAnonymisation: true } },
    { emitterConfig: { serverAnonymisation: true } },
    { stateStorageStrategy: "none" },
    { eventMethod: "get" },
  ];
  it("ignores no option that it does not know", () => {
    expect(
      FOREIGN.map((options) => errorOf(options).slice(0, 50)),
    ).to.deep.equal(
      FOREIGN.map((options) =>
        `TypeError: an option is ${JSON.stringify(Object.keys(options))}; write endpoint,appId`.slice(
          0,
          50,
        ),
      ),
    );
  });

  const WRONG: [options: object, error: string][] = [
    [{ endpoint: undefined }, 'RangeError: endpoint is ""'],
    [{ endpoint: null }, "TypeError: endpoint is null"],
    [{ endpoint: 5 }, "RangeError: endpoint is 5"],
    [{ endpoint: "c.shop.test" }, 'RangeError: endpoint is "c.shop.test"'],
    [{ endpoint: "ftp://c.shop.test" }, "RangeError: endpoint is"],
    [{ endpoint: "https://c.shop.test/?a" }, "RangeError: endpoint is"],
    [{ endpoint: "https://a:b@c.shop.test/" }, "RangeError: endpoint is"],
    [{ endpoint: "https://c.shop.test:port/" }, "RangeError: endpoint is"],
    [{ appId: "" }, "TypeError: appId is null"],
    [{ appId: 5 }, "RangeError: appId is 5"],
    [{ appId: "a".repeat(256) }, "RangeError: appId is"],
    [{ namespace: "a".repeat(129) }, "RangeError: namespace is"],
    [{ platform: "mobile" }, 'RangeError: platform is "mobile"'],
    [{ method: "GET" }, 'RangeError: method is "GET"; write post or get'],
    [{ postPath: "tp2" }, 'RangeError: postPath is "tp2"'],
    [{ credentials: "yes" }, 'RangeError: credentials is "yes"'],
    [{ contexts: true }, "TypeError: contexts is [true]"],
    [{ contexts: [] }, "TypeError: contexts is [[]]"],
    [{ contexts: { webPage: "no" } }, 'TypeError: webPage is ["no"]'],
    [{ encodeBase64: 1 }, "TypeError: encodeBase64 is [1]"],
    [{ schemas: { a: "com.shop/a" } }, "RangeError: the schema of a is"],
    [{ schemas: { a: null } }, "TypeError: the schema of a is null"],
    [{ customHeaders: { "a b": "1" } }, "TypeError: customHeaders is"],
    [{ customHeaders: { a: 1 } }, "TypeError: customHeaders is"],
    [{ customHeaders: { a: "é\n日" } }, "TypeError: customHeaders is"],
    [{ consent: true }, "TypeError: consent is [true]"],
    [{ consent: { basis: "tcf" } }, 'RangeError: consent.basis is "tcf"'],
    [{ consent: { url: "https://" } }, "RangeError: consent.url is"],
    [{ consent: { domains: [] } }, "TypeError: consent.domains is [[]]"],
    [{ consent: { domains: "shop.test" } }, "TypeError: consent.domains is"],
  ];
  it("refuses what no collector or pipeline would take", () => {
    expect(
      WRONG.map(([options, error]) => [
        options,
        errorOf(options).slice(0, error.length),
      ]),
    ).to.deep.equal(WRONG);
  });
});

describe("snowplow(), asked about a call", () => {
  const call = (details: Partial<Call>): Call => ({
    verb: "track",
    name: "a",
    json: "{}",
    time: START,
    page: undefined,
    level: "full",
    ...details,
  });
  const answer = (details: Partial<Call>) => {
    const destination = snowplow({
      endpoint: ENDPOINT,
      schemas: { "Order placed": ORDER },
    });
    return catchError(() => destination.check!(call(details))).replace(
      "consent-elements: ",
      "",
    );
  };
  const long = JSON.stringify({ text: "a".repeat(1000) });

  const TAKEN: Partial<Call>[] = [
    {},
    { json: '{"plan":"pro"}' },
    { name: CMP_VISIBLE, json: '{"elapsedTime":5}' },
    { name: "Order placed", json: long },
    { name: "a".repeat(1000) },
    { verb: "page", name: "" },
    { verb: "identify", name: "a".repeat(255) },
    { verb: "identify", name: "a".repeat(256), hash: true },
    { verb: "consent", name: "$opt_in", json: '{"a":1}' },
    { verb: "register", name: "", json: long },
    { entities: [{ schema: ORDER, data: {} }] },
  ];
  it("takes what Snowplow has a form for", () => {
    expect(TAKEN.map(answer)).to.deep.equal(TAKEN.map(() => "nothing"));
  });

  const REFUSED: [details: Partial<Call>, error: string][] = [
    [
      { verb: "profile", name: "set" },
      'TypeError: a destination is ["Snowplow, which has no profile"]; write track()',
    ],
    [
      { verb: "group", name: "set" },
      'TypeError: a destination is ["Snowplow, which has no group"]; write track()',
    ],
    [
      { verb: "alias" },
      'TypeError: a destination is ["Snowplow, which has no alias"]; write track()',
    ],
    [
      { verb: "page", name: "", json: '{"a":1}' },
      'TypeError: a page view is ["{\\"a\\":1}"]; write properties as an entity',
    ],
    [
      { verb: "identify", name: "a".repeat(256) },
      "RangeError: a user id's length is 256; write at most 255 characters",
    ],
    [
      { name: "iglu:com.shop/order" },
      `RangeError: an event's schema is "iglu:com.shop/order"; write iglu:vendor/name/jsonschema/1-0-0`,
    ],
    [
      { name: "a".repeat(1001) },
      `RangeError: the length of se_ac in "${"a".repeat(99)}" is 1001; write at most 1000 characters, or give the event a schema`,
    ],
    [
      { json: long },
      'RangeError: the length of se_pr in "a" is 1011; write at most 1000 characters, or give the event a schema',
    ],
    [
      { entities: [{ schema: "order", data: {} }] },
      `RangeError: an entity's schema is "order"; write iglu:vendor/name/jsonschema/1-0-0`,
    ],
    [
      { entities: [{ schema: ORDER, data: null as never }] },
      "TypeError: an entity's data is [null]; write an object",
    ],
  ];
  it("refuses what it has no form for, and says what to write instead", () => {
    expect(
      REFUSED.map(([details]) => [details, answer(details)]),
    ).to.deep.equal(REFUSED);
  });

  it("writes no event that what was registered makes too long", () => {
    const destination = snowplow({ endpoint: ENDPOINT });
    const who = {
      deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
      registered: { text: "a".repeat(1000) },
    };
    expect(() => destination.write(makeMessage("a", { who }))).to.throw(
      RangeError,
      "the length of se_pr",
    );
    const described = makeMessage(CMP_VISIBLE, { who });
    expect(destination.write(described)?.text).to.not.include("aaa");
  });

  it("check 15: has every decision told that lets something leave, once", async () => {
    const { consent, pass, requests } = scene({
      destination: snowplow({ endpoint: ENDPOINT }),
      whenDenied: "anonymous",
    });
    consent.set({ analytics: "anonymous" });
    consent.grantAll();
    await pass(1000);
    consent.denyAll();
    await pass(1000);
    consent.withdraw();
    await pass(1000);
    const told = requests.flatMap(({ url, body }) =>
      snowplowEvents({ url: url.href, body }).map(({ event, fields }) => [
        event?.data["eventType"],
        !!fields["duid"],
      ]),
    );
    expect(told.toSorted()).to.deep.equal([
      ["allow_all", true],
      ["allow_selected", false],
      ["deny_all", false],
      ["withdrawn", false],
    ]);
  });

  it("tells no decision where it is told not to", () => {
    const { decisions } = snowplow({ endpoint: ENDPOINT, consent: false });
    expect(decisions).to.equal(false);
  });
});
