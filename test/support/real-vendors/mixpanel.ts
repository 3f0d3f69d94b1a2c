import sdk from "mixpanel-browser";
import { mixpanel } from "../../../src/vendors/mixpanel.js";
import { run } from "./run.js";

run(mixpanel({ token: "TOKEN", sdk }), (name) =>
  sdk.track(name, { plan: "pro" }),
);
