import { datadogRum as sdk } from "@datadog/browser-rum";
import { datadog } from "../../../src/vendors/datadog.js";
import { run } from "./run.js";

run(
  datadog({
    applicationId: "00000000-0000-0000-0000-000000000000",
    clientToken: "pub0123456789",
    config: { sessionReplaySampleRate: 100 },
    sdk,
  }),
  (name) => sdk.addAction(name, { plan: "pro" }),
  () => !!sdk.getInternalContext()?.session_id,
);
