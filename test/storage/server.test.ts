import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { serverStorage } from "../../src/storage/server.js";
import { catchError } from "../support/catch-error.js";
import { cleanStorage } from "../support/clean-storage.js";
import { fakeClock } from "../support/fake-clock.js";
import { fakeFetch, type SentRequest } from "../support/fake-fetch.js";
import { turn } from "../support/turn.js";

const clock = fakeClock();

/** A page whose record the server sets too. */
function start(network = fakeFetch()) {
  const errors: string[] = [];
  const storage = serverStorage({
    endpoint: "/consent",
    fetch: network.fetch,
    report: (error) => errors.push((error as Error).message),
  });
  return {
    consent: createStore({ storage, clock }),
    requests: network.requests,
    errors,
  };
}

/** What the server's answer does in the browser. */
const setByServer = ({ body }: SentRequest) => {
  document.cookie = `consent=${body}; Path=/; Max-Age=15552000; SameSite=Lax`;
};

/** The answers on analytics in the page's cookies. */
const answers = () =>
  document.cookie
    .split("; ")
    .filter(Boolean)
    .map((cookie) => cookie.replace(/^([\w-]+)=.*analytics=(\w+)&.*/, "$1 $2"))
    .toSorted();

afterEach(cleanStorage);

describe("a record that the server sets too", () => {
  it("is in the script's cookie when the decision returns, before anything is sent", () => {
    const { consent, requests } = start(fakeFetch("hang"));
    consent.denyAll();
    expect([answers(), requests.length]).to.deep.equal([
      ["consent denied", "consent-new denied"],
      0,
    ]);
  });

  it("is posted to this site as its text", async () => {
    const { consent, requests } = start();
    consent.denyAll();
    await turn();
    expect(
      requests.map(({ url, method, body, credentials, keepalive }) => [
        url.pathname,
        method,
        `consent=${body}`,
        credentials,
        keepalive,
      ]),
    ).to.deep.equal([
      [
        "/consent",
        "POST",
        document.cookie
          .split("; ")
          .find((cookie) => cookie.startsWith("consent=")),
        "same-origin",
        false,
      ],
    ]);
  });

  it("is one cookie once the server has confirmed it", async () => {
    const { consent, requests, errors } = start(fakeFetch("hang"));
    consent.denyAll();
    await turn();
    setByServer(requests[0]!);
    requests[0]!.answer({});
    await turn();
    expect([answers(), errors]).to.deep.equal([["consent denied"], []]);
  });

  for (const answer of ["fail", { status: 500 }] as const)
    it(`stands after ${JSON.stringify(answer)}, and the next page tries again`, async () => {
      const first = start(fakeFetch(answer));
      first.consent.denyAll();
      await turn();
      const second = start();
      await turn();
      expect([
        first.consent.get("analytics"),
        second.consent.get("analytics"),
        first.errors.length,
        second.requests.map(({ body }) => body),
      ]).to.deep.equal([
        "denied",
        "denied",
        1,
        first.requests.map(({ body }) => body),
      ]);
    });

  it("is not posted again once it was confirmed", async () => {
    const first = start();
    first.consent.denyAll();
    await turn();
    const second = start();
    second.consent.refresh();
    await turn();
    expect([first.requests.length, second.requests.length]).to.deep.equal([
      1, 0,
    ]);
  });

  it("is not asked for, and nothing is written, before a decision", async () => {
    const { consent, requests } = start();
    consent.refresh();
    await turn();
    expect([document.cookie, requests.length]).to.deep.equal(["", 0]);
  });

  it("cuts off an earlier yes when a no is given", async () => {
    const { consent, requests } = start(fakeFetch("hang", "hang"));
    consent.grantAll();
    await turn();
    consent.denyAll();
    await turn();
    expect(
      requests.map(({ body, signal }) => [
        body.includes("granted"),
        signal.aborted,
      ]),
    ).to.deep.equal([
      [true, true],
      [false, false],
    ]);
  });

  it("stays a no where the server's answer to an earlier yes comes late all the same", async () => {
    const { consent, requests } = start(fakeFetch("hang", "fail"));
    consent.grantAll();
    await turn();
    consent.denyAll();
    await turn();
    setByServer(requests[0]!);
    const before = consent.get("analytics");
    consent.refresh();
    const next = start();
    expect([
      before,
      consent.isGranted("analytics"),
      next.consent.isGranted("analytics"),
      answers(),
    ]).to.deep.equal([
      "denied",
      false,
      false,
      ["consent denied", "consent-new denied"],
    ]);
  });

  it("cuts off its yes when it sees another tab's no", async () => {
    const first = start(fakeFetch("hang"));
    first.consent.grantAll();
    await turn();
    const second = start(fakeFetch("hang"));
    second.consent.denyAll();
    first.consent.refresh();
    expect([
      first.requests[0]!.signal.aborted,
      first.consent.get("analytics"),
    ]).to.deep.equal([true, "denied"]);
  });

  it("leaves to another tab what that one has decided since", async () => {
    const { consent, errors } = start(fakeFetch({ status: 409 }));
    consent.denyAll();
    await turn();
    expect([answers(), errors]).to.deep.equal([
      ["consent denied", "consent-new denied"],
      [],
    ]);
  });

  it("is forgotten on both sides, and nothing is posted", async () => {
    const { consent, requests } = start();
    consent.grantAll();
    await turn();
    consent.reset();
    await turn();
    expect([document.cookie, requests.length]).to.deep.equal(["", 1]);
  });

  it("cuts off a yes that is on its way when it is forgotten", async () => {
    const { consent, requests } = start(fakeFetch("hang"));
    consent.grantAll();
    await turn();
    consent.reset();
    expect(requests.map(({ signal }) => signal.aborted)).to.deep.equal([true]);
  });

  it("posts the last of several decisions of one task", async () => {
    const { consent, requests } = start();
    consent.grantAll();
    consent.denyAll();
    await turn();
    expect(
      requests.map(({ body }) => body.includes("action=deny-all")),
    ).to.deep.equal([true]);
  });
});

describe("a mistake in serverStorage()", () => {
  for (const endpoint of [
    "https://elsewhere.test/consent",
    "//elsewhere.test",
    "/\\elsewhere.test",
    "consent",
    "/consent?a",
    "/",
  ])
    it(`is the endpoint ${endpoint}, and is refused`, () => {
      expect(catchError(() => serverStorage({ endpoint }))).to.match(
        /^RangeError: .*write a path of this site/,
      );
    });

  it("is an option that there is not, and is refused", () => {
    expect(
      catchError(() =>
        serverStorage({ endpoint: "/consent", url: 1 } as never),
      ),
    ).to.match(/^TypeError: .*url/);
  });
});
