/**
 * The drop-in: registers the light elements and fetches the interface only when it is needed.
 * @module
 */
import { compose } from "./compose.js";
import { ConsentManagerElement } from "./elements/consent-manager.js";
import { ConsentPurposeElement } from "./elements/consent-purpose.js";
import { ConsentTriggerElement } from "./elements/consent-trigger.js";

compose();
ConsentManagerElement.define();
ConsentPurposeElement.define();
ConsentTriggerElement.define();

export type { ConsentManagerElement } from "./elements/consent-manager.js";
export type { ConsentPurposeElement } from "./elements/consent-purpose.js";
export type { ConsentTriggerElement } from "./elements/consent-trigger.js";
