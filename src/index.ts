/**
 * The framework-agnostic library: a visitor's decision, and a tracker that obeys it. Registers no element, loads no Lit.
 * @module
 */
export {
  createConsent,
  type ConsentOptions,
  type StorageName,
} from "./create-consent.js";
export type { Choice, Choices, Mode, Source } from "./consent/choice.js";
export type { Purpose, PurposeInput } from "./consent/purpose.js";
export type { ConsentRecord } from "./consent/record.js";
export type { ChangeDetails, ConsentStore } from "./consent/store.js";
export type { Neighbours, RecordStorage } from "./consent/ports.js";
export type {
  ConsentChangeEvent,
  ConsentErrorEvent,
  ConsentEvent,
  ConsentNews,
} from "./consent/events.js";
export { cookieStorage } from "./storage/cookie.js";
export {
  createTracker,
  type Tracker,
  type TrackerOptions,
} from "./tracker/tracker.js";
export type { BeforeChoice, WhenDenied } from "./tracker/level.js";
export type {
  Delivery,
  Destination,
  DestinationInput,
  Identity,
  Message,
  Properties,
} from "./tracker/destination.js";
export { mixpanel } from "./tracker/destinations/mixpanel.js";
export type { MixpanelOptions } from "./tracker/destinations/mixpanel-wire.js";
export { VERSION } from "./version.js";
