import { expect } from "@open-wc/testing";
import {
  assertNoLeaks,
  findLeaks,
  type LeakOptions,
} from "../../src/testing/index.js";
import { catchError } from "../support/catch-error.js";
import { mixpanelPost, snowplowPost } from "../support/sent.js";

const NO_EVENTS =
  "no events: nothing was sent, or nothing was captured, and that proves nothing";

describe("assertNoLeaks", () => {
  it("gives back how many events it has judged", () => {
    expect(
      assertNoLeaks([snowplowPost(), snowplowPost()], { level: "client" }),
    ).to.deep.equal({ events: 2, leaks: [] });
  });

  it("throws a line a kind of leak, with its count and its first request", () => {
    const capture = [
      snowplowPost({ uid: "a", duid: "b" }),
      snowplowPost({ uid: "a" }),
    ];
    let thrown: unknown;
    try {
      assertNoLeaks(capture, { level: "client" });
    } catch (error) {
      thrown = error;
    }
    const request =
      "#1 POST https://c.shop.test/com.snowplowanalytics.snowplow/tp2";
    expect(`${thrown}`).to.equal(
      [
        'AssertionError: not anonymous at the level "client":',
        `event pv: duid (${request})`,
        `event pv: uid (2 times, first in ${request})`,
      ].join("\n"),
    );
    expect(thrown).to.be.instanceOf(Error);
    const { events, leaks } = findLeaks(capture, { level: "client" });
    expect(thrown).to.deep.include({ events, leaks });
  });

  it("throws when there was no event that could have leaked", () => {
    for (const capture of [[], [{ url: "https://c.shop.test/" }]])
      expect(
        catchError(() => assertNoLeaks(capture, { level: "client" })),
      ).to.equal(
        `AssertionError: not anonymous at the level "client":\n${NO_EVENTS}`,
      );
    // Events of the other kind are none that this level has judged.
    expect(
      catchError(() => assertNoLeaks([snowplowPost()], { level: "anonymous" })),
    ).to.include(NO_EVENTS);
  });

  it("wants nothing but silence at the level off", () => {
    expect(assertNoLeaks([], { level: "off" }).events).to.equal(0);
    expect(
      catchError(() => assertNoLeaks([mixpanelPost()], { level: "off" })),
    ).to.equal(
      'AssertionError: not anonymous at the level "off":\nrequest: was sent (#1 POST https://api.mixpanel.com/track/)',
    );
  });

  it("refuses a level, an option and an endpoint that do not exist", () => {
    const wrong = [
      [{ level: "strict" }, /RangeError: .*level is "strict"; write client or/],
      [{}, /level is ""; write client or/],
      [{ level: "off", knwon: [] }, /TypeError: .*option is \["knwon"\]/],
      [{ level: "off", endpoint: "" }, /endpoint is null; write a text/],
      [
        { level: "off", endpoint: "api.mixpanel.com" },
        /RangeError: .*endpoint is "api\.mixpanel\.com"; write an address/,
      ],
      [{ level: "off", endpoint: "api.mixpanel.com:443" }, /write an address/],
    ] as const;
    for (const [options, message] of wrong)
      expect(
        catchError(() => assertNoLeaks([], options as unknown as LeakOptions)),
      ).to.match(message);
  });
});
