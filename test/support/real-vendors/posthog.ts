import type { PostHog } from "posthog-js";
import { posthog } from "../../../src/vendors/posthog.js";
import { run } from "./run.js";

let sdk: PostHog | undefined;
run(
  posthog({
    key: "phc_test",
    // Imported at the yes: it tries out localStorage when it is.
    sdk: async () => (sdk = (await import("posthog-js")).default),
    config: { opt_out_useragent_filter: true },
  }),
  (name) => sdk?.capture(name, { plan: "pro" }),
);
