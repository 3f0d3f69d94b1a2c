/**
 * The interface as classes, for those who register or extend them themselves. Registers nothing.
 * @module
 */
import { compose } from "./compose.js";

compose();

export { ConsentBannerElement } from "./elements/consent-banner.js";
export { ConsentEmbedElement } from "./elements/consent-embed.js";
export { ConsentManagerElement } from "./elements/consent-manager.js";
export { ConsentPreferencesElement } from "./elements/consent-preferences.js";
export { ConsentPurposeElement } from "./elements/consent-purpose.js";
export { ConsentTriggerElement } from "./elements/consent-trigger.js";
export { ConsentSubmitEvent } from "./elements/events.js";
export { viewContext, type View } from "./elements/view.js";
export type { PurposeDetails, ServiceDetails } from "./elements/purposes.js";
export type { OwnWords, PurposeWords, Words } from "./locales/words.js";
