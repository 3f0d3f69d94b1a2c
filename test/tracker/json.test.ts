import { expect } from "@open-wc/testing";
import type { Message } from "../../src/tracker/destination.js";
import { json } from "../../src/tracker/destinations/json.js";
import { catchError } from "../support/catch-error.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";

const ENDPOINT = "https://shop.test/events";
const TIME = "2026-11-22T10:15:00.000Z";
const SESSION = {
  id: "8a1b2c3d-0000-4000-8000-000000000004",
  index: 3,
  previousId: null,
  firstEventId: "aa1b2c3d-0000-4000-8000-000000000006",
  firstEventTime: "2026-11-22T10:00:00.000Z",
  eventIndex: 7,
};
const CART = { schema: "iglu:com.shop/cart/jsonschema/1-0-0" };

/** A message with all that a level could let through. */
const message = (details: Partial<Message> = {}) =>
  makeMessage("Order placed", {
    properties: { total: 5 },
    page: {
      url: "https://shop.test/done?order=7#top",
      title: "Done",
      referrer: "https://mail.test/u/alice",
    },
    who: {
      deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
      userId: "user-42",
      initialReferrer: "https://search.test/?q=kites",
      registered: { plan: "pro" },
    },
    before: "user-1",
    // Who keeps sessions has more to remember.
    session: { ...SESSION, last: START } as Message["session"],
    entities: [{ ...CART, data: { items: 3, userId: "user-42" } }],
    ...details,
  });

function send(messages: readonly Message[], options: object = {}) {
  const destination = json({ endpoint: ENDPOINT, ...options });
  return destination.deliver({
    route: "events",
    texts: messages.map((one) => destination.write(one)!.text),
    level: "full",
    serverAnonymity: false,
    now: START + 5,
  });
}

const eventsIn = (request: ReturnType<typeof send>) =>
  (JSON.parse(request.body!) as { events: Record<string, unknown>[] }).events;

describe("json()", () => {
  it("tells what happened, when, where and to whom", () => {
    const one = message({
      trueTime: START - 10,
      group: { key: "company", id: 1 },
    });
    const request = send([one]);
    expect([
      request.url,
      request.headers,
      JSON.parse(request.body!),
    ]).to.deep.equal([
      ENDPOINT,
      { "content-type": "application/json" },
      {
        sentAt: "2026-11-22T10:15:00.005Z",
        events: [
          {
            id: one.id,
            type: "track",
            name: "Order placed",
            properties: { total: 5 },
            time: TIME,
            trueTime: "2026-11-22T10:14:59.990Z",
            level: "full",
            serverAnonymity: false,
            page: one.page,
            view: one.view,
            anonymousId: one.who.deviceId,
            userId: "user-42",
            before: "user-1",
            initialReferrer: "https://search.test/?q=kites",
            registered: { plan: "pro" },
            session: SESSION,
            entities: one.entities,
            group: { key: "company", id: 1 },
          },
        ],
      },
    ]);
  });

  it("tells below full neither who it was, nor what addresses say of a visitor", () => {
    const events = (["session", "anonymous"] as const).flatMap((level) =>
      eventsIn(send([message({ level, serverAnonymity: true })])),
    );
    const one = message();
    const rest = {
      id: one.id,
      type: "track",
      name: "Order placed",
      properties: { total: 5 },
      time: TIME,
      serverAnonymity: true,
      page: {
        url: "https://shop.test/done",
        title: "Done",
        referrer: "https://mail.test",
      },
      view: one.view,
      anonymousId: one.who.deviceId,
      entities: [
        {
          ...CART,
          data: { items: 3, userId: "00000000-0000-0000-0000-000000000000" },
        },
      ],
    };
    expect(events).to.deep.equal([
      { ...rest, level: "session", session: SESSION },
      { ...rest, level: "anonymous" },
    ]);
  });

  it("leaves out what has no value", () => {
    const [event] = eventsIn(
      send([
        makeMessage("", { verb: "page", page: undefined, level: "anonymous" }),
      ]),
    );
    expect(Object.keys(event!)).to.deep.equal([
      "id",
      "type",
      "properties",
      "time",
      "level",
      "serverAnonymity",
      "view",
      "anonymousId",
    ]);
  });

  it("passes a decision on as it was recorded", () => {
    const decision = {
      choices: { analytics: "denied" },
      revision: "1",
      time: TIME,
      source: "user",
      action: "deny-all",
    } as const;
    const [event] = eventsIn(
      send([makeMessage("", { verb: "consent", decision })]),
    );
    expect([event!["type"], event!["decision"]]).to.deep.equal([
      "consent",
      decision,
    ]);
  });

  it("carries every text, in plain ASCII without line breaks", () => {
    const texts = [
      "kůň 🪁 \u2028",
      "lone \ud83e",
      'a "quote"\n\\',
      "</script>",
    ];
    const { body } = send(
      texts.map((text) => makeMessage(text, { properties: { [text]: text } })),
    );
    expect(body).to.match(/^[\x20-\x7e]+$/);
    expect(
      eventsIn({ url: "", body: body! }).map(({ name, properties }) => [
        name,
        properties,
      ]),
    ).to.deep.equal(texts.map((text) => [text, { [text]: text }]));
  });

  it("adds the site's headers, and says itself what it sends", () => {
    const headers = { "x-key": "1", "content-type": "text/plain" };
    expect(send([message()], { headers }).headers).to.deep.equal({
      "x-key": "1",
      "content-type": "application/json",
    });
  });

  it("goes to a path of the page's own site, in batches of the given size", () => {
    const { batchSize, needs } = json({ endpoint: "/events", batchSize: 3 });
    expect([
      send([message()], { endpoint: "/events" }).url,
      batchSize,
      needs,
      json({ endpoint: ENDPOINT }).batchSize,
    ]).to.deep.equal([`${location.origin}/events`, 3, ["session"], 50]);
  });

  const WRONG: [options: object, error: string][] = [
    [{}, 'RangeError: endpoint is ""'],
    [{ endpoint: "shop.test" }, 'RangeError: endpoint is "shop.test"'],
    [{ endpoint: "javascript:alert(1)" }, "RangeError: endpoint is"],
    [{ batchSize: 0 }, "RangeError: batchSize is 0"],
    [{ batchSize: 1001 }, "RangeError: batchSize is 1001"],
    [{ batchSize: 1.5 }, "RangeError: batchSize is 1.5"],
    [{ batchSize: "9" }, 'RangeError: batchSize is "9"'],
    [{ headers: { "": "1" } }, "TypeError: headers is"],
    [{ headers: "a: b" }, "TypeError: headers is"],
    [{ url: ENDPOINT }, 'TypeError: an option is ["url"]; write endpoint'],
  ];
  it("refuses options that cannot be", () => {
    const answers = WRONG.map(([options, error]) => {
      const given = {
        ...(Object.keys(options)[0] && { endpoint: ENDPOINT }),
        ...options,
      };
      const found = catchError(() => json(given as never));
      return [
        options,
        found.replace("consent-elements: ", "").slice(0, error.length),
      ];
    });
    expect(answers).to.deep.equal(WRONG);
  });
});
