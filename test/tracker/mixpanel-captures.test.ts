import { expect } from "@open-wc/testing";
import type {
  Destination,
  Identity,
  Message,
  Verb,
} from "../../src/tracker/destination.js";
import {
  mixpanel,
  type MixpanelOptions,
} from "../../src/tracker/destinations/mixpanel.js";
import { VERSION } from "../../src/version.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { entriesIn } from "../support/mixpanel-body.js";
import { sendTogether } from "../support/send-together.js";
import { stubProperty } from "../support/stub-property.js";
import {
  wireCapture,
  type CapturedEntry,
  type CapturedRequest,
} from "../support/wire-capture.js";

const TOKEN = "tok_demo_0001";
const NOW = START + 123;
const NOBODY: Identity = {
  deviceId: "00000000-0000-4000-8000-000000000001",
  initialReferrer: "",
};
const USER: Identity = { ...NOBODY, userId: "user-42" };
const ANONYMOUS_ID = `$device:${NOBODY.deviceId}`;

/** The browser and the page that the captures were made with. */
function captureSurroundings() {
  stubProperty(
    navigator,
    "userAgent",
    () =>
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
  );
  stubProperty(screen, "height", () => 720);
  stubProperty(screen, "width", () => 1280);
}

/** A message on the page of the captures. */
function say(verb: Verb, name: string, details: Partial<Message> = {}) {
  return makeMessage(name, {
    verb,
    time: NOW,
    page: { url: "http://page.test/", title: "Demo page", referrer: "" },
    id: "5e0f1c2d-0000-4000-8000-00000000000a",
    who: NOBODY,
    ...details,
  });
}
const identify = say("identify", "user-42", {
  who: USER,
  before: ANONYMOUS_ID,
});

/** What a placeholder of the captures stands for, as this library may write it. */
const FORMATS: Record<string, (value: unknown) => boolean> = {
  "<16 base36 chars>": (value) => /^[A-Za-z0-9-]{1,36}$/.test(`${value}`),
  "<epoch seconds, 3 decimals>": (value) => value === NOW / 1000,
  "<epoch ms>": (value) => value === `${NOW}`,
};

/** Tells how `ours` differs from `theirs`, field by field; nothing where values, or formats, are equal. */
function differences(
  theirs: Record<string, unknown>,
  ours: Record<string, unknown>,
): string[] {
  return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap(
    (field) => {
      if (!(field in ours)) return [`${field}: only theirs`];
      if (!(field in theirs)) return [`${field}: only ours`];
      const format = FORMATS[theirs[field] as string];
      const equal = format
        ? format(ours[field])
        : JSON.stringify(ours[field]) === JSON.stringify(theirs[field]);
      return equal ? [] : [`${field}: ${JSON.stringify(ours[field])}`];
    },
  );
}

const flat = ({ properties, ...rest }: CapturedEntry) => ({
  ...rest,
  ...properties,
});
const listOf = ({ body }: CapturedRequest) =>
  (Array.isArray(body) ? body : [body]) as CapturedEntry[];
const kindOf = (entry: CapturedEntry) =>
  entry.event ??
  Object.keys(entry).find((key) => /^\$(set|add|un|re|app|del)/.test(key))!;
const formatOf = (body = "") => (body.startsWith("data=[") ? "json" : "base64");

/** Sends `messages` to Mixpanel, and tells how the requests differ from those of the capture. */
async function compare(
  capture: string,
  messages: readonly Message[],
  options: Partial<MixpanelOptions> = {},
): Promise<string[]> {
  captureSurroundings();
  const captured = await wireCapture(capture);
  const destination: Destination = mixpanel({
    token: TOKEN,
    format: "base64",
    ...options,
  });
  const requests = sendTogether(destination, messages, NOW);
  const found = new Set<string>();
  const tell = (where: string, list: readonly string[]) => {
    for (const line of list) found.add(`${where} ${line}`);
  };
  for (const route of ["/track/", "/engage/", "/groups/"]) {
    const theirs = captured.filter(({ path }) => path === route);
    const ours = requests.filter(({ url }) => new URL(url).pathname === route);
    for (const { url, method = "POST", headers, body } of ours) {
      const first = theirs[0];
      if (!first) {
        tell(route, ["only ours"]);
        continue;
      }
      tell(route, [
        ...differences(
          first.query,
          Object.fromEntries(new URL(url).searchParams),
        ),
        ...differences(
          {
            method: first.method,
            "content-type": first.headers["content-type"],
            encoding: first.encoding,
          },
          { method, ...headers, encoding: formatOf(body) },
        ),
      ]);
    }
    // Each of theirs beside the one of ours of its kind that is most like it.
    const rest = ours.flatMap(entriesIn) as CapturedEntry[];
    const their = theirs.flatMap(listOf);
    const order = (list: CapturedEntry[]) =>
      list.flatMap(({ event }) => event ?? []).join();
    if (order(their) !== order(rest)) tell(route, ["another order"]);
    const beside = (entry: CapturedEntry) =>
      rest
        .filter((own) => kindOf(own) === kindOf(entry))
        .map((own) => ({ own, lines: differences(flat(entry), flat(own)) }))
        .toSorted((a, b) => a.lines.length - b.lines.length)[0];
    const distance = (entry: CapturedEntry) =>
      beside(entry)?.lines.length ?? Infinity;
    for (const entry of their.toSorted((a, b) => distance(a) - distance(b))) {
      const best = beside(entry);
      if (best) rest.splice(rest.indexOf(best.own), 1);
      tell(best ? route : kindOf(entry), best?.lines ?? ["only theirs"]);
    }
    for (const entry of rest) tell(kindOf(entry), ["only ours"]);
  }
  return [...found];
}

/** In every event: it says whose it is. */
const OWN = [
  '/track/ mp_lib: "consent-elements"',
  `/track/ $lib_version: "${VERSION}"`,
  `/track/ mp_sent_by_lib_version: "${VERSION}"`,
];
/** What the SDK writes at `identify()` on its own account. */
const FIRST_TOUCH = "$set_once only theirs";
/** Requests with one event each: this library's always say how they want their answer. */
const ALONE = [
  "/track/ verbose: only ours",
  ...OWN.slice(0, 2),
  "/track/ mp_sent_by_lib_version: only ours",
];
const decision = {
  choices: { necessary: "granted", analytics: "granted", ads: "denied" },
  revision: "2026-11",
  time: "2026-11-22T10:15:00.000Z",
  source: "user",
  action: "save",
} as const;
const PROOF = [
  "/track/ consent_version: only ours",
  "/track/ consent_purposes: only ours",
];
const profile = (name: string, properties: Message["properties"] = {}) =>
  say("profile", name, { who: USER, properties });

const CAPTURES: [
  string,
  string,
  readonly Message[],
  readonly string[],
  Partial<MixpanelOptions>?,
][] = [
  [
    "events in base64",
    "01-track-batched-base64",
    [
      say("track", "A", { properties: { n: 1 } }),
      say("track", "B"),
      // This library cuts no text.
      say("track", "C", { properties: { s: "x".repeat(255) } }),
    ],
    OWN,
  ],
  [
    "events in JSON",
    "02-track-batched-json",
    [say("track", "A", { properties: { n: 1 } }), say("track", "B")],
    OWN,
    { format: "json" },
  ],
  [
    "a single event",
    "03-track-unbatched",
    [say("track", "A", { properties: { n: 1 } })],
    ALONE,
  ],
  [
    "a visitor who gets a name",
    "07-identify",
    [say("track", "before"), identify, say("track", "after", { who: USER })],
    [...OWN, FIRST_TOUCH],
  ],
  [
    "everything that can be done with a profile",
    "09-people-after-identify",
    [
      identify,
      profile("set", { name: "N" }),
      profile("setOnce", { first: "1" }),
      profile("add", { logins: 2 }),
      profile("append", { list: "x" }),
      profile("union", { u: "a" }),
      profile("unset", { gone: true }),
      profile("remove", { list: "y" }),
    ],
    [...OWN, FIRST_TOUCH],
  ],
  [
    "an alias",
    "11-alias",
    [
      say("alias", "new-id", { before: ANONYMOUS_ID }),
      say("identify", "new-id", {
        who: { ...NOBODY, userId: "new-id" },
        before: ANONYMOUS_ID,
      }),
      say("track", "A"),
    ],
    [...OWN, FIRST_TOUCH],
  ],
  [
    "a group",
    "12-group",
    [
      identify,
      say("track", "A", {
        who: { ...USER, registered: { company: ["c1"] } },
      }),
      profile("set", { company: ["c1"] }),
      say("group", "set", {
        group: { key: "company", id: "c1" },
        properties: { plan: "x" },
      }),
    ],
    [...OWN, FIRST_TOUCH],
  ],
  [
    "a page view",
    "13-pageview",
    [say("page", "", { properties: { p: 1 } })],
    OWN,
  ],
  [
    "a grant, but that it tells what was granted",
    "20-opt-in-default",
    [say("consent", "$opt_in", { decision })],
    [...ALONE, ...PROOF],
  ],
  [
    "a grant with a name and properties of the site's own",
    "21-opt-in-custom",
    [
      say("consent", "User opted in", {
        decision,
        properties: { via: "banner" },
      }),
    ],
    [...ALONE, ...PROOF],
  ],
  [
    "a grant with registered and denied properties",
    "22-opt-in-super-props",
    [
      say("consent", "$opt_in", {
        decision,
        who: { ...NOBODY, registered: { plan: "pro" } },
        properties: { via: "banner", ok: 1 },
      }),
    ],
    [...ALONE, ...PROOF],
    { propertyDenylist: ["$browser", "$os", "$current_url", "via"] },
  ],
  [
    "a user's deletion",
    "25-opt-out-identified-unbatched",
    [identify, profile("delete"), profile("set", { $transactions: [] })],
    [...ALONE, FIRST_TOUCH, "/engage/ verbose: only ours"],
  ],
  [
    "a site that keeps the network address to itself",
    "30-ip-false",
    [identify, say("track", "A", { who: USER }), profile("set", { a: 1 })],
    [...OWN, FIRST_TOUCH],
    { ip: false },
  ],
  [
    "denied properties, but that an event can be told from others and a profile has none of them",
    "31-property-blacklist",
    [
      say("track", "A", {
        who: { ...NOBODY, registered: { plan: "pro" } },
        properties: { secret: 1, ok: 1 },
      }),
      identify,
      profile("set", { $browser: "me", secret: 1 }),
    ],
    [
      '/track/ ip: "0"',
      ...OWN,
      "/track/ $insert_id: only ours",
      "/track/ token: only ours",
      '/engage/ ip: "0"',
      '/engage/ $set: {"$browser_version":156}',
      "/engage/ $device_id: only theirs",
      FIRST_TOUCH,
    ],
    {
      propertyDenylist: [
        "$browser",
        "$os",
        "$current_url",
        "$device_id",
        "distinct_id",
        "secret",
        "plan",
      ],
    },
  ],
];

describe("Mixpanel's wire format beside real requests", () => {
  for (const [what, capture, messages, expected, options] of CAPTURES)
    it(`is the same for ${what} (${capture.slice(0, 2)})`, async () => {
      const found = await compare(capture, messages, options);
      expect(found.toSorted()).to.deep.equal(expected.toSorted());
    });
});
