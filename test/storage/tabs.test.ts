import { expect } from "@open-wc/testing";
import type { ConsentChangeEvent } from "../../src/consent/events.js";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import { cookieStorage } from "../../src/storage/cookie.js";
import { localRecordStorage } from "../../src/storage/local.js";
import { tabs } from "../../src/storage/tabs.js";
import { cleanStorage } from "../support/clean-storage.js";
import { collectChanges } from "../support/collect-changes.js";
import { stubProperty } from "../support/stub-property.js";
import { turn } from "../support/turn.js";
import { afterThisTest } from "../support/undo.js";

let count = 0;
/** A name that no earlier test has used: its pages listen on. */
const freshName = () => `tabs-test-${++count}`;

const nextChange = (store: ConsentStore) =>
  new Promise<ConsentChangeEvent>((resolve) =>
    store.addEventListener("consent-change", resolve, { once: true }),
  );
const transition = (type: "pageshow" | "pagehide", persisted: boolean) =>
  dispatchEvent(new PageTransitionEvent(type, { persisted }));

/** Listens as a page would: collects the texts it heard, and counts how often it was asked to look for itself. */
const listen = (name: string) => {
  const neighbours = tabs(name);
  const page = { neighbours, heard: [] as string[], looks: 0 };
  neighbours.hear((text) => {
    if (text === undefined) page.looks++;
    else page.heard.push(text);
  });
  return page;
};

/** Another page of the site, on the bare channel. Opened last, it hears last. */
const witness = (name: string) => {
  const channel = new BroadcastChannel(name);
  afterThisTest(() => channel.close());
  const next = () =>
    new Promise<unknown>((resolve) =>
      channel.addEventListener("message", ({ data }) => resolve(data), {
        once: true,
      }),
    );
  return { channel, next };
};

/** Says `what` to every open page of that name, and waits until the last of them has heard it. */
const announce = (name: string, what: unknown) => {
  const speaker = witness(name);
  const { next } = witness(name);
  const arrived = next();
  speaker.channel.postMessage(what);
  return arrived;
};

afterEach(cleanStorage);

describe("the pages of one site", () => {
  it("hear of each other's decisions, wherever the record waits", async () => {
    const places = {
      cookie: cookieStorage,
      local: localRecordStorage,
      memory: () => undefined,
    };
    const seen = await Promise.all(
      Object.entries(places).map(async ([place, make]) => {
        const name = freshName();
        const open = () =>
          createStore({ storage: make(name), neighbours: tabs(name) });
        const [here, elsewhere] = [open(), open()];
        const steps: unknown[] = [];
        const hearOf = async (decide: () => unknown) => {
          const change = nextChange(here);
          decide();
          const { source, changed, current } = await change;
          steps.push([source, changed, current?.source]);
        };
        await hearOf(() => elsewhere.grantAll({ source: "user" }));
        await hearOf(() => elsewhere.denyAll({ source: "user" }));
        await hearOf(() => elsewhere.reset());
        return { place, steps };
      }),
    );
    expect(seen).to.deep.equal(
      Object.keys(places).map((place) => ({
        place,
        steps: [
          ["tab", ["analytics"], "user"],
          ["tab", ["analytics"], "user"],
          ["tab", ["analytics"], undefined],
        ],
      })),
    );
  });

  it("tell each decision once, and do not answer it", async () => {
    const name = freshName();
    const open = () =>
      createStore({ storage: cookieStorage(name), neighbours: tabs(name) });
    const [here, elsewhere] = [open(), open()];
    const changes = [here, elsewhere].map(collectChanges);
    const heard = nextChange(elsewhere);
    here.denyAll();
    await heard;
    await announce(name, "the end");
    await turn();
    expect(
      changes.map((some) => some.map(({ source }) => source)),
    ).to.deep.equal([["api"], ["tab"]]);
  });

  it("hear the text that was told, and nothing of what another site's pages say", async () => {
    const [name, other] = [freshName(), freshName()];
    const page = listen(name);
    const stranger = listen(other);
    const { next } = witness(name);
    const arrived = next();
    const teller = listen(name);
    teller.neighbours.tell("analytics=denied");
    expect([
      await arrived,
      page.heard,
      stranger.heard,
      teller.heard,
    ]).to.deep.equal(["analytics=denied", ["analytics=denied"], [], []]);
  });

  it("hear a text, whatever was sent", async () => {
    const name = freshName();
    const page = listen(name);
    for (const what of [{ analytics: "granted" }, null, 7, ""])
      await announce(name, what);
    expect(page.heard).to.deep.equal(["[object Object]", "null", "7", ""]);
  });

  it("do not mind a document without an origin, which has no neighbours", () => {
    const name = freshName();
    stubProperty(
      globalThis,
      "BroadcastChannel",
      () =>
        function BroadcastChannel() {
          throw new DOMException("opaque origin", "SecurityError");
        },
    );
    const store = createStore({ neighbours: tabs(name) });
    store.denyAll();
    expect(store.get("analytics")).to.equal("denied");
  });
});

describe("a page that comes back", () => {
  it("looks again out of the back/forward cache, and not on its first show", () => {
    const page = listen(freshName());
    transition("pageshow", false);
    const first = page.looks;
    transition("pageshow", true);
    expect([first, page.looks]).to.deep.equal([0, 1]);
  });

  it("looks again when it becomes visible", () => {
    const page = listen(freshName());
    document.dispatchEvent(new Event("visibilitychange"));
    expect(page.looks).to.equal(1);
  });

  it("hears nothing while it is away, and is heard again afterwards", async () => {
    const name = freshName();
    const page = listen(name);
    transition("pagehide", true);
    await announce(name, "while away");
    page.neighbours.tell("nobody hears this, and nothing throws");
    const away = [...page.heard];
    transition("pageshow", true);
    await announce(name, "once back");
    const { next } = witness(name);
    const arrived = next();
    page.neighbours.tell("here I am");
    expect([away, page.heard, await arrived]).to.deep.equal([
      [],
      ["once back"],
      "here I am",
    ]);
  });

  it("sees a denial that it missed (P2)", () => {
    const name = freshName();
    const here = createStore({
      storage: cookieStorage(name),
      neighbours: tabs(name),
    });
    here.grantAll();
    transition("pagehide", true);
    createStore({ storage: cookieStorage(name) }).denyAll();
    const changes = collectChanges(here);
    transition("pageshow", true);
    expect([
      here.get("analytics"),
      changes.map(({ source }) => source),
    ]).to.deep.equal(["denied", ["tab"]]);
  });

  it("sees a denial when it comes back to the front (P2)", () => {
    const name = freshName();
    const here = createStore({
      storage: localRecordStorage(name),
      neighbours: tabs(name),
    });
    here.grantAll();
    createStore({ storage: localRecordStorage(name) }).denyAll();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(here.get("analytics")).to.equal("denied");
  });
});

describe("a cookie that moves without a word", () => {
  it("is noticed where the browser tells of cookies", async () => {
    if (!("cookieStore" in globalThis)) return;
    const name = freshName();
    const here = createStore({
      storage: cookieStorage(name),
      neighbours: tabs(name),
    });
    const change = nextChange(here);
    const denied = createStore({ storage: cookieStorage(name) }).denyAll();
    const { source, current } = await change;
    expect([source, current]).to.deep.equal(["tab", denied]);
  });
});
