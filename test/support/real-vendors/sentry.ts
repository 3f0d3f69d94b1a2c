import * as sdk from "@sentry/browser";
import { sentry } from "../../../src/vendors/sentry.js";
import { run } from "./run.js";

run(
  sentry({
    dsn: "https://public@o1.ingest.sentry.io/1",
    config: {
      integrations: [
        sdk.browserTracingIntegration(),
        sdk.replayIntegration({ useCompression: false }),
      ],
      tracesSampleRate: 1,
      replaysSessionSampleRate: 1,
    },
    sdk,
  }),
  (name) => sdk.captureMessage(name),
);
