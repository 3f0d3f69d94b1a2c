import { expect } from "@open-wc/testing";
import { wire as mixpanelWire } from "../../src/tracker/destinations/mixpanel-wire.js";
import type { Call, Message, Verb } from "../../src/tracker/destination.js";
import type { Level } from "../../src/tracker/level.js";
import { VERSION } from "../../src/version.js";
import { catchError } from "../support/catch-error.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { entriesIn } from "../support/mixpanel-body.js";
import { sendTogether } from "../support/send-together.js";
import { stubProperty } from "../support/stub-property.js";

const TOKEN = "tok_demo_0001";
const DEVICE = "0a1b2c3d-0000-4000-8000-000000000001";
const LINUX_CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

describe("Mixpanel's wire format", () => {
  const wire = mixpanelWire({ token: TOKEN });
  const send = (message: Message, destination = wire) =>
    sendTogether(destination, [message], START)[0]!;
  const entry = (message: Message, destination = wire) =>
    entriesIn(send(message, destination))[0]!;
  const properties = (message: Message, destination = wire) =>
    entry(message, destination).properties!;

  it("asks for an answer, says the time and leaves cookies at home", () => {
    const { url, headers, credentials } = send(makeMessage("a"));
    expect([url, headers, credentials]).to.deep.equal([
      `https://api.mixpanel.com/track/?verbose=1&ip=1&_=${START}`,
      { "content-type": "application/x-www-form-urlencoded" },
      undefined,
    ]);
  });

  it("puts the messages of a batch into one request, in order", () => {
    const names = ["a", "b, c", "[d]"];
    const [request, ...others] = sendTogether(
      wire,
      names.map((name) => makeMessage(name)),
      START,
    );
    expect([
      entriesIn(request!).map(({ event }) => event),
      others,
    ]).to.deep.equal([names, []]);
  });

  const DOORS: [Verb, string, string | undefined][] = [
    ["track", "a", "track"],
    ["page", "", "track"],
    ["identify", "user-42", "track"],
    ["alias", "user-43", "track"],
    ["consent", "$opt_in", "track"],
    ["consent", "", undefined],
    ["profile", "set", "engage"],
    ["profile", "delete", "engage"],
    ["group", "set", "groups"],
    ["group", "delete", "groups"],
  ];
  it("knows a door for everything, and says nothing of a decision without an event", () => {
    const group = { key: "company", id: "c1" };
    const answers = DOORS.map(([verb, name]) => [
      verb,
      name,
      wire.write(
        makeMessage(name, {
          verb,
          properties: { a: 1 },
          ...(verb === "group" && { group }),
        }),
      )?.route,
    ]);
    expect(answers).to.deep.equal(DOORS);
  });

  const USER = { deviceId: DEVICE, userId: "user-42" };
  const ENVELOPE = {
    $token: TOKEN,
    $distinct_id: "user-42",
    $device_id: DEVICE,
    $user_id: "user-42",
  };
  const AGENT = { $os: "Linux", $browser: "Chrome", $browser_version: 156 };
  const OPERATIONS: [string, object, object | undefined][] = [
    ["set", { plan: "pro" }, { $set: { ...AGENT, plan: "pro" } }],
    ["set", { $os: "mine" }, { $set: { ...AGENT, $os: "mine" } }],
    ["set", {}, { $set: AGENT }],
    ["setOnce", { plan: "pro" }, { $set_once: { plan: "pro" } }],
    ["add", { logins: 2, credit: -0.5 }, { $add: { logins: 2, credit: -0.5 } }],
    ["append", { list: "x" }, { $append: { list: "x" } }],
    ["remove", { list: "x" }, { $remove: { list: "x" } }],
    [
      "union",
      { a: "x", b: ["x", "y"], c: 0 },
      { $union: { a: ["x"], b: ["x", "y"], c: [0] } },
    ],
    ["unset", { a: true, b: null }, { $unset: ["a", "b"] }],
    ["delete", {}, { $delete: "user-42" }],
    [
      "delete",
      { $ignore_alias: true },
      { $delete: "user-42", $ignore_alias: true },
    ],
    // Mixpanel takes no empty one.
    ["setOnce", {}, undefined],
    ["add", {}, undefined],
    ["union", {}, undefined],
    ["unset", {}, undefined],
  ];
  it("writes what is done with a profile", () => {
    stubProperty(navigator, "userAgent", () => LINUX_CHROME);
    const answers = OPERATIONS.map(([name, given]) => {
      const item = wire.write(
        makeMessage(name, {
          verb: "profile",
          who: USER,
          properties: given as Message["properties"],
        }),
      );
      return [name, given, item && JSON.parse(item.text)];
    });
    expect(answers).to.deep.equal(
      OPERATIONS.map(([name, given, update]) => [
        name,
        given,
        update && { ...update, ...ENVELOPE },
      ]),
    );
  });

  const GROUPS: [string, unknown, object, object | undefined][] = [
    ["set", "c1", { plan: "x" }, { $set: { plan: "x" } }],
    ["setOnce", "c1", { plan: "x" }, { $set_once: { plan: "x" } }],
    ["union", "c1", { tags: "x" }, { $union: { tags: ["x"] } }],
    ["remove", "c1", { tags: "x" }, { $remove: { tags: "x" } }],
    ["unset", "c1", { plan: 1 }, { $unset: ["plan"] }],
    ["delete", "c1", {}, { $delete: "c1" }],
    // Mixpanel's description has texts alone.
    ["delete", 7, {}, { $delete: "7" }],
    ["set", "c1", {}, undefined],
  ];
  it("writes what is done with a group, and nothing about the visitor", () => {
    const answers = GROUPS.map(([name, id, given]) => {
      const item = wire.write(
        makeMessage(name, {
          verb: "group",
          group: { key: "company", id },
          who: USER,
          properties: given as Message["properties"],
        }),
      );
      return [name, id, given, item && JSON.parse(item.text)];
    });
    expect(answers).to.deep.equal(
      GROUPS.map(([name, id, given, update]) => [
        name,
        id,
        given,
        update && {
          ...update,
          $token: TOKEN,
          $group_key: "company",
          $group_id: `${id as string}`,
        },
      ]),
    );
  });

  it("joins a visitor's ids, and changes the id of nothing else", () => {
    const ids = (verb: Verb, name: string, who: Message["who"]) => {
      const { distinct_id, $device_id, $user_id, $anon_distinct_id, alias } =
        properties(makeMessage(name, { verb, who, before: "before" }));
      return [distinct_id, $device_id, $user_id, $anon_distinct_id, alias];
    };
    const nobody = { deviceId: DEVICE };
    expect([
      ids("identify", "user-42", USER),
      ids("alias", "user-43", USER),
      ids("track", "a", USER),
      ids("track", "a", nobody),
    ]).to.deep.equal([
      ["user-42", DEVICE, "user-42", "before", undefined],
      ["before", DEVICE, "user-42", undefined, "user-43"],
      ["user-42", DEVICE, "user-42", undefined, undefined],
      [`$device:${DEVICE}`, DEVICE, undefined, undefined, undefined],
    ]);
  });

  it("tells with a grant what was granted and which version of the question", () => {
    const decision = {
      choices: {
        necessary: "granted",
        analytics: "anonymous",
        ads: "denied",
        chat: "granted",
      },
      revision: "2026-11",
      time: "2026-11-22T10:15:00.000Z",
      source: "user",
      action: "save",
    } as const;
    const told = (name: string, own: Message["properties"]) => {
      const { consent_version, consent_purposes, via } = properties(
        makeMessage(name, { verb: "consent", decision, properties: own }),
      );
      return [consent_version, consent_purposes, via];
    };
    expect([
      told("$opt_in", { via: "banner" }),
      // The site's own word counts.
      told("yes", { consent_version: "mine" }),
    ]).to.deep.equal([
      ["2026-11", ["necessary", "chat"], "banner"],
      ["mine", ["necessary", "chat"], undefined],
    ]);
  });

  it("takes at most fifty messages at a time", () => {
    expect(wire.batchSize).to.equal(50);
  });

  const IP: [boolean, Level, boolean, string][] = [
    [true, "full", false, "1"],
    [false, "full", false, "0"],
    [true, "full", true, "0"],
    [true, "session", false, "0"],
    [true, "anonymous", false, "0"],
    [false, "anonymous", true, "0"],
  ];
  it("lets Mixpanel look at the network address only of who is known, and only if the site wants it", () => {
    const answers = IP.map(([ip, level, serverAnonymity]) => {
      const destination = mixpanelWire({ token: TOKEN, ip });
      const places = ["track", "engage", "groups"].map((route) => {
        const batch = { route, texts: ["{}"], level, serverAnonymity, now: 1 };
        const { url } = destination.deliver(batch);
        return new URL(url).searchParams.get("ip");
      });
      return [ip, level, serverAnonymity, ...new Set(places)];
    });
    expect(answers).to.deep.equal(IP);
  });

  for (const level of ["anonymous", "session"] as const)
    it(`says at the level ${level} no more than what happened, when and on which page`, () => {
      const message = makeMessage("a", {
        level,
        properties: { n: 1 },
        page: {
          url: "https://alice:pw@shop.test:8443/account?token=secret#inbox",
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
        distinct_id: `$device:${DEVICE}`,
        $device_id: DEVICE,
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
    ["alias", "user-43", "$create_alias"],
    ["consent", "$opt_in", "$opt_in"],
    ["consent", "User opted in", "User opted in"],
    ["track", "identify", "identify"],
  ];
  it("gives each kind of event Mixpanel's name", () => {
    const answers = NAMES.map(([verb, name]) => [
      verb,
      name,
      entry(makeMessage(name, { verb })).event,
    ]);
    expect(answers).to.deep.equal(NAMES);
  });

  it("puts own properties over registered ones and over those of the page", () => {
    const message = makeMessage("a", {
      who: {
        deviceId: DEVICE,
        registered: { a: "registered", b: "registered", $os: "registered" },
      },
      properties: { b: "own", $current_url: "own" },
    });
    const { a, b, $os, $current_url } = properties(message);
    expect([a, b, $os, $current_url]).to.deep.equal([
      "registered",
      "own",
      "registered",
      "own",
    ]);
  });

  it("lets no property, not even a stored one, take an event over", () => {
    const forged = Object.fromEntries(
      [
        "token",
        "distinct_id",
        "$device_id",
        "$user_id",
        "$anon_distinct_id",
        "$insert_id",
        "time",
        "mp_lib",
        "$lib_version",
        "mp_sent_by_lib_version",
      ].map((name) => [name, "<script>"]),
    );
    const who = { deviceId: DEVICE, registered: forged };
    const plain = properties(makeMessage("a", { who: { deviceId: DEVICE } }));
    expect([
      properties(makeMessage("a", { who })),
      properties(makeMessage("a", { properties: forged })),
    ]).to.deep.equal([plain, plain]);
  });

  it("gives an alias to nobody but whom it is for", () => {
    const forged = { alias: "<script>", distinct_id: "<script>" };
    const { alias, distinct_id } = properties(
      makeMessage("user-43", {
        verb: "alias",
        before: "user-42",
        who: { deviceId: DEVICE, registered: forged },
        properties: forged,
      }),
    );
    expect([alias, distinct_id]).to.deep.equal(["user-43", "user-42"]);
  });

  it("writes one line, the same for a message at each attempt", () => {
    const message = makeMessage("a\nb", { properties: { text: "\r\n" } });
    const first = wire.write(message)!;
    expect([wire.write(message), /[\r\n]/.test(first.text)]).to.deep.equal([
      first,
      false,
    ]);
  });

  it("gives every event the id that the tracker gave it", () => {
    const id = "5e0f1c2d-0000-4000-8000-00000000000a";
    expect(properties(makeMessage("a", { id })).$insert_id).to.equal(id);
  });

  const IDS: [Verb, string, boolean][] = [
    ["identify", "user-42", true],
    ["identify", "alice@shop.test", true],
    ["identify", "00", true],
    ["identify", "10", true],
    ["identify", "nobody", true],
    ["identify", "annika", true],
    ["identify", "0a1b2c3d-0000-4000-8000-000000000001", true],
    ["identify", "$device", true],
    ["alias", "user-43", true],
    // Of an event it is a name like others.
    ["track", "null", true],
    ["consent", "", true],
    ...[
      "0",
      "-1",
      "null",
      "nil",
      "<nil>",
      "none",
      "n/a",
      "na",
      "anon",
      "anonymous",
      "unknown",
      "undefined",
      "true",
      "false",
      "[]",
      "{}",
      "00000000-0000-0000-0000-000000000000",
      "$device:0a1b2c3d-0000-4000-8000-000000000001",
      "$device:a\nb",
    ].flatMap((id): [Verb, string, boolean][] => [
      ["identify", id, false],
      ["alias", id, false],
    ]),
  ];
  it("refuses ids that Mixpanel does not take", () => {
    const answers = IDS.map(([verb, name]) => {
      const call = {
        verb,
        name,
        json: "{}",
        time: START,
        level: "full",
      } as Call;
      return [verb, name, catchError(() => wire.check!(call)) === "nothing"];
    });
    expect(answers).to.deep.equal(IDS);
  });

  it("says what to write for an id that it refuses", () => {
    const call = { verb: "identify", name: "null", json: "{}" } as Call;
    expect(catchError(() => wire.check!(call))).to.match(
      /^RangeError: consent-elements: user id is "null"; write /,
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
    const request = send(message);
    const [sent] = entriesIn(request);
    const arrived = TEXTS.map((text) => sent?.properties?.[text]);
    expect([sent?.event, sent?.properties?.distinct_id]).to.deep.equal([
      TEXTS[0],
      TEXTS[1],
    ]);
    expect(arrived).to.deep.equal(TEXTS.map((text) => [text]));
    // So that its length is its size.
    expect(/^[\x20-\x7e]+$/.test(request.body!)).to.equal(true);
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
      ANSWERS.map(([answer]) => [answer, wire.complaint!(answer) !== ""]),
    ).to.deep.equal(ANSWERS);
    expect(wire.complaint!('{"status":0,"error":"why"}')).to.include("why");
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
    const { text } = mixpanelWire({ token: TOKEN }).write(makeMessage("a"))!;
    const { $os, $browser, $browser_version } = JSON.parse(text).properties;
    return [userAgent, $os, $browser, $browser_version];
  };

  it("are read from what the browser calls itself", () => {
    expect(AGENTS.map(read)).to.deep.equal(AGENTS);
  });

  it("tell the browsers of iOS from those of other systems", () => {
    expect(IOS_AGENTS.map(read)).to.deep.equal(IOS_AGENTS);
  });
});
