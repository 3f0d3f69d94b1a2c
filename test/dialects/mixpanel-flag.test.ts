import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { cookiesOf, domainsOf } from "../../src/dialects/mixpanel/cookies.js";
import { cookieWrites } from "../support/cookie-writes.js";
import { readCookies, setCookie } from "../support/cookies.js";
import { mixpanelScene } from "../support/mixpanel-scene.js";
import { stubProperty } from "../support/stub-property.js";

const flagIn = (flag: string) => [
  localStorage.getItem(flag),
  readCookies().find((cookie) => cookie.startsWith(`${flag}=`)) ?? null,
];

/** The attributes of the one write of `name` that leaves something. */
const writesOf = (writes: readonly string[], name: string) =>
  writes.filter((text) => text.startsWith(`${name}=`) && !/=;/.test(text));

const throwing = (message: string) => () => {
  throw new DOMException(message, "SecurityError");
};

function blockLocalStorage() {
  stubProperty(globalThis, "localStorage", throwing("blocked"));
}

/** The browser's own setting: cookies are never kept, storages throw. */
function blockEverything() {
  blockLocalStorage();
  stubProperty(globalThis, "sessionStorage", throwing("blocked"));
  // Chromium says so all the same.
  stubProperty(navigator, "cookieEnabled", () => true);
  stubProperty(
    document,
    "cookie",
    () => "",
    () => {},
  );
}

describe("mixpanel dialect: the flag", () => {
  it("check 2: writes 1, 0 and nothing, in localStorage", () => {
    const { mixpanel, flag } = mixpanelScene();
    const seen = [flagIn(flag)];
    mixpanel.opt_in_tracking();
    seen.push(flagIn(flag));
    void mixpanel.opt_out_tracking();
    seen.push(flagIn(flag));
    mixpanel.clear_opt_in_out_tracking();
    seen.push(flagIn(flag));
    expect(seen).to.deep.equal([
      [null, null],
      ["1", null],
      ["0", null],
      [null, null],
    ]);
  });

  it("check 2: writes them in a cookie, with every attribute that the config names", () => {
    const writes = cookieWrites();
    const { mixpanel, flag } = mixpanelScene({
      opt_out_tracking_persistence_type: "cookie",
      cookie_expiration: 30,
      secure_cookie: true,
    });
    const now = Date.now();
    mixpanel.opt_in_tracking();
    const [text = ""] = writesOf(writes, flag);
    const expires = Date.parse(/expires=([^;]+)/.exec(text)![1]!);
    expect([
      flagIn(flag),
      /; secure/i.test(text),
      /samesite=lax/i.test(text),
      Math.round((expires - now) / 864e5),
    ]).to.deep.equal([[null, `${flag}=1`], true, true, 30]);
  });

  it("check 2: lets a call say how its cookie is written", () => {
    const writes = cookieWrites();
    const { mixpanel, flag } = mixpanelScene({
      opt_out_tracking_persistence_type: "cookie",
    });
    mixpanel.opt_in_tracking({
      cross_site_cookie: true,
      cookie_expiration: 0,
      cookie_domain: location.hostname,
    });
    const [text = ""] = writesOf(writes, flag);
    expect([
      /samesite=none/i.test(text),
      /; secure/i.test(text),
      /expires/.test(text),
      text.includes(`domain=${location.hostname}`),
    ]).to.deep.equal([true, true, false, true]);
  });

  it("check 2: takes a prefix of the site's own", () => {
    const { mixpanel, token } = mixpanelScene({
      opt_out_tracking_cookie_prefix: "site_",
    });
    mixpanel.opt_in_tracking();
    expect(
      Object.keys(localStorage).filter((key) => key.includes(token)),
    ).to.deep.equal([`site_${token}`]);
  });

  it("check 2: finds and removes a cookie whose prefix has parentheses", () => {
    const { open, token } = mixpanelScene(null);
    const config = {
      opt_out_tracking_cookie_prefix: "site(1)_",
      opt_out_tracking_persistence_type: "cookie",
    } as const;
    open(config).opt_in_tracking({ track: null });
    const next = open(config);
    const seen = [next.has_opted_in_tracking(), flagIn(`site(1)_${token}`)];
    next.clear_opt_in_out_tracking();
    expect([seen, readCookies()]).to.deep.equal([
      [true, [null, `site(1)_${token}=1`]],
      [],
    ]);
  });

  for (const [flag, expected] of [
    ["1", ["granted", true, false]],
    ["0", ["denied", false, true]],
  ] as const)
    it(`check 2: reads a flag of ${flag} that the SDK has left`, () => {
      const { open, flag: name } = mixpanelScene(null);
      localStorage.setItem(name, flag);
      const mixpanel = open();
      expect([
        mixpanel.get_decision(),
        mixpanel.has_opted_in_tracking(),
        mixpanel.has_opted_out_tracking(),
      ]).to.deep.equal(expected);
    });

  it("check 2: moves a cookie's flag to localStorage and sends nothing", async () => {
    const { open, flag, pass, requests } = mixpanelScene(null);
    setCookie(`${flag}=1`);
    const mixpanel = open({ opt_out_tracking_by_default: true });
    await pass(60_000);
    expect([
      flagIn(flag),
      mixpanel.has_opted_in_tracking(),
      requests.length,
    ]).to.deep.equal([["1", null], true, 0]);
  });

  it("check 2: takes the old cookie for a refusal, and removes it", async () => {
    const { open, flag, pass, requests } = mixpanelScene(null);
    setCookie("mp_optout=yes");
    const mixpanel = open();
    mixpanel.track("never");
    await pass(60_000);
    expect([
      flagIn(flag),
      readCookies(),
      mixpanel.has_opted_out_tracking(),
      open().has_opted_out_tracking(),
      requests.length,
    ]).to.deep.equal([["0", null], [], true, true, 0]);
  });

  it("check 2: lets a yes win over the old cookie and over the default", () => {
    const { open, flag } = mixpanelScene(null);
    localStorage.setItem(flag, "1");
    setCookie("mp_optout=yes");
    const mixpanel = open({ opt_out_tracking_by_default: true });
    expect(mixpanel.has_opted_in_tracking()).to.equal(true);
  });

  it("takes the stricter of two flags", () => {
    const { open, flag } = mixpanelScene(null);
    localStorage.setItem(flag, "1");
    setCookie(`${flag}=0`);
    expect(open().has_opted_out_tracking()).to.equal(true);
  });

  for (const text of [...'true|2|null| 0|0 |"0"|1 |01|{}|٠'.split("|"), ""])
    it(`check 18: reads ${JSON.stringify(text)} as never asked, and cleans it up`, async () => {
      const { open, flag, pass, requests } = mixpanelScene(null);
      localStorage.setItem(flag, text);
      const mixpanel = open({ opt_out_tracking_by_default: true });
      mixpanel.track("never");
      await pass(60_000);
      expect([
        mixpanel.get_decision(),
        flagIn(flag),
        requests.length,
      ]).to.deep.equal([undefined, [null, null], 0]);
    });

  it("check 17, 18: survives a cookie that cannot be decoded", () => {
    const { open, flag } = mixpanelScene(null);
    setCookie(`${flag}=%E0%A4%A`);
    const mixpanel = open({
      opt_out_tracking_persistence_type: "cookie",
      opt_out_tracking_by_default: true,
    });
    const before = [mixpanel.get_decision(), mixpanel.has_opted_out_tracking()];
    mixpanel.opt_in_tracking();
    expect([before, flagIn(flag)]).to.deep.equal([
      [undefined, true],
      [null, `${flag}=1`],
    ]);
  });

  it("check 1: is never in and out at once, and neither when never asked", () => {
    const { mixpanel } = mixpanelScene();
    const both = () => [
      mixpanel.has_opted_in_tracking(),
      mixpanel.has_opted_out_tracking(),
      mixpanel.get_decision(),
    ];
    const seen = [both()];
    mixpanel.opt_in_tracking();
    seen.push(both());
    void mixpanel.opt_out_tracking();
    seen.push(both());
    expect(seen).to.deep.equal([
      [false, false, undefined],
      [true, false, "granted"],
      [false, true, "denied"],
    ]);
  });

  it("check 10, 19: tells a refusal from a default, and writes no flag for the default", () => {
    const { mixpanel, flag } = mixpanelScene({
      opt_out_tracking_by_default: true,
    });
    const before = [
      mixpanel.has_opted_out_tracking(),
      mixpanel.get_decision(),
      flagIn(flag),
    ];
    void mixpanel.opt_out_tracking();
    expect([before, mixpanel.get_decision(), flagIn(flag)]).to.deep.equal([
      [true, undefined, [null, null]],
      "denied",
      ["0", null],
    ]);
  });

  it("check 22: goes back to the default at once when the decision is cleared", async () => {
    const { mixpanel, pass, requests } = mixpanelScene({
      opt_out_tracking_by_default: true,
    });
    mixpanel.opt_in_tracking({ track: null });
    mixpanel.clear_opt_in_out_tracking();
    mixpanel.track("never");
    await pass(60_000);
    expect([requests.length, mixpanel.has_opted_out_tracking()]).to.deep.equal([
      0,
      true,
    ]);
  });

  it("check 12: heeds a no that a call has put elsewhere", async () => {
    const { mixpanel, pass, requests, token } = mixpanelScene();
    void mixpanel.opt_out_tracking({ cookie_prefix: "x_" });
    mixpanel.track("never");
    await pass(60_000);
    expect([
      requests.length,
      localStorage.getItem(`x_${token}`),
      mixpanel.has_opted_out_tracking({ cookie_prefix: "x_" }),
      mixpanel.has_opted_out_tracking(),
    ]).to.deep.equal([0, "0", true, true]);
  });

  it("check 1: lets a flag that a call names add a no, and never a yes against one", () => {
    const named = [
      { persistence_type: "localStorage" },
      { cookie_prefix: "x_" },
      { persistence_type: "cookie" },
    ] as const;
    const seen = ({ mixpanel }: ReturnType<typeof mixpanelScene>) =>
      named.map((options) => [
        mixpanel.has_opted_in_tracking(options),
        mixpanel.has_opted_out_tracking(options),
      ]);
    const none = mixpanelScene();
    const out = mixpanelScene({ opt_out_tracking_by_default: true });
    const copied = mixpanelScene();
    localStorage.setItem(`x_${copied.token}`, "0");
    const yes = mixpanelScene();
    for (const options of named) yes.mixpanel.opt_in_tracking(options);
    const signalled = mixpanelScene();
    for (const options of named) signalled.mixpanel.opt_in_tracking(options);
    const before = [none, out, copied, yes].map(seen);
    stubProperty(navigator, "doNotTrack", () => "1");
    expect([...before, seen(signalled)]).to.deep.equal([
      named.map(() => [false, false]),
      named.map(() => [false, true]),
      [
        [false, false],
        [false, true],
        [false, false],
      ],
      named.map(() => [true, false]),
      named.map(() => [false, true]),
    ]);
  });

  it("check 1: asks the record alone where there is a store, whatever flag a call names", () => {
    const consent = createStore({ purposes: ["analytics"] });
    const { mixpanel, token } = mixpanelScene({ consent });
    const options = { cookie_prefix: "x_" };
    const seen = () => [
      mixpanel.has_opted_in_tracking(options),
      mixpanel.has_opted_out_tracking(options),
    ];
    localStorage.setItem(`x_${token}`, "1");
    void mixpanel.opt_out_tracking(options);
    const no = seen();
    localStorage.setItem(`x_${token}`, "0");
    mixpanel.opt_in_tracking(options);
    expect([no, seen()]).to.deep.equal([
      [false, true],
      [true, false],
    ]);
  });

  it("check 12: leaves the flag of the config where it is when a call puts a copy beside it", async () => {
    const { mixpanel, flag, open, pass, requests } = mixpanelScene();
    void mixpanel.opt_out_tracking({
      persistence_type: "cookie",
      cookie_expiration: 0,
    });
    const both = flagIn(flag);
    // The browser is closed: cookies without a date go.
    document.cookie = `${flag}=; Path=/; Max-Age=0`;
    open().track("never");
    await pass(5000);
    expect([both, flagIn(flag), requests.length]).to.deep.equal([
      ["0", `${flag}=0`],
      ["0", null],
      0,
    ]);
  });

  it("check 23: writes for the widest domain that a browser may take", () => {
    expect([
      domainsOf("www.shop.example.co.uk"),
      domainsOf("localhost"),
      domainsOf("127.0.0.1"),
      domainsOf("[::1]"),
    ]).to.deep.equal([
      [
        "co.uk",
        "example.co.uk",
        "shop.example.co.uk",
        "www.shop.example.co.uk",
        "",
      ],
      [""],
      [""],
      [""],
    ]);
  });

  it("check 23: tries the domains in turn, and stays with this host where it is told to", () => {
    const writes = cookieWrites();
    const domains = () =>
      writesOf(writes.splice(0), "crumb").map(
        (text) => /domain=([^;]*)/.exec(text)?.[1] ?? "this host",
      );
    const host = "www.shop.test";
    cookiesOf("crumb", {}, host).setItem("crumb", "1");
    const wide = domains();
    cookiesOf("crumb", { cross_subdomain_cookie: false }, host).setItem(
      "crumb",
      "2",
    );
    const narrow = domains();
    document.cookie = "crumb=; Max-Age=0";
    expect([wide, narrow]).to.deep.equal([
      ["shop.test", "www.shop.test", "this host"],
      ["this host"],
    ]);
  });

  it("check 17: falls back to a cookie where localStorage is blocked, for the calls and the check alike", async () => {
    const { open, flag, pass, requests } = mixpanelScene(null);
    blockLocalStorage();
    const mixpanel = open();
    void mixpanel.opt_out_tracking();
    mixpanel.track("never");
    await pass(60_000);
    expect([
      mixpanel.has_opted_out_tracking(),
      readCookies(),
      open().has_opted_out_tracking(),
      requests.length,
    ]).to.deep.equal([true, [`${flag}=0`], true, 0]);
  });

  it("check 17: is closed where localStorage is blocked and no cookie tells of a yes", async () => {
    const { open, flag, pass, names, errors } = mixpanelScene(null);
    blockLocalStorage();
    const mixpanel = open();
    mixpanel.track("never");
    const before = mixpanel.has_opted_out_tracking();
    mixpanel.opt_in_tracking();
    await pass(60_000);
    const next = open();
    next.track("A");
    await pass(60_000);
    expect([
      before,
      names(),
      String(errors[0]).includes("an earlier no may be lost"),
      readCookies().includes(`${flag}=1`),
    ]).to.deep.equal([true, ["$opt_in", "A"], true, true]);
  });

  it("check 17: keeps out by default where localStorage is blocked", async () => {
    const { open, pass, requests } = mixpanelScene(null);
    blockLocalStorage();
    const mixpanel = open({ opt_out_tracking_by_default: true });
    mixpanel.track("never");
    await pass(60_000);
    expect([mixpanel.has_opted_out_tracking(), requests.length]).to.deep.equal([
      true,
      0,
    ]);
  });

  it("check 17: falls back to a cookie where localStorage is full", async () => {
    const { mixpanel, flag, pass, requests, open } = mixpanelScene();
    mixpanel.opt_in_tracking({ track: null });
    stubProperty(Storage.prototype, "setItem", () => throwing("full"));
    void mixpanel.opt_out_tracking();
    mixpanel.track("never");
    await pass(60_000);
    expect([
      flagIn(flag),
      mixpanel.has_opted_out_tracking(),
      open().has_opted_out_tracking(),
      requests.length,
    ]).to.deep.equal([[null, `${flag}=0`], true, true, 0]);
  });

  it("check 17: keeps the decision in memory where everything is blocked, fails closed and says so", async () => {
    const { open, pass, requests, errors } = mixpanelScene(null);
    blockEverything();
    const mixpanel = open();
    mixpanel.track("never");
    await pass(60_000);
    const before = [mixpanel.has_opted_out_tracking(), requests.length];
    mixpanel.opt_in_tracking();
    await pass(60_000);
    const between = [mixpanel.has_opted_in_tracking(), requests.length];
    void mixpanel.opt_out_tracking();
    mixpanel.track("never");
    await pass(60_000);
    expect([
      before,
      between,
      mixpanel.has_opted_out_tracking(),
      requests.length,
      errors.length > 0,
    ]).to.deep.equal([[true, 0], [true, 1], true, 1, true]);
  });
});

describe("mixpanel dialect: signals of the browser", () => {
  const SOURCES: Record<string, [object, string]> = {
    "navigator.doNotTrack": [navigator, "doNotTrack"],
    "navigator.msDoNotTrack": [navigator, "msDoNotTrack"],
    "window.doNotTrack": [globalThis, "doNotTrack"],
  };
  for (const [name, [target, key]] of Object.entries(SOURCES)) {
    for (const value of [true, 1, "1", "yes"])
      it(`check 9: is out when ${name} is ${JSON.stringify(value)}`, async () => {
        stubProperty(target, key, () => value);
        const { mixpanel, pass, requests, open } = mixpanelScene();
        mixpanel.track("never");
        await pass(60_000);
        expect([
          mixpanel.has_opted_out_tracking(),
          open({ ignore_dnt: true }).has_opted_out_tracking(),
          requests.length,
        ]).to.deep.equal([true, false, 0]);
      });
    for (const value of [false, 0, "0", "no", "unspecified"])
      it(`check 9: takes ${JSON.stringify(value)} in ${name} for no signal`, () => {
        stubProperty(target, key, () => value);
        expect(mixpanelScene().mixpanel.has_opted_out_tracking()).to.equal(
          false,
        );
      });
  }

  it("check 21: is out under Global Privacy Control, unless the site ignores it", () => {
    stubProperty(navigator, "globalPrivacyControl", () => true);
    const { mixpanel, open } = mixpanelScene();
    expect([
      mixpanel.has_opted_out_tracking(),
      open({ ignore_gpc: true }).has_opted_out_tracking(),
    ]).to.deep.equal([true, false]);
  });

  it("check 21: keeps an explicit yes, but writes no id and sends nothing while a signal says no", async () => {
    stubProperty(navigator, "doNotTrack", () => "1");
    const { mixpanel, flag, pass, requests } = mixpanelScene();
    mixpanel.opt_in_tracking();
    mixpanel.identify("user-42");
    mixpanel.track("never");
    await pass(60_000);
    expect([
      { ...localStorage },
      readCookies(),
      { ...sessionStorage },
      requests.length,
      mixpanel.has_opted_in_tracking(),
      mixpanel.get_decision(),
      mixpanel.get_distinct_id(),
    ]).to.deep.equal([{ [flag]: "1" }, [], {}, 0, false, "granted", undefined]);
  });

  it("check 21: reads the signals at the send, and drops what waits", async () => {
    let signal = "0";
    stubProperty(navigator, "doNotTrack", () => signal);
    const { mixpanel, pass, names } = mixpanelScene();
    mixpanel.track("First");
    await pass(5000);
    mixpanel.track("never");
    signal = "1";
    await pass(60_000);
    expect([names(), readCookies()]).to.deep.equal([["First"], []]);
  });
});
