import { expect } from "@open-wc/testing";
import { mixpanelWire } from "../../src/tracker/destinations/mixpanel-wire.js";
import type { Message, Verb } from "../../src/tracker/destination.js";
import type { Tracker } from "../../src/tracker/tracker.js";
import { VERSION } from "../../src/version.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { entriesIn } from "../support/mixpanel-body.js";
import { scene } from "../support/tracker-scene.js";
import { stubProperty } from "../support/stub-property.js";
import {
  wireCapture,
  type CapturedEntry,
  type CapturedRequest,
} from "../support/wire-capture.js";

const TOKEN = "tok_demo_0001";
const LINUX_CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/** The browser and the page that the captures were made with. */
function captureSurroundings() {
  stubProperty(navigator, "userAgent", () => LINUX_CHROME);
  stubProperty(screen, "height", () => 720);
  stubProperty(screen, "width", () => 1280);
  stubProperty(document, "URL", () => "http://page.test/");
  stubProperty(document, "title", () => "Demo page");
  stubProperty(document, "referrer", () => "");
}

/** What a placeholder of the captures stands for, as this library may write it. */
const FORMATS: Record<string, (value: unknown) => boolean> = {
  "<16 base36 chars>": (value) => /^[A-Za-z0-9-]{1,36}$/.test(`${value}`),
  "<epoch seconds, 3 decimals>": (value) =>
    typeof value === "number" && value === (START + 123) / 1000,
  "<epoch ms>": (value) => value === `${START + 123}`,
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
      return equal ? [] : [`${field}: ${String(ours[field])}`];
    },
  );
}

const listOf = ({ body }: CapturedRequest) =>
  (Array.isArray(body) ? body : [body]) as CapturedEntry[];
const kindOf = (entry: CapturedEntry) =>
  entry.event ??
  Object.keys(entry).find((key) => /^\$(set|add|un|re|app|del)/.test(key));

/** Runs `calls` on a tracker to Mixpanel, and tells how its requests differ from those of the capture. */
async function compare(
  capture: string,
  calls: (tracker: Tracker) => void,
  options: { ip?: boolean; mode?: "opt-in" } = {},
): Promise<string[]> {
  captureSurroundings();
  const captured = await wireCapture(capture);
  const { ip = true, mode = "opt-out" } = options;
  const { tracker, time, pass, requests, name } = scene({
    store: { mode },
    destination: mixpanelWire({ token: TOKEN, ip }),
    flushInterval: 0,
  });
  // The id that the captures have.
  localStorage.setItem(
    name,
    '{"deviceId":"00000000-0000-4000-8000-000000000001","initialReferrer":""}',
  );
  await time.advance(123);
  calls(tracker);
  await pass();

  const found = new Set<string>();
  const tell = (where: string, list: readonly string[]) => {
    for (const line of list) found.add(`${where} ${line}`);
  };
  for (const route of ["/track/", "/engage/"]) {
    const theirs = captured.filter(({ path }) => path === route);
    const ours = requests.filter(({ url }) => url.pathname === route);
    for (const request of ours) {
      tell(route, [
        ...differences(
          theirs[0]!.query,
          Object.fromEntries(request.url.searchParams),
        ),
        ...differences(
          {
            method: theirs[0]!.method,
            "content-type": theirs[0]!.headers["content-type"],
          },
          { method: request.method, ...request.headers },
        ),
      ]);
    }
    const their = theirs.flatMap(listOf);
    const our = ours.flatMap(entriesIn) as CapturedEntry[];
    const kinds = our.map(kindOf);
    for (const entry of their) {
      const kind = kindOf(entry)!;
      const i = kinds.indexOf(kind);
      const mine = our[i];
      if (!mine) {
        tell(kind, ["only theirs"]);
        continue;
      }
      kinds[i] = undefined;
      const { properties = {}, ...rest } = entry;
      const { properties: own = {}, ...others } = mine;
      tell(route, differences(rest, others));
      tell("event", differences(properties, own));
    }
    for (const kind of kinds) if (kind) tell(kind, ["only ours"]);
  }
  // The same order, where the receiver can see one.
  const order = (list: (string | undefined)[]) => list.join();
  const theirs = captured.filter(({ path }) => path === "/track/");
  if (
    order(theirs.flatMap(listOf).map(kindOf)) !==
    order(
      requests
        .filter(({ url }) => url.pathname === "/track/")
        .flatMap((request) => entriesIn(request).map(({ event }) => event)),
    )
  )
    found.add("another order");
  return [...found];
}

/** In every event: it says whose it is. */
const OWN = [
  "event mp_lib: consent-elements",
  `event $lib_version: ${VERSION}`,
  `event mp_sent_by_lib_version: ${VERSION}`,
];

describe("Mixpanel's wire format beside real requests", () => {
  it("is the same for events (02)", async () => {
    expect(
      await compare("02-track-batched-json", (tracker) => {
        tracker.track("A", { n: 1 });
        tracker.track("B");
      }),
    ).to.deep.equal(OWN);
  });

  it("is the same for a visitor who gets a name (07)", async () => {
    expect(
      await compare("07-identify", (tracker) => {
        tracker.track("before");
        tracker.identify("user-42");
        tracker.track("after");
      }),
    ).to.deep.equal([...OWN, "$set_once only theirs"]);
  });

  it("is the same for a profile's properties (09)", async () => {
    expect(
      await compare("09-people-after-identify", (tracker) => {
        tracker.identify("user-42");
        tracker.set({ name: "N" });
      }),
    ).to.deep.equal([
      ...OWN,
      "$set_once only theirs",
      "$unset only theirs",
      "$remove only theirs",
      "$add only theirs",
      "$union only theirs",
      "$append only theirs",
    ]);
  });

  it("is the same for a page view (13)", async () => {
    expect(
      await compare("13-pageview", (tracker) => tracker.page({ p: 1 })),
    ).to.deep.equal(OWN);
  });

  it("is the same for a grant, but that it may share a request (20)", async () => {
    expect(
      await compare("20-opt-in-default", (tracker) => tracker.optIn(), {
        mode: "opt-in",
      }),
    ).to.deep.equal([
      "/track/ verbose: only ours",
      "event mp_lib: consent-elements",
      `event $lib_version: ${VERSION}`,
      "event mp_sent_by_lib_version: only ours",
    ]);
  });

  it("is the same without the network address (30)", async () => {
    expect(
      await compare(
        "30-ip-false",
        (tracker) => {
          tracker.identify("user-42");
          tracker.track("A");
          tracker.set({ a: 1 });
        },
        { ip: false },
      ),
    ).to.deep.equal([...OWN, "$set_once only theirs"]);
  });
});

describe("Mixpanel's wire format", () => {
  const wire = mixpanelWire({ token: TOKEN });
  const deliver = (messages: Message[], destination = wire) =>
    destination.deliver(messages, START);
  const properties = (message: Message, destination = wire) =>
    entriesIn(deliver([message], destination))[0]!.properties!;

  it("asks for an answer, says the time and leaves cookies at home", () => {
    const { url, headers, credentials } = deliver([makeMessage("a")]);
    expect([url, headers, credentials]).to.deep.equal([
      `https://api.mixpanel.com/track/?verbose=1&ip=1&_=${START}`,
      { "content-type": "application/x-www-form-urlencoded" },
      "omit",
    ]);
  });

  it("sends profile updates to a door of their own", () => {
    const who = {
      deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
      userId: "user-42",
    };
    stubProperty(navigator, "userAgent", () => LINUX_CHROME);
    const request = deliver([
      makeMessage("", { verb: "set", who, properties: { plan: "pro" } }),
    ]);
    expect([request.url, entriesIn(request)]).to.deep.equal([
      `https://api.mixpanel.com/engage/?verbose=1&ip=1&_=${START}`,
      [
        {
          $set: {
            $os: "Linux",
            $browser: "Chrome",
            $browser_version: 156,
            plan: "pro",
          },
          $token: TOKEN,
          $distinct_id: "user-42",
          $device_id: who.deviceId,
          $user_id: "user-42",
        },
      ],
    ]);
  });

  it("takes at most fifty messages at a time", () => {
    expect(wire.batchSize).to.equal(50);
  });

  const IP: [boolean, "full" | "anonymous", string][] = [
    [true, "full", "1"],
    [false, "full", "0"],
    [true, "anonymous", "0"],
    [false, "anonymous", "0"],
  ];
  it("lets Mixpanel look at the network address only of who is known, and only if the site wants it", () => {
    const answers = IP.map(([ip, level]) => {
      const destination = mixpanelWire({ token: TOKEN, ip });
      const { url } = deliver([makeMessage("a", { level })], destination);
      return [ip, level, new URL(url).searchParams.get("ip")];
    });
    expect(answers).to.deep.equal(IP);
  });

  it("says in an anonymous event no more than what happened, when and on which page", () => {
    const message = makeMessage("a", {
      level: "anonymous",
      properties: { n: 1 },
      page: {
        url: "https://shop.test:8443/account?token=secret#inbox",
        title: "Alice's account",
        referrer: "https://mail.test/u/alice?subject=private#top",
      },
    });
    expect(properties(message)).to.deep.equal({
      $current_url: "https://shop.test:8443/account",
      $referrer: "https://mail.test",
      mp_lib: "consent-elements",
      $lib_version: VERSION,
      $insert_id: "id-of-a",
      time: START / 1000,
      distinct_id: "$device:0a1b2c3d-0000-4000-8000-000000000001",
      $device_id: "0a1b2c3d-0000-4000-8000-000000000001",
      n: 1,
      token: TOKEN,
      mp_sent_by_lib_version: VERSION,
    });
  });

  it("says in an anonymous page view the path alone", () => {
    const message = makeMessage("", {
      verb: "page",
      level: "anonymous",
      page: {
        url: "https://shop.test/account/?token=secret#inbox",
        title: "Account",
        referrer: "",
      },
    });
    const text = JSON.stringify(properties(message));
    expect([
      /secret|inbox|\$os|\$browser|\$screen|initial/.test(text),
      text.includes('"$current_url":"https://shop.test/account/"'),
      text.includes('"current_url_path":"/account/"'),
      text.includes("$referrer"),
    ]).to.deep.equal([false, true, true, false]);
  });

  it("says where the visitor came from, now and at first", () => {
    const message = makeMessage("a", {
      page: {
        url: "https://shop.test/?utm_source=news#top",
        title: "Shop",
        referrer: "https://mail.test:8443/inbox?q=1",
      },
      who: {
        deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
        initialReferrer: "https://search.test/kites?q=2",
      },
    });
    const {
      $current_url,
      $referrer,
      $referring_domain,
      $initial_referrer,
      $initial_referring_domain,
    } = properties(message);
    expect([
      $current_url,
      $referrer,
      $referring_domain,
      $initial_referrer,
      $initial_referring_domain,
    ]).to.deep.equal([
      "https://shop.test/?utm_source=news#top",
      "https://mail.test:8443/inbox?q=1",
      "mail.test",
      "https://search.test/kites?q=2",
      "search.test",
    ]);
  });

  const PAGES: [string, string, string, string][] = [
    ["https://shop.test/", "shop.test", "/", "https:"],
    [
      "https://shop.test:8443/a/b.html?c=/d#/e",
      "shop.test",
      "/a/b.html",
      "https:",
    ],
    ["http://127.0.0.1:8000/a//b/", "127.0.0.1", "/a//b/", "http:"],
    ["https://[::1]:8443/a#b?c", "[::1]", "/a", "https:"],
    ["file:///kites/index.html", "", "/kites/index.html", "file:"],
  ];
  it("takes a page's address apart as Mixpanel does", () => {
    const answers = PAGES.map(([url]) => {
      const page = { url, title: "T", referrer: "" };
      const { current_domain, current_url_path, current_url_protocol } =
        properties(makeMessage("", { verb: "page", page }));
      return [url, current_domain, current_url_path, current_url_protocol];
    });
    expect(answers).to.deep.equal(PAGES);
  });

  const NAMES: [Verb, string, string][] = [
    ["track", "Signed up", "Signed up"],
    ["page", "", "$mp_web_page_view"],
    ["identify", "user-42", "$identify"],
    ["track", "identify", "identify"],
  ];
  it("gives each kind of event Mixpanel's name", () => {
    const answers = NAMES.map(([verb, name]) => [
      verb,
      name,
      entriesIn(deliver([makeMessage(name, { verb })]))[0]?.event,
    ]);
    expect(answers).to.deep.equal(NAMES);
  });

  it("puts own properties over registered ones, and the project's token over both", () => {
    const message = makeMessage("a", {
      who: {
        deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
        registered: { a: "registered", b: "registered", token: "other" },
      },
      properties: { b: "own", token: "other" },
    });
    const { a, b, token } = properties(message);
    expect([a, b, token]).to.deep.equal(["registered", "own", TOKEN]);
  });

  it("writes the same body for a message at each attempt", () => {
    const message = makeMessage("a");
    expect(wire.deliver([message], 1).body).to.equal(
      wire.deliver([message], 2).body,
    );
  });

  it("writes an event where there is no document", () => {
    expect(properties(makeMessage("a", { page: undefined }))).to.include({
      $current_url: "",
      $initial_referrer: "$direct",
    });
  });

  const TEXTS = [
    "žluťoučký kůň 🪁 風 کایت",
    "a&b=c+d%20e%zz;f",
    "quotes \" ' ` and \\ and </script>",
    "line\nbreak\r\n\ttab\u0000\u2028\u2029",
    "lone \ud83e surrogate",
    "é".repeat(50_000),
    " ",
    "+",
  ];
  it("carries every text through the form, in plain ASCII", () => {
    const message = makeMessage(TEXTS[0]!, {
      properties: Object.fromEntries(TEXTS.map((text) => [text, [text]])),
      who: {
        deviceId: "0a1b2c3d-0000-4000-8000-000000000001",
        userId: TEXTS[1]!,
      },
    });
    const request = deliver([message]);
    const [entry] = entriesIn(request);
    const arrived = TEXTS.map((text) => entry?.properties?.[text]);
    expect([entry?.event, entry?.properties?.distinct_id]).to.deep.equal([
      TEXTS[0],
      TEXTS[1],
    ]);
    expect(arrived).to.deep.equal(TEXTS.map((text) => [text]));
    // So that its length is its size.
    expect(/^[\x20-\x7e]+$/.test(request.body)).to.equal(true);
  });

  const ANSWERS: [string, boolean][] = [
    ['{"status":1,"error":null}', false],
    ['{"status": 1}', false],
    ['{"status":0,"error":"token, missing or empty"}', true],
    ['{"error":"some data points invalid","status": 0}', true],
    ['{"status":\n 0}', true],
    ['{"code":200,"status":"OK"}', false],
    ["1", false],
    ["", false],
    ["<html>200 OK</html>", false],
  ];
  it("reads from an answer whether the events were taken", () => {
    expect(
      ANSWERS.map(([answer]) => [answer, wire.complaint(answer) !== ""]),
    ).to.deep.equal(ANSWERS);
    expect(wire.complaint('{"status":0,"error":"why"}')).to.include("why");
  });
});

describe("the names of browsers and systems, in Mixpanel's words", () => {
  const DESKTOP = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0";
  const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
  const AGENTS: [
    string,
    string | undefined,
    string | undefined,
    number | undefined,
  ][] = [
    [
      `Mozilla/5.0 (X11; Linux x86_64) ${DESKTOP} Safari/537.36`,
      "Linux",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36`,
      "Linux",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${DESKTOP} Safari/537.36`,
      "Windows",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${DESKTOP} Safari/537.36`,
      "Mac OS X",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${DESKTOP} Safari/537.36`,
      "Chrome OS",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${DESKTOP} Mobile Safari/537.36`,
      "Android",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/156.0.0.0 Mobile Safari/537.36`,
      "Android",
      "Chrome",
      156,
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${DESKTOP} Safari/537.36 Edg/155.1.0.0`,
      "Windows",
      "Microsoft Edge",
      155.1,
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${DESKTOP} Safari/537.36 OPR/121.0.0.0`,
      "Windows",
      "Opera",
      121,
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.1 Chrome/130.0.0.0 Mobile Safari/537.36`,
      "Android",
      "Samsung Internet",
      28.1,
    ],
    [
      "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      "Linux",
      "Firefox",
      145,
    ],
    [
      "Mozilla/5.0 (Android 14; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
      "Android",
      "Firefox",
      145,
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.4 Safari/605.1.15`,
      "Mac OS X",
      "Safari",
      18.4,
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${DESKTOP} Mobile Safari/537.36 EdgA/155.0.0.0`,
      "Android",
      "Microsoft Edge",
      155,
    ],
    ["curl/8.14.1", undefined, undefined, undefined],
  ];
  const IOS_AGENTS: typeof AGENTS = [
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${WEBKIT} Version/18.4 Mobile/15E148 Safari/604.1`,
      "iOS",
      "Mobile Safari",
      18.4,
    ],
    [
      `Mozilla/5.0 (iPad; CPU OS 15_8 like Mac OS X) ${WEBKIT} Version/15.6 Mobile/15E148 Safari/604.1`,
      "iOS",
      "Mobile Safari",
      15.6,
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${WEBKIT} CriOS/156.0.8078.79 Mobile/15E148 Safari/604.1`,
      "iOS",
      "Chrome iOS",
      156,
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${WEBKIT} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`,
      "iOS",
      "Firefox iOS",
      145,
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${WEBKIT} Version/18.4 EdgiOS/155.0.0.0 Mobile/15E148 Safari/604.1`,
      "iOS",
      "Microsoft Edge",
      155,
    ],
    [
      `Mozilla/5.0 (iPod touch; CPU iPhone OS 12_5 like Mac OS X) ${WEBKIT} Version/12.1 Mobile/15E148 Safari/604.1`,
      "iOS",
      "Mobile Safari",
      12.1,
    ],
  ];

  const read = ([userAgent]: (typeof AGENTS)[number]) => {
    stubProperty(navigator, "userAgent", () => userAgent);
    const { body } = mixpanelWire({ token: TOKEN }).deliver(
      [makeMessage("a")],
      START,
    );
    const { $os, $browser, $browser_version } = entriesIn({ body })[0]!
      .properties!;
    return [userAgent, $os, $browser, $browser_version];
  };

  it("are read from what the browser calls itself", () => {
    expect(AGENTS.map(read)).to.deep.equal(AGENTS);
  });

  it("tell the browsers of iOS from those of other systems", () => {
    expect(IOS_AGENTS.map(read)).to.deep.equal(IOS_AGENTS);
  });
});
