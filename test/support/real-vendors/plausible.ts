import * as sdk from "@plausible-analytics/tracker";
import { plausible } from "../../../src/vendors/plausible.js";
import { run } from "./run.js";

// It sends nothing from a browser that a program drives, unless it finds this.
Object.assign(globalThis, { __plausible: true });
run(plausible({ domain: "shop.test", sdk }), (name) =>
  sdk.track(name, { props: { plan: "pro" } }),
);
