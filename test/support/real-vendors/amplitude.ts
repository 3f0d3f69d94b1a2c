import * as sdk from "@amplitude/analytics-browser";
import { amplitude } from "../../../src/vendors/amplitude.js";
import { run } from "./run.js";

run(amplitude({ key: "0123456789abcdef", sdk }), (name) =>
  sdk.track(name, { plan: "pro" }),
);
