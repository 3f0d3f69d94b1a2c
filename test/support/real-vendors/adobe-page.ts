import * as alloy from "@adobe/alloy";
import { createConsent } from "../../../src/create-consent.js";
import { adobe, type AlloyModule } from "../../../src/vendors/adobe.js";
import { attach } from "../../../src/vendors/attach.js";

// A page that uses Adobe's Web SDK: as a module, or by its address where the page's own has `?src`.
const consent = createConsent({ purposes: ["analytics", "marketing"] });
const errors: string[] = [];
consent.addEventListener("consent-error", ({ error }) =>
  errors.push(`${error}`),
);
const isModule = !location.search;
attach(
  consent,
  adobe({
    datastreamId: "datastream",
    orgId: "ORG@AdobeOrg",
    sdk: isModule ? (alloy as unknown as AlloyModule) : undefined,
    config: { clickCollectionEnabled: false },
  }),
);
Object.assign(globalThis, { lab: { consent, errors } });
