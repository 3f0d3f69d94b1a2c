import type { RudderAnalytics } from "@rudderstack/analytics-js/bundled";
import { rudderstack } from "../../../src/vendors/rudderstack.js";
import { run } from "./run.js";

let made: RudderAnalytics | undefined;
run(
  rudderstack({
    key: "KEY",
    dataPlane: "https://data.vendor.test",
    categories: { ads: "marketing" },
    // Made at the yes: it tries out cookies when it is made.
    async sdk() {
      const all = await import("@rudderstack/analytics-js/bundled");
      return (made ??= new all.RudderAnalytics());
    },
  }),
  (name) => made?.track(name, { plan: "pro" }),
);
