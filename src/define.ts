/**
 * Registers every element at once, for pages that bundle the library and want no further request.
 * @module
 */
import "./auto.js";
import "./elements/embed.js";
import "./elements/trigger.js";
import { ConsentBannerElement } from "./elements/consent-banner.js";
import { ConsentPreferencesElement } from "./elements/consent-preferences.js";

ConsentBannerElement.define();
ConsentPreferencesElement.define();

export type * from "./elements.js";
