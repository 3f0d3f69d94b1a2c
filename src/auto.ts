/**
 * The drop-in: registers the light elements and fetches the interface only when it is needed.
 * @module
 */
import { compose } from "./compose.js";
import { ConsentManagerElement } from "./elements/consent-manager.js";
import { ConsentPurposeElement } from "./elements/consent-purpose.js";
import { defineLate } from "./elements/late-element.js";

compose();
ConsentManagerElement.define();
ConsentPurposeElement.define();
defineLate("consent-trigger", () => import("./elements/trigger.js"));
defineLate("consent-embed", () => import("./elements/embed.js"));
defineLate("consent-vendor", () => import("./vendors/element.js"));

export type { ConsentVendorElement } from "./consent-vendor.js";
export type { ConsentEmbedElement } from "./elements/consent-embed.js";
export type { ConsentManagerElement } from "./elements/consent-manager.js";
export type { ConsentPurposeElement } from "./elements/consent-purpose.js";
export type { ConsentTriggerElement } from "./elements/consent-trigger.js";
