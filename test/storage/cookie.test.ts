import { expect } from "@open-wc/testing";
import { toText } from "../../src/consent/record.js";
import { createStore, type ConsentStore } from "../../src/consent/store.js";
import { cookieStorage } from "../../src/storage/cookie.js";
import { cleanStorage } from "../support/clean-storage.js";
import { collectErrors } from "../support/collect-errors.js";
import { readCookies, setCookie } from "../support/cookies.js";
import { deepPage } from "../support/deep-page.js";
import { fakeClock } from "../support/fake-clock.js";
import { FakeCookieJar } from "../support/fake-cookie-jar.js";
import { turn } from "../support/turn.js";

const NOW = "2026-11-22T10:15:00.000Z";
const LINE = `analytics=granted&revision=1&time=${NOW}&source=user&action=save`;
const tomorrow = () => new Date(Date.now() + 864e5);
const yesterday = () => new Date(Date.now() - 864e5);

const line = (analytics: "granted" | "denied", time = NOW) =>
  toText({
    choices: { analytics },
    revision: "1",
    time,
    source: "user",
    action: "save",
  });
const open = (name?: string, domain?: string): ConsentStore =>
  createStore({
    storage: cookieStorage(name, domain),
    clock: fakeClock("2026-11-22T11:00:00.000Z"),
  });

afterEach(cleanStorage);

describe("a record in a cookie", () => {
  it("is one cookie named consent that a person can read", () => {
    cookieStorage().write(LINE, tomorrow());
    expect(readCookies()).to.deep.equal([`consent=${LINE}`]);
  });

  it("is read as it was written, also at its greatest length", () => {
    const texts = [LINE, LINE.padEnd(1024, "e"), "a+b%20c%3Bd&e=:"];
    const storage = cookieStorage();
    const read = texts.map((text) => {
      storage.write(text, tomorrow());
      return storage.read();
    });
    expect(read).to.deep.equal(texts.map((text) => [text]));
  });

  it("has the name that the site gives it", () => {
    const storage = cookieStorage("shop.consent_2-x");
    storage.write(LINE, tomorrow());
    expect([readCookies(), storage.read()]).to.deep.equal([
      [`shop.consent_2-x=${LINE}`],
      [LINE],
    ]);
  });

  it("is nothing when there is no cookie of just that name", () => {
    for (const name of ["consent2", "xconsent", "Consent", "my-consent"])
      setCookie(`${name}=${LINE}`);
    expect(cookieStorage().read()).to.deep.equal([]);
  });

  it("is for the whole site, until its time, and goes along on visits from elsewhere alone", () => {
    const jar = new FakeCookieJar();
    cookieStorage().write(LINE, new Date("2099-01-02T03:04:05.000Z"));
    expect(jar.lines).to.deep.equal([
      `consent=${LINE}; path=/; expires=Fri, 02 Jan 2099 03:04:05 GMT; sameSite=lax`,
    ]);
  });

  it("is not kept beyond its time", () => {
    cookieStorage().write(LINE, yesterday());
    expect(readCookies()).to.deep.equal([]);
  });

  it("is shared with the subdomains of the domain that the site names", () => {
    const jar = new FakeCookieJar();
    cookieStorage("consent", "shop.example").write(LINE, tomorrow());
    expect(jar.cookies).to.deep.equal([
      ["consent@shop.example", `consent=${LINE}`],
    ]);
  });

  it("is replaced by the next one", () => {
    const storage = cookieStorage();
    storage.write(LINE, tomorrow());
    storage.write("analytics=denied", tomorrow());
    expect(readCookies()).to.deep.equal(["consent=analytics=denied"]);
  });

  it("is removed without a trace, and other cookies stay", () => {
    setCookie("basket=3");
    setCookie("consent2=yes");
    const storage = cookieStorage();
    storage.write(LINE, tomorrow());
    storage.write(undefined, new Date(0));
    storage.write(undefined, new Date(0));
    expect([storage.read(), readCookies()]).to.deep.equal([
      [],
      ["basket=3", "consent2=yes"],
    ]);
  });

  it("is found again by the next page", () => {
    const decided = open().denyAll();
    expect(open().record).to.deep.equal(decided);
  });

  it("is kept in memory for the page where the browser takes no cookie", async () => {
    const store = open("consent", "elsewhere.example");
    const errors = collectErrors(store);
    store.denyAll();
    store.refresh();
    await turn();
    expect([readCookies(), store.get("analytics"), errors]).to.deep.equal([
      [],
      "denied",
      ["record not kept"],
    ]);
  });
});

describe("two cookies of one name", () => {
  const EARLIER = "2026-11-22T10:00:00.000Z";
  const cases = [
    { root: line("granted"), path: line("denied", EARLIER), now: "granted" },
    { root: line("denied"), path: line("granted", EARLIER), now: "denied" },
    { root: line("granted", EARLIER), path: line("denied"), now: "denied" },
    { root: line("denied", EARLIER), path: line("granted"), now: "granted" },
    { root: line("granted"), path: line("denied"), now: "denied" },
    { root: line("denied"), path: line("granted"), now: "denied" },
    { root: "damaged", path: line("granted"), now: "granted" },
  ];

  const meet = async ({ root, path }: { root: string; path: string }) => {
    const folder = await deepPage();
    setCookie(`consent=${root}`);
    setCookie(`consent=${path}`, folder);
  };

  it("are both read", async () => {
    await meet({ root: "one", path: "two" });
    expect(cookieStorage().read().toSorted()).to.deep.equal(["one", "two"]);
  });

  for (const { root, path, now } of cases)
    it(`on two paths count as the newest says, or the denial of two at once: ${now} of ${[root, path].map((text) => text.replace(/&revision=1|&source.*/g, "")).join(" and ")}`, async () => {
      await meet({ root, path });
      setCookie("basket=3");
      const store = open();
      store.refresh();
      expect([
        store.get("analytics"),
        open().get("analytics"),
        readCookies().includes("basket=3"),
      ]).to.deep.equal([now, now, true]);
    });

  it("on two paths give way to the next decision", async () => {
    await meet({ root: line("denied"), path: line("denied") });
    open().grantAll();
    expect(open().isGranted("analytics")).to.equal(true);
  });

  const kept = (jar: FakeCookieJar) =>
    jar.cookies.map(([key, cookie]) => [key, cookie.slice(0, 24)]);
  const duplicate = (host: string, domain: string) => {
    const jar = new FakeCookieJar();
    document.cookie = "basket=3; path=/";
    document.cookie = `consent=${host}; path=/`;
    document.cookie = `consent=${domain}; path=/; domain=${location.hostname}`;
    return jar;
  };

  it("of the host and of its domain are healed into one, the host's own where no domain is named (P6)", () => {
    const jar = duplicate(line("granted", EARLIER), line("denied"));
    expect([open().get("analytics"), kept(jar)]).to.deep.equal([
      "denied",
      [
        ["basket@", "basket=3"],
        ["consent@", "consent=analytics=denied"],
      ],
    ]);
  });

  it("of the host and of its domain are healed into one, the domain's where one is named (P6)", () => {
    const jar = duplicate(line("denied"), line("granted"));
    const store = open("consent", location.hostname);
    expect([store.get("analytics"), kept(jar)]).to.deep.equal([
      "denied",
      [
        ["basket@", "basket=3"],
        [`consent@${location.hostname}`, "consent=analytics=denied"],
      ],
    ]);
  });

  it("of the host and of its domain are both removed with the record", () => {
    const jar = duplicate(line("denied"), line("granted"));
    cookieStorage().write(undefined, new Date(0));
    expect(kept(jar)).to.deep.equal([["basket@", "basket=3"]]);
  });

  it("are looked for on the host and on each domain above it, on every path that the page can see", () => {
    const jar = duplicate("one", "two");
    const before = jar.lines.length;
    cookieStorage().write(undefined, new Date(0));
    const places = jar.lines
      .slice(before)
      .map((text) =>
        ["domain", "path"].map(
          (name) => new RegExp(`${name}=([^;]*)`).exec(text)?.[1],
        ),
      );
    const hosts = location.hostname.split(".");
    const names = location.pathname.split("/").slice(1);
    const paths = [
      undefined,
      "/",
      ...names.flatMap((_, i) => {
        const path = `/${names.slice(0, i + 1).join("/")}`;
        return i < names.length - 1 ? [path, `${path}/`] : [path];
      }),
    ].filter((path, i, all) => all.indexOf(path) === i);
    expect(new Set(places.map(String))).to.deep.equal(
      new Set(
        paths.flatMap((path) =>
          [undefined, ...hosts.map((_, i) => hosts.slice(i).join("."))].map(
            (domain) => `${[domain, path]}`,
          ),
        ),
      ),
    );
  });

  it("are one after the next decision, also when the other is on another path", () => {
    const path = location.pathname.replace(/[^/]*$/, "");
    document.cookie = `consent=old; path=${path}`;
    cookieStorage().write("new", new Date(Date.now() + 60_000));
    expect([path === "/", cookieStorage().read()]).to.deep.equal([
      path === "/",
      ["new"],
    ]);
    cookieStorage().write(undefined, new Date(0));
    expect(cookieStorage().read()).to.deep.equal([]);
  });
});
