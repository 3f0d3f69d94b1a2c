import { AnalyticsBrowser } from "@segment/analytics-next";
import { segment } from "../../../src/vendors/segment.js";
import { run } from "./run.js";

const sdk = new AnalyticsBrowser();
run(
  segment({ key: "KEY", sdk, categories: { Advertising: "marketing" } }),
  (name) => sdk.track(name, { plan: "pro" }),
);
