import { expect } from "@open-wc/testing";
import { findLeaks, type Level } from "../../src/testing/index.js";
import { snowplowCapture } from "../support/snowplow-capture.js";

// What each capture of the real trackers may be called. Found independently by the checker that the captures came with.
const EVERYWHERE = "client session server server-session";
const PASSES: Record<string, string> = {
  "anon-true": "client session",
  "anon-true-get": "client session",
  "anon-true-none": "client session",
  "anon-empty-object": "client session",
  "anon-session": "session",
  "anon-session-localStorage": "session",
  // Sessions without an id, which a pipeline refuses.
  "anon-session-none": "",
  "anon-server": EVERYWHERE,
  "anon-server-get": EVERYWHERE,
  "anon-server-none": EVERYWHERE,
  "anon-server-session": "session server-session",
  // A request of the service goes without the header, and is given a cookie.
  "anon-server-cookieExtensionService": "client session",
  "full-post": "",
  "full-get": "",
  "full-post-keepalive": "",
  "full-cookie": "",
  "full-localStorage": "",
  "full-none": "",
  "full-credentials-omit": "",
  "full-thirdparty-collector": "",
  "rn-full": "",
  "rn-level1-nested": "",
  "rn-level1-flat": "",
  "rn-level2-flat": "",
  "rn-level3-nested": "",
  "rn-level3-flat-british": "",
  "rn-v4-serverAnonymization": "",
  "rn-v4-docs-full": "",
};

const LEVELS = EVERYWHERE.split(" ") as Level[];

describe("what the real Snowplow trackers send", () => {
  for (const [name, passes] of Object.entries(PASSES)) {
    it(`${name} is anonymous at ${passes || "no level"}`, async () => {
      const capture = await snowplowCapture(name);
      const found = LEVELS.filter(
        (level) => findLeaks(capture, { level }).leaks.length === 0,
      );
      expect(found.join(" ")).to.equal(passes);
      const { events } = findLeaks(capture, { level: "client" });
      expect(events).to.equal(name.startsWith("rn-") ? 2 : 11);
    });
  }
});
