import { expect } from "@open-wc/testing";
import type { Call, Message } from "../../src/tracker/destination.js";
import { mixpanel } from "../../src/tracker/destinations/mixpanel.js";
import { catchError } from "../support/catch-error.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { entriesIn } from "../support/mixpanel-body.js";
import { sendTogether } from "../support/send-together.js";

const make = (options: unknown) =>
  mixpanel(options as Parameters<typeof mixpanel>[0]);
const send = (options: unknown, ...messages: Message[]) =>
  sendTogether(
    make(options),
    messages[0] ? messages : [makeMessage("a")],
    START,
  );

describe("mixpanel()", () => {
  it("writes for the project that it is given", () => {
    const [request] = send({ token: "tok_demo_0001" });
    expect([
      entriesIn(request!)[0]?.properties?.token,
      request!.url,
    ]).to.deep.equal([
      "tok_demo_0001",
      `https://api.mixpanel.com/track/?verbose=1&ip=1&_=${START}`,
    ]);
  });

  const WHO = {
    deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
    initialReferrer: "https://search.test/find?q=kites",
    registered: { plan: "pro", secret: "s" },
  };
  for (const [propertyDenylist, initialReferrer] of [
    [["secret"], WHO.initialReferrer],
    [["secret", "$initial_referrer"], "https://search.test"],
    [["secret", "$initial_referrer", "$initial_referring_domain"], ""],
  ] as const)
    it(`stores nothing of a visitor that is denied: ${propertyDenylist}`, () => {
      const { toStore } = make({ token: "t", propertyDenylist });
      expect(toStore!(WHO)).to.deep.equal({
        ...WHO,
        initialReferrer,
        registered: { plan: "pro" },
      });
    });

  it("takes an option that is undefined for one that is not there", () => {
    const [request] = send({
      token: "tok_demo_0001",
      endpoint: undefined,
      ip: undefined,
      format: undefined,
      propertyDenylist: undefined,
    });
    expect([
      /^https:\/\/api\.mixpanel\.com\/track\/\?.*ip=1/.test(request!.url),
      request!.body!.startsWith("data=[{"),
    ]).to.deep.equal([true, true]);
  });

  const ENDPOINTS: [string, string][] = [
    ["https://api-eu.mixpanel.com", "https://api-eu.mixpanel.com/track/"],
    ["https://api-eu.mixpanel.com/", "https://api-eu.mixpanel.com/track/"],
    ["https://shop.test/mp", "https://shop.test/mp/track/"],
    ["https://shop.test:8443/mp/", "https://shop.test:8443/mp/track/"],
    ["/mp", `${location.origin}/mp/track/`],
  ];
  it("sends to the endpoint that it is given, a path of the site's own too", () => {
    const answers = ENDPOINTS.map(([endpoint]) => {
      const [request] = send({ token: "t", endpoint });
      return [endpoint, request!.url.split("?")[0]];
    });
    expect(answers).to.deep.equal(ENDPOINTS);
  });

  const TEXTS = [
    "plain",
    "žluťoučký kůň 🪁 風 کایت",
    "a%20b+c/d=e&f",
    "\ud83e",
  ];
  it("writes base64 of JSON in UTF-8 where that is wanted", () => {
    const [request] = send(
      { token: "t", format: "base64" },
      ...TEXTS.map((text) => makeMessage(text, { properties: { text } })),
    );
    const arrived = entriesIn(request!).map(({ event, properties }) => [
      event,
      properties?.text,
    ]);
    expect([
      arrived,
      /^data=(?:\w|%2B|%2F|%3D)+$/.test(request!.body!),
    ]).to.deep.equal([TEXTS.map((text) => [text, text]), true]);
  });

  it("writes JSON as it stands, in ASCII, but for what means something in a form", () => {
    const all = [...TEXTS, "50 % off; a+b=c & d\u007f", "\"{[<'`\\\n"];
    const [request] = send(
      { token: "t" },
      ...all.map((text) => makeMessage(text, { properties: { text } })),
    );
    const { body = "" } = request!;
    const arrived = entriesIn(request!).map(({ event, properties }) => [
      event,
      properties?.text,
    ]);
    expect([
      arrived,
      body.includes('"text":"a%2520b%2Bc/d=e%26f"'),
      /^data=(?:%[\dA-F]{2}|[!-~])+$/.test(body),
      // Fields are parted by `&`, once also by `;`, and a `+` is a space.
      /[&;+]/.test(body),
    ]).to.deep.equal([all.map((text) => [text, text]), true, true, false]);
  });

  const who = {
    deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
    userId: "user-42",
    registered: { secret: "registered", kept: "registered" },
  };
  const own = { secret: "own", other: "own" };
  it("sends nothing that is denied: no event's, no profile's, no group's", () => {
    const messages = [
      makeMessage("a", { who, properties: own }),
      makeMessage("", { verb: "page", who, properties: own }),
      makeMessage("$opt_in", { verb: "consent", who, properties: own }),
      ...["set", "setOnce", "add", "append", "remove", "union"].flatMap(
        (name) => [
          makeMessage(name, { verb: "profile", who, properties: own }),
          makeMessage(name, {
            verb: "group",
            group: { key: "company", id: "c1" },
            properties: own,
          }),
        ],
      ),
    ];
    const options = {
      token: "t",
      propertyDenylist: ["secret", "$os", "$device_id", "$current_url"],
    };
    const bodies = send(options, ...messages).map(entriesIn);
    const text = JSON.stringify(bodies);
    expect([
      bodies.map(({ length }) => length),
      /secret|\$os|\$device_id|\$current_url/.test(text),
      text.split('"other"').length - 1,
      text.includes('"kept":"registered"'),
      text.includes('"$user_id":"user-42"'),
    ]).to.deep.equal([[3, 6, 6], false, 15, true, true]);
  });

  it("leaves a request out when all that it would say is denied", () => {
    const options = { token: "t", propertyDenylist: ["secret"] };
    const properties = { secret: 1 };
    expect(
      send(options, makeMessage("setOnce", { verb: "profile", properties })),
    ).to.deep.equal([]);
  });

  it("takes denied properties out of a profile all the same", () => {
    const options = { token: "t", propertyDenylist: ["secret"] };
    const [request] = send(
      options,
      makeMessage("unset", {
        verb: "profile",
        properties: { secret: true },
      }),
    );
    expect(entriesIn(request!)[0]!.$unset).to.deep.equal(["secret"]);
  });

  const ADDRESS: [string[], string][] = [
    [[], "1"],
    [["secret"], "1"],
    [["distinct_id"], "0"],
    [["$device_id"], "0"],
    [["secret", "$user_id"], "0"],
  ];
  it("keeps the network address from Mixpanel when an id is denied, since an id would be made of it", () => {
    const answers = ADDRESS.map(([propertyDenylist]) => {
      const requests = send(
        { token: "t", propertyDenylist },
        makeMessage("a"),
        makeMessage("set", { verb: "profile", who }),
        makeMessage("delete", {
          verb: "group",
          group: { key: "company", id: "c1" },
        }),
      );
      const ips = requests.map(({ url }) =>
        new URL(url).searchParams.get("ip"),
      );
      return [propertyDenylist, ips.length === 3 && [...new Set(ips)].join()];
    });
    expect(answers).to.deep.equal(ADDRESS);
  });

  it("keeps the list that it was given, whatever becomes of it", () => {
    const propertyDenylist = ["secret"];
    const destination = mixpanel({ token: "t", propertyDenylist });
    propertyDenylist.length = 0;
    const [request] = sendTogether(
      destination,
      [makeMessage("a", { properties: { secret: 1 } })],
      START,
    );
    expect(entriesIn(request!)[0]!.properties).not.to.have.property("secret");
  });

  it("refuses at the call what Mixpanel would not take", () => {
    const call = { verb: "identify", name: "null", json: "{}" } as Call;
    const { check } = mixpanel({ token: "t" });
    expect(catchError(() => check!(call))).to.match(/^RangeError: .*; write /);
  });

  const REFUSED: [string, unknown, RegExp][] = [
    [
      "no options",
      undefined,
      /^TypeError: consent-elements: token is null; write a text$/,
    ],
    [
      "no token",
      { ip: false },
      /^TypeError: consent-elements: token is null; write a text$/,
    ],
    [
      "an empty token",
      { token: "" },
      /^TypeError: consent-elements: token is null; write a text$/,
    ],
    [
      "a token that is no text",
      { token: 7 },
      /^TypeError: consent-elements: token is \[7\]; write a text$/,
    ],
    [
      "an option that it does not know",
      { token: "t", api_host: "x" },
      /^TypeError: consent-elements: an option is \["api_host"\]; write token,endpoint,ip,format,propertyDenylist$/,
    ],
    [
      "an endpoint that is no address",
      { token: "t", endpoint: "https://" },
      /^RangeError: consent-elements: endpoint is "https:\/\/"; write https:\/\/api\.mixpanel\.com$/,
    ],
    [
      "a token with a space",
      { token: " t" },
      /^RangeError: consent-elements: token is " t"; write the token of a Mixpanel project$/,
    ],
    [
      "a token that is a list",
      { token: ["t"] },
      /^TypeError: consent-elements: token is \[\["t"\]\]; write a text$/,
    ],
    [
      "an endpoint of another scheme",
      { token: "t", endpoint: "ftp://shop.test" },
      /^RangeError: consent-elements: endpoint is "ftp:/,
    ],
    [
      "an endpoint without a scheme",
      { token: "t", endpoint: "api.mixpanel.com" },
      /^RangeError: consent-elements: endpoint is "api/,
    ],
    [
      "an endpoint with a query",
      { token: "t", endpoint: "https://shop.test/?a=b" },
      /^RangeError: consent-elements: endpoint is /,
    ],
    [
      "an endpoint that is no text",
      { token: "t", endpoint: new URL("https://shop.test") },
      /^TypeError: consent-elements: endpoint is /,
    ],
    [
      "a word for ip",
      { token: "t", ip: "false" },
      /^RangeError: consent-elements: ip is "false"; write true or false$/,
    ],
    [
      "no answer for ip",
      { token: "t", ip: null },
      /^TypeError: consent-elements: ip is null; write true or false$/,
    ],
    [
      "a format that Mixpanel does not read",
      { token: "t", format: "xml" },
      /^RangeError: consent-elements: format is "xml"; write json or base64$/,
    ],
    [
      "a denylist without the project",
      { token: "t", propertyDenylist: ["a", "token"] },
      /^RangeError: consent-elements: a name in propertyDenylist is "token"; write /,
    ],
    [
      "a denylist without what tells events apart",
      { token: "t", propertyDenylist: ["$insert_id"] },
      /^RangeError: consent-elements: a name in propertyDenylist is "\$insert_id"; write /,
    ],
    ...["secret", null, ["secret", 7], [""]].map(
      (propertyDenylist): [string, unknown, RegExp] => [
        `a denylist that is ${JSON.stringify(propertyDenylist)}`,
        { token: "t", propertyDenylist },
        /^TypeError: consent-elements: propertyDenylist is \[.*; write a list of texts$/,
      ],
    ),
    [
      "an empty endpoint",
      { token: "t", endpoint: "" },
      /^(Type|Range)Error: consent-elements: endpoint is .*; write /,
    ],
  ];
  for (const [name, options, message] of REFUSED)
    it(`refuses ${name}, and says what to write`, () => {
      expect(catchError(() => make(options))).to.match(message);
    });
});
