import { expect } from "@open-wc/testing";
import { toText } from "../../src/consent/record.js";
import { createStore } from "../../src/consent/store.js";
import { createMixpanel } from "../../src/dialects/mixpanel.js";
import { catchError } from "../support/catch-error.js";
import { readCookies } from "../support/cookies.js";
import { START } from "../support/fake-timers.js";
import { entriesIn } from "../support/mixpanel-body.js";
import { mixpanelScene } from "../support/mixpanel-scene.js";
import { stubProperty } from "../support/stub-property.js";
import { microtasks } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

const pathsOf = (requests: readonly { url: URL }[]) =>
  requests.map(({ url }) => url.pathname + url.searchParams.get("ip"));

describe("mixpanel dialect", () => {
  it("tracks from the start when it is used alone, as the SDK does", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    mixpanel.track("Signed up", { plan: "pro" });
    await pass(5000);
    expect([
      names(),
      mixpanel.has_opted_in_tracking(),
      mixpanel.has_opted_out_tracking(),
    ]).to.deep.equal([["Signed up"], false, false]);
  });

  it("check 7: takes ip: false to every endpoint", async () => {
    const { mixpanel, pass, requests } = mixpanelScene({ ip: false });
    mixpanel.identify("user-42");
    mixpanel.people.set({ plan: "pro" });
    mixpanel.get_group("company", "c1").set({ size: 3 });
    await pass(5000);
    expect(pathsOf(requests)).to.deep.equal([
      "/track/0",
      "/engage/0",
      "/groups/0",
    ]);
  });

  it("check 7: has ip=1 where nothing else is said, and ip=0 after set_config", async () => {
    const { mixpanel, pass, requests } = mixpanelScene();
    mixpanel.track("A");
    await pass(5000);
    mixpanel.set_config({ ip: false });
    mixpanel.track("B");
    await pass(5000);
    expect(pathsOf(requests)).to.deep.equal(["/track/1", "/track/0"]);
  });

  for (const [config, kept, told] of [
    [{}, "https://search.test/?q=kites", "https://search.test/?q=kites"],
    [
      { property_blacklist: ["$initial_referrer"] },
      "https://search.test",
      undefined,
    ],
    [{ save_referrer: false }, "", undefined],
  ] as const)
    it(`stores of where the visitor came from first what may be told, with ${JSON.stringify(config)}`, async () => {
      const { mixpanel, pass, sent } = mixpanelScene({
        ...config,
        persistence: "localStorage",
      });
      stubProperty(document, "referrer", () => "https://search.test/?q=kites");
      mixpanel.track("A");
      await pass(5000);
      const { initialReferrer } = Object.values(localStorage)
        .map((text) => JSON.parse(`${text}`) as { initialReferrer?: string })
        .find((entry) => entry?.initialReferrer !== undefined)!;
      expect([
        initialReferrer,
        sent()[0]!.properties!["$initial_referrer"],
      ]).to.deep.equal([kept, told]);
    });

  it("takes out of storage what is on the blacklist by now", async () => {
    const { mixpanel, pass } = mixpanelScene({ persistence: "localStorage" });
    mixpanel.register({ custom_property: "secret" });
    await pass(5000);
    mixpanel.set_config({ property_blacklist: ["custom_property"] });
    mixpanel.register({ kept: 1 });
    await pass(5000);
    const text = JSON.stringify({ ...localStorage });
    expect([text.includes("kept"), text.includes("secret")]).to.deep.equal([
      true,
      false,
    ]);
  });

  it("check 7, 25: takes the blacklist out of events, super properties, people, groups and storage", async () => {
    const { mixpanel, pass, sent } = mixpanelScene({
      property_blacklist: ["$referrer", "custom_property", "$current_url"],
      persistence: "localStorage",
    });
    stubProperty(document, "referrer", () => "https://search.test/");
    mixpanel.register({ custom_property: "secret", kept: 1 });
    mixpanel.identify("user-42");
    mixpanel.track("A", { custom_property: "secret", own: 2 });
    mixpanel.people.set({ custom_property: "secret", plan: "pro" });
    mixpanel.get_group("company", "c1").set({ custom_property: "x", size: 3 });
    await pass(5000);
    const text = JSON.stringify([sent(), { ...localStorage }]);
    expect([
      text.includes("secret"),
      text.includes("custom_property"),
      text.includes("$referrer"),
      text.includes("$current_url"),
      sent().find(({ event }) => event === "A")!.properties,
    ]).to.deep.equal([
      false,
      false,
      false,
      false,
      {
        ...sent().find(({ event }) => event === "A")!.properties,
        kept: 1,
        own: 2,
      },
    ]);
  });

  it("check 25: takes the blacklist out of charges and groups", async () => {
    const { mixpanel, pass, sent } = mixpanelScene({
      property_blacklist: ["custom_property", "company"],
    });
    const heard: number[] = [];
    const callback = (response: number) => heard.push(response);
    mixpanel.identify("user-42");
    mixpanel.people.track_charge(5, { custom_property: "secret", sku: "k" });
    mixpanel.set_group("company", "secret", callback);
    mixpanel.add_group("company", "secret", callback);
    mixpanel.remove_group("company", "secret", callback);
    mixpanel.get_group("company", "secret").set({ size: 3 }, null, callback);
    mixpanel.get_group("team", "t1").set({ size: 3 });
    await pass(5000);
    expect([
      JSON.stringify(sent()).includes("secret"),
      sent().flatMap(({ $append }) => $append ?? []),
      sent().flatMap(({ $group_id }) => $group_id ?? []),
      heard,
    ]).to.deep.equal([
      false,
      [{ $transactions: { sku: "k", $amount: 5 } }],
      ["t1"],
      [0, 0, 0, 0],
    ]);
  });

  it("check 25: sends no update of a group whose id must not be sent", async () => {
    const { mixpanel, pass, names } = mixpanelScene({
      property_blacklist: ["$group_id"],
    });
    mixpanel.get_group("company", "c1").set({ size: 3 });
    mixpanel.track("A");
    await pass(5000);
    expect(names()).to.deep.equal(["A"]);
  });

  it("check 25: refuses to strip what an event cannot do without, and hides the address with an id", async () => {
    const words = catchError(() =>
      mixpanelScene({ property_blacklist: ["token"] }),
    );
    const { mixpanel, pass, requests } = mixpanelScene({
      property_blacklist: ["distinct_id"],
    });
    mixpanel.track("A");
    await pass(5000);
    expect([words.split(":")[0], pathsOf(requests)]).to.deep.equal([
      "RangeError",
      ["/track/0"],
    ]);
  });

  it("check 8: writes JSON to Mixpanel's own hosts and base64 to others", async () => {
    const own = mixpanelScene();
    own.mixpanel.track("A");
    await own.pass(5000);
    const other = mixpanelScene({ api_host: "https://proxy.test" });
    other.mixpanel.track("A");
    await other.pass(5000);
    expect([
      own.requests[0]!.url.origin,
      own.requests[0]!.body.startsWith("data=["),
      other.requests[0]!.url.origin,
      other.requests[0]!.body.startsWith("data=["),
      other.names(),
    ]).to.deep.equal([
      "https://api-js.mixpanel.com",
      true,
      "https://proxy.test",
      false,
      ["A"],
    ]);
  });

  it("sends routes, headers and a query of the site's own, and leaves ip to ip", async () => {
    const { mixpanel, pass, requests } = mixpanelScene({
      api_host: "https://proxy.test/mp",
      api_routes: { track: "t" },
      xhr_headers: { "x-site": "shop" },
      api_extra_query_params: { site: "shop", ip: "1" },
      ip: false,
    });
    mixpanel.track("A");
    await pass(5000);
    const [{ url, headers }] = requests as [(typeof requests)[0]];
    expect([
      url.pathname,
      url.searchParams.get("site"),
      url.searchParams.getAll("ip"),
      headers["x-site"],
    ]).to.deep.equal(["/mp/t", "shop", ["0"], "shop"]);
  });

  it("sends each kind to the host that is named for it", async () => {
    const { mixpanel, pass, requests, names } = mixpanelScene({
      api_host: "https://proxy.test",
      api_hosts: {
        people: "https://people.test/mp",
        groups: "https://api-eu.mixpanel.com",
      },
      api_routes: { engage: "p" },
    });
    mixpanel.identify("user-42");
    mixpanel.people.set({ plan: "pro" });
    mixpanel.get_group("company", "c1").set({ size: 3 });
    await pass(5000);
    expect([
      requests.map(({ url }) => url.origin + url.pathname),
      names(),
    ]).to.deep.equal([
      [
        "https://proxy.test/track/",
        "https://people.test/mp/p",
        "https://api-eu.mixpanel.com/groups/",
      ],
      ["$identify", "$set", "$set"],
    ]);
  });

  it("sends no more than 50 in one request, whatever it is told", async () => {
    const { mixpanel, pass, requests } = mixpanelScene({ batch_size: 120 });
    for (let i = 0; i < 120; i++) mixpanel.track("A");
    await pass(5000);
    expect(requests.map((request) => entriesIn(request).length)).to.deep.equal([
      50, 50, 20,
    ]);
  });

  it("batches as it is told, and sends at once where batching is off", async () => {
    const five = mixpanelScene({
      batch_size: 2,
      batch_flush_interval_ms: 100,
    });
    // What waits when the code arrives goes at once.
    five.mixpanel.track("First");
    await five.pass();
    five.requests.splice(0);
    for (const name of ["A", "B", "C"]) five.mixpanel.track(name);
    await five.pass(99);
    const early = five.requests.length;
    await five.pass(1);
    const single = mixpanelScene({ batch_requests: false });
    single.mixpanel.track("A");
    single.mixpanel.track("B");
    await single.pass(0);
    expect([early, five.requests.length, single.requests.length]).to.deep.equal(
      [0, 2, 2],
    );
  });

  it("sends at once what is marked send_immediately", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    mixpanel.track("First");
    await pass(5000);
    mixpanel.track("A", {}, { send_immediately: true });
    await pass(0);
    expect(names()).to.deep.equal(["First", "A"]);
  });

  it("check 3: calls a callback once, with 0 where the call is blocked and 1 where it is taken", async () => {
    const { mixpanel } = mixpanelScene();
    const heard: unknown[] = [];
    const callback = (response: number) => heard.push(response);
    const results = () => [
      mixpanel.track("A", {}, callback),
      mixpanel.track("A", {}, {}, callback),
      mixpanel.track_with_groups("A", {}, { company: "c1" }, callback),
      mixpanel.set_group("company", "c1", callback),
      mixpanel.add_group("company", "c2", callback),
      mixpanel.remove_group("company", "c2", callback),
      mixpanel.people.set({ a: 1 }, callback),
      mixpanel.people.set_once("a", 1, callback),
      mixpanel.people.unset("a", callback),
      mixpanel.people.increment("a", callback),
      mixpanel.people.append("a", 1, callback),
      mixpanel.people.remove("a", 1, callback),
      mixpanel.people.union("a", [1], callback),
      mixpanel.people.track_charge(5, callback),
    ];
    results();
    await microtasks(2);
    const taken = heard.splice(0);
    void mixpanel.opt_out_tracking();
    const returned = results();
    const blocked = heard.splice(0);
    await microtasks(5);
    expect([
      taken,
      blocked,
      heard,
      returned.every((value) => value === undefined),
    ]).to.deep.equal([Array(14).fill(1), Array(14).fill(0), [], true]);
  });

  it("switches events off and on by name, which is no decision", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    const heard: number[] = [];
    mixpanel.disable(["B"]);
    mixpanel.track("A");
    mixpanel.track("B", {}, (response) => heard.push(response));
    mixpanel.disable();
    mixpanel.track("C");
    mixpanel.enable();
    mixpanel.track("B");
    await pass(5000);
    expect([names(), heard, mixpanel.has_opted_out_tracking()]).to.deep.equal([
      ["A", "B"],
      [0],
      false,
    ]);
  });

  it("switches page views and events with groups off as well", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    mixpanel.disable(["$mp_web_page_view", "Seen"]);
    mixpanel.track_pageview();
    mixpanel.track_pageview({}, { event_name: "Seen" });
    mixpanel.track_with_groups("Seen", {}, { company: "c1" });
    mixpanel.enable(["Seen"]);
    mixpanel.track_with_groups("Seen", {}, { company: "c1" });
    mixpanel.disable();
    mixpanel.track_with_groups("A", {}, { company: "c1" });
    await pass(5000);
    expect(names()).to.deep.equal(["Seen"]);
  });

  it("names, aliases and forgets the visitor, and knows them before anything is sent", async () => {
    const { mixpanel, pass, sent, names } = mixpanelScene();
    const first = mixpanel.get_distinct_id();
    mixpanel.track("A");
    mixpanel.identify("user-42");
    const named = mixpanel.get_distinct_id();
    mixpanel.identify("user-42");
    mixpanel.alias("user-43");
    await pass(5000);
    mixpanel.reset();
    await pass();
    const [a, identify, alias, again] = sent().map(
      ({ properties }) => properties!,
    );
    expect([
      names(),
      [first === a!.distinct_id, /^\$device:[-\da-f]{36}$/.test(first!)],
      [named, identify!.distinct_id, identify!.$anon_distinct_id === first],
      [alias!.alias, alias!.distinct_id],
      again!.distinct_id,
      mixpanel.get_distinct_id() === first,
    ]).to.deep.equal([
      ["A", "$identify", "$create_alias", "$identify"],
      [true, true],
      ["user-42", "user-42", true],
      ["user-43", "user-42"],
      "user-43",
      false,
    ]);
  });

  it("sends super properties, clocks and groups along", async () => {
    const { mixpanel, pass, sent, time } = mixpanelScene();
    mixpanel.register({ plan: "pro", seats: 1 });
    mixpanel.register_once({ plan: "free", since: "May", seats: 2 }, 1);
    mixpanel.register({ tour: 1 }, { persistent: false });
    mixpanel.unregister("plan");
    mixpanel.add_group("company", "c1");
    mixpanel.add_group("company", "c2");
    mixpanel.remove_group("company", "c1");
    mixpanel.time_event("A");
    await time.advance(1500);
    mixpanel.track("A");
    await pass(5000);
    const { seats, since, tour, plan, company, $duration } =
      sent()[0]!.properties!;
    expect({ seats, since, tour, plan, company, $duration }).to.deep.equal({
      seats: 2,
      since: "May",
      tour: 1,
      plan: undefined,
      company: ["c2"],
      $duration: 1.5,
    });
  });

  it("knows what was registered at once, and forgets it with the visitor", () => {
    const { mixpanel } = mixpanelScene();
    mixpanel.register({ plan: "pro" });
    const before = mixpanel.get_property("plan");
    mixpanel.reset();
    expect([before, mixpanel.get_property("plan")]).to.deep.equal([
      "pro",
      undefined,
    ]);
  });

  it("refuses a super property that is no JSON at the call, and goes on tracking", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    const words = [() => 1, NaN].map((bad) =>
      catchError(() => mixpanel.register({ bad }, { persistent: false })),
    );
    mixpanel.track("A");
    await pass(5000);
    expect([words.map((text) => text.split(":")[0]), names()]).to.deep.equal([
      ["TypeError", "TypeError"],
      ["A"],
    ]);
  });

  for (const call of ["set_group", "add_group"] as const)
    it(`registers nothing where ${call} is refused`, () => {
      const { mixpanel } = mixpanelScene();
      const words = catchError(() => mixpanel[call]("company", { a: () => 1 }));
      const more = catchError(() => mixpanel.add_group("company", { a: 1 }));
      expect([
        words.split(":")[0],
        more.split(":")[0],
        mixpanel.get_property("company"),
      ]).to.deep.equal(["TypeError", "TypeError", undefined]);
    });

  it("identifies without options, be they null", async () => {
    const { mixpanel, pass, names } = mixpanelScene();
    mixpanel.identify("user-42", null);
    await pass(5000);
    expect(names()).to.deep.equal(["$identify"]);
  });

  it("tells what the SDK tells of device and project", async () => {
    const { mixpanel, pass, sent, token } = mixpanelScene();
    mixpanel.track("A");
    await pass(5000);
    expect([
      mixpanel.get_property("$device_id"),
      mixpanel.get_config("token"),
    ]).to.deep.equal([sent()[0]!.properties!.$device_id, token]);
  });

  it("knows nothing of the visitor behind a reset, also before the code that sends is there", async () => {
    const { mixpanel, open, pass, sent, requests } = mixpanelScene();
    mixpanel.identify("user-42");
    mixpanel.register({ plan: "pro" });
    mixpanel.add_group("company", "c1");
    await pass(5000);
    requests.splice(0);
    const next = open();
    next.reset();
    const seen = [next.get_distinct_id(), next.get_property("plan")];
    next.add_group("company", "c2");
    next.register_once({ plan: "free" });
    next.track("A");
    await pass(5000);
    const { company, plan, distinct_id } = sent().find(
      ({ event }) => event === "A",
    )!.properties!;
    expect([
      seen,
      company,
      plan,
      next.get_distinct_id() === distinct_id,
    ]).to.deep.equal([[undefined, undefined], ["c2"], "free", true]);
  });

  it("knows nothing of the visitor behind a reset that a store was slow to allow", async () => {
    const { open, pass } = mixpanelScene();
    const first = createStore({ purposes: ["analytics"] });
    first.grantAll();
    const earlier = open({ consent: first });
    earlier.register({ plan: "pro" });
    await pass(5000);
    let text: string[] = [];
    let answer = () => {};
    const ready = new Promise<void>((done) => {
      answer = done;
    });
    const consent = createStore({
      purposes: ["analytics"],
      storage: { ready, read: () => text, write() {} },
    });
    const next = open({ consent });
    next.reset();
    text = [toText(first.record!)];
    answer();
    await consent.ready;
    const seen = [next.get_property("plan"), next.get_distinct_id()];
    await pass(5000);
    expect([seen, next.get_distinct_id()?.slice(0, 8)]).to.deep.equal([
      [undefined, undefined],
      "$device:",
    ]);
  });

  it("changes profiles as the SDK does", async () => {
    const { mixpanel, pass, sent } = mixpanelScene();
    const { people } = mixpanel;
    people.set("name", "N");
    mixpanel.identify("user-42");
    people.set_once({ first: "1" });
    people.increment("logins");
    people.increment({ logins: 2 });
    people.unset(["gone"]);
    people.union("u", "a");
    people.append("list", "x");
    people.remove("list", "y");
    people.track_charge(5, { sku: "k" });
    people.track_charge("19.99");
    people.clear_charges();
    people.delete_user();
    await pass(5000);
    const updates = sent()
      .filter(({ event }) => !event)
      .map((entry) =>
        Object.fromEntries(
          Object.entries(entry).filter(
            ([key]) => !/^\$(token|distinct_id|device_id|user_id)$/.test(key),
          ),
        ),
      );
    const agent = Object.keys((updates[0] as { $set: object }).$set).slice(
      0,
      3,
    );
    for (const { $set } of updates)
      for (const key of agent) delete ($set as Record<string, unknown>)?.[key];
    expect(agent).to.deep.equal(["$os", "$browser", "$browser_version"]);
    expect(updates).to.deep.equal([
      { $set: { name: "N" } },
      { $set_once: { first: "1" } },
      { $add: { logins: 1 } },
      { $add: { logins: 2 } },
      { $unset: ["gone"] },
      { $union: { u: ["a"] } },
      { $append: { list: "x" } },
      { $remove: { list: "y" } },
      { $append: { $transactions: { sku: "k", $amount: 5 } } },
      { $append: { $transactions: { $amount: 19.99 } } },
      { $set: { $transactions: [] } },
      { $delete: "user-42" },
    ]);
  });

  it("runs hooks, and drops what they drop", async () => {
    const { mixpanel, pass, sent, names } = mixpanelScene({
      hooks: {
        before_track: (name, properties) =>
          name === "never" ? null : [`${name}!`, { ...properties, hooked: 1 }],
        before_identify: [(id) => `${id}-a`, (id) => `${id}-b`],
        before_register: (properties) => ({ ...properties, more: 2 }),
        before_unregister: () => null,
        before_send_events: (item) => (item.event === "late!" ? null : item),
        before_send_people: () => undefined,
      },
    });
    mixpanel.register({ plan: "pro" });
    mixpanel.unregister("plan");
    mixpanel.identify("u");
    mixpanel.track("never");
    mixpanel.track("late");
    mixpanel.track("A", { own: 1 });
    mixpanel.people.set({ a: 1 });
    await pass(5000);
    const { plan, more, own, hooked, distinct_id } = sent().at(-1)!.properties!;
    expect([names(), { plan, more, own, hooked, distinct_id }]).to.deep.equal([
      ["$identify", "A!"],
      { plan: "pro", more: 2, own: 1, hooked: 1, distinct_id: "u-a-b" },
    ]);
  });

  it("runs before_track on page views, those that it counts by itself too", async () => {
    const seen: unknown[] = [];
    for (const before_track of [
      () => null,
      (name: string) => [name, { hooked: 1 }],
      () => "Seen",
      () => {
        throw new Error("hook");
      },
    ]) {
      const { mixpanel, pass, sent, errors } = mixpanelScene({
        track_pageview: true,
        hooks: { before_track },
      });
      const thrown = catchError(() => mixpanel.track_pageview());
      await pass(5000);
      seen.push([
        sent().map(({ event, properties }) => [event, properties!.hooked]),
        errors.length,
        thrown,
      ]);
    }
    const view = ["$mp_web_page_view", 1];
    const other = ["Seen", undefined];
    expect(seen).to.deep.equal([
      [[], 0, "nothing"],
      [[view, view], 0, "nothing"],
      [[other, other], 0, "nothing"],
      [[], 1, "Error: hook"],
    ]);
  });

  it("check 29: hashes an id before it is stored or sent", async () => {
    const one = mixpanelScene({ hash_salt: "s", persistence: "localStorage" });
    one.mixpanel.identify("alice@shop.test", { hash: true });
    one.mixpanel.track("A");
    await one.pass();
    await crypto.subtle.digest("SHA-256", new Uint8Array());
    await one.pass(5000);
    const bytes = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode("salice@shop.test"),
    );
    const hash = Array.from(new Uint8Array(bytes), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    const seen = JSON.stringify([one.sent(), { ...localStorage }]);
    expect([
      seen.includes("alice"),
      one.sent().at(-1)!.properties!.distinct_id,
      one.mixpanel.get_distinct_id(),
    ]).to.deep.equal([false, hash, hash]);
  });

  it("check 29: hashes every id where the config says so", async () => {
    const { mixpanel, pass, sent } = mixpanelScene({ hash_ids: true });
    mixpanel.identify("alice@shop.test");
    await pass();
    await crypto.subtle.digest("SHA-256", new Uint8Array());
    await pass(5000);
    expect(sent()[0]!.properties!.distinct_id).to.match(/^[\da-f]{64}$/);
  });

  for (const id of ["anonymous", "0", "null", "[]", "$device:1", ""])
    it(`check 29: refuses the id ${JSON.stringify(id)}`, () => {
      const { mixpanel } = mixpanelScene();
      expect(() => mixpanel.identify(id)).to.throw(/consent-elements/);
    });

  it("check 29: makes $insert_id of letters, digits and -, and takes numbers for texts", async () => {
    const { mixpanel, pass, sent } = mixpanelScene();
    mixpanel.identify(42);
    await pass(5000);
    const { $insert_id, distinct_id, time } = sent()[0]!.properties!;
    expect($insert_id).to.match(/^[A-Za-z0-9-]{1,36}$/);
    expect([distinct_id, time]).to.deep.equal(["42", START / 1000]);
  });

  it("keeps ids in the cookie that the config names, with its attributes", async () => {
    const { mixpanel, pass, token } = mixpanelScene();
    mixpanel.track("A");
    await pass(5000);
    const local = mixpanelScene({ persistence: "localStorage" });
    local.mixpanel.track("A");
    await local.pass(5000);
    const named = mixpanelScene({ persistence_name: "shop" });
    named.mixpanel.track("A");
    await named.pass(5000);
    expect([
      readCookies().map((cookie) => cookie.split("=")[0]),
      localStorage.getItem(`mp_${local.token}_mixpanel`) !== null,
    ]).to.deep.equal([[`mp_${token}_mixpanel`, "mp_shop"], true]);
  });

  it("keeps nothing with disable_persistence, and still tracks", async () => {
    const { mixpanel, pass, names } = mixpanelScene({
      disable_persistence: true,
    });
    mixpanel.track("A");
    mixpanel.identify("user-42");
    await pass(5000);
    expect([
      names(),
      readCookies(),
      { ...localStorage },
      { ...sessionStorage },
    ]).to.deep.equal([["A", "$identify"], [], {}, {}]);
  });

  it("check 6: runs instances beside each other, which know nothing of each other", async () => {
    const { mixpanel, pass, names, requests, time } = mixpanelScene();
    const fetch = (() => {
      throw new Error("the second one must not send");
    }) as typeof globalThis.fetch;
    const second = mixpanel.init(
      "tok_second",
      { fetch, clock: time.now },
      "second",
    );
    void second.opt_out_tracking();
    mixpanel.track("A");
    second.track("B");
    await pass(5000);
    expect([
      mixpanel.second === second,
      names(),
      requests.length,
      mixpanel.has_opted_out_tracking(),
      second.has_opted_out_tracking(),
    ]).to.deep.equal([true, ["A"], 1, false, true]);
  });

  it("says what to do before init, and for a name that is a method's", () => {
    const mixpanel = createMixpanel();
    expect([
      catchError(() => mixpanel.track("A")),
      catchError(() => mixpanel.people.set({ a: 1 })),
      catchError(() => mixpanel.init("t", {}, "track")),
    ]).to.deep.equal([
      "TypeError: consent-elements: what mixpanel.track() works on is null; write mixpanel.init(TOKEN) first",
      "TypeError: consent-elements: what mixpanel.people.set() works on is null; write mixpanel.init(TOKEN) first",
      `RangeError: consent-elements: an instance's name is "track"; write one that is no method's`,
    ]);
  });

  it("starts once, and says so", () => {
    const { mixpanel } = mixpanelScene({ persistence_name: "first" });
    const said: unknown[] = [];
    stubProperty(console, "warn", () => (text: string) => said.push(text));
    mixpanel.init("tok_other", { persistence_name: "other" });
    expect([
      said.length,
      mixpanel.get_config("persistence_name"),
    ]).to.deep.equal([1, "first"]);
  });

  it("calls loaded with the instance", () => {
    const seen: unknown[] = [];
    const { mixpanel } = mixpanelScene({
      loaded: (instance) => seen.push(instance),
    });
    expect(seen[0] === mixpanel).to.equal(true);
  });

  it("counts page views, and each new address where it is told to", async () => {
    const { mixpanel, pass, sent } = mixpanelScene({
      track_pageview: "url-with-path",
    });
    const { href } = location;
    history.replaceState(null, "", "?other=query");
    dispatchEvent(new Event("popstate"));
    history.replaceState(null, "", "/other/path");
    dispatchEvent(new Event("popstate"));
    history.replaceState(null, "", href);
    mixpanel.track_pageview({ own: 1 }, { event_name: "Seen" });
    await pass(5000);
    expect(
      sent().map(({ event, properties }) => [
        event,
        new URL(properties!.$current_url as string).pathname === "/other/path",
      ]),
    ).to.deep.include.members([
      ["$mp_web_page_view", false],
      ["$mp_web_page_view", true],
      ["Seen", false],
    ]);
  });

  it("counts addresses that a script sets also where there is no Navigation API", async () => {
    const { pushState, replaceState } = history;
    stubProperty(globalThis, "navigation", () => undefined);
    afterThisTest(() => Object.assign(history, { pushState, replaceState }));
    const { pass, sent } = mixpanelScene({ track_pageview: true });
    const { href } = location;
    history.pushState({ kept: 1 }, "", "/other/page");
    const { state } = history;
    history.replaceState(null, "", href);
    await pass(5000);
    expect([
      state,
      sent().map(({ properties }) =>
        new URL(properties!.$current_url as string).pathname.slice(0, 6),
      ),
    ]).to.deep.equal([{ kept: 1 }, ["/", "/other", "/"]]);
  });
});
