/**
 * The framework-agnostic library: a visitor's decision, and a tracker that obeys it. Registers no element, loads no Lit.
 * @module
 */
export { createConsent, type ConsentOptions } from "./create-consent.js";
export type { StorageName } from "./open-consent.js";
export type { Region } from "./gate/profile.js";
export type { Refusal } from "./gate/refusal.js";
export type { Profile } from "./consent/profile.js";
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
export { CMP_VISIBLE } from "./cmp-visible.js";
export {
  asyncStorage,
  type AsyncStorageOptions,
  type AsyncStorageView,
  type AsyncStore,
} from "./storage/async.js";
export { cookieStorage } from "./storage/cookie.js";
export { serverStorage, type ServerStorageOptions } from "./storage/server.js";
export { createTracker, type TrackerOptions } from "./tracker/tracker.js";
export type { Tracker } from "./tracker/facade.js";
export type {
  AnonymousLevel,
  BeforeChoice,
  Level,
  WhenDenied,
} from "./tracker/level.js";
export type { Terms } from "./tracker/terms.js";
export type {
  Batch,
  Call,
  Delivery,
  Destination,
  DestinationInput,
  Entity,
  Identity,
  Item,
  Message,
  Properties,
  Session,
} from "./tracker/destination.js";
export { json, type JsonOptions } from "./tracker/destinations/json.js";
export {
  mixpanel,
  type MixpanelOptions,
} from "./tracker/destinations/mixpanel.js";
export { snowplow } from "./tracker/destinations/snowplow.js";
export type {
  SnowplowConsent,
  SnowplowContexts,
  SnowplowOptions,
} from "./tracker/destinations/snowplow-wire.js";
export { VERSION } from "./version.js";
