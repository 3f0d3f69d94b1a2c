import type { ActivityTrackingConfiguration } from "./activity.js";
import type {
  CmpVisibleEvent,
  CommonEventProperties,
  ConsentEvent,
  SelfDescribingEvent,
  SelfDescribingJson,
  StructuredEvent,
} from "./events.js";
import type { GlobalContext } from "./global-contexts.js";
import type { ActivityCallbackData } from "./pings.js";
import type { StateStorageStrategy } from "./strategy.js";
import type { AnonymousTracking } from "./web-options.js";

export interface PageViewEvent extends CommonEventProperties {
  title?: string | null | undefined;
  contextCallback?: (() => readonly SelfDescribingJson[]) | null | undefined;
}

export interface EnableAnonymousTrackingConfiguration {
  /** Default: `true`. `false` turns anonymous tracking off. */
  options?: AnonymousTracking | undefined;
  stateStorageStrategy?: StateStorageStrategy | undefined;
}

export interface DisableAnonymousTrackingConfiguration {
  stateStorageStrategy?: StateStorageStrategy | undefined;
}

export interface ClearUserDataConfiguration {
  preserveSession?: boolean | undefined;
  preserveUser?: boolean | undefined;
}

type LinkCriterion = (link: HTMLAnchorElement | HTMLAreaElement) => boolean;

/** The calls of Snowplow's web tracker. */
export interface WebTracker {
  readonly id: string;
  readonly namespace: string;
  trackPageView(event?: PageViewEvent): void;
  trackStructEvent(event: StructuredEvent & CommonEventProperties): void;
  trackSelfDescribingEvent(
    event: SelfDescribingEvent & CommonEventProperties,
  ): void;
  trackConsentAllow(event: ConsentEvent): void;
  trackConsentSelected(event: ConsentEvent): void;
  trackConsentPending(event: ConsentEvent): void;
  trackConsentImplicit(event: ConsentEvent): void;
  /** This event, and the next two, carry no identifier and leave in an anonymous request of their own. */
  trackConsentDeny(event: ConsentEvent): void;
  trackConsentExpired(event: ConsentEvent): void;
  trackConsentWithdrawn(event: ConsentEvent): void;
  trackCmpVisible(event: CmpVisibleEvent): void;
  /** Goes below the level `full`: what is queued, stored or under way with an identifier is gone when it returns. */
  enableAnonymousTracking(
    configuration?: EnableAnonymousTrackingConfiguration,
  ): void;
  /** Goes to the level `full`, as far as record and signals let it. */
  disableAnonymousTracking(
    configuration?: DisableAnonymousTrackingConfiguration,
  ): void;
  /** Makes a fresh visitor, and removes what earlier pages left, in every place where it could be. */
  clearUserData(configuration?: ClearUserDataConfiguration): void;
  /** While a cookie of this name exists, nothing is tracked, queued or stored. `null` ends that. */
  setOptOutCookie(name?: string | null): void;
  /** Kept in memory; sent at the level `full` alone, and forgotten on leaving it. */
  setUserId(userId?: string | null): void;
  setUserIdFromLocation(querystringField: string): void;
  setUserIdFromReferrer(querystringField: string): void;
  setUserIdFromCookie(cookieName: string): void;
  newSession(): void;
  setCustomUrl(url: string): void;
  setReferrerUrl(url: string): void;
  setDocumentTitle(title: string): void;
  discardHashTag(enable: boolean): void;
  discardBrace(enable: boolean): void;
  addGlobalContexts(
    contexts:
      readonly GlobalContext[] | Readonly<Record<string, GlobalContext>>,
  ): void;
  removeGlobalContexts(contexts: readonly (GlobalContext | string)[]): void;
  clearGlobalContexts(): void;
  enableActivityTracking(configuration: ActivityTrackingConfiguration): void;
  enableActivityTrackingCallback(
    configuration: ActivityTrackingConfiguration & {
      callback: (data: ActivityCallbackData) => void;
    },
  ): void;
  disableActivityTracking(): void;
  disableActivityTrackingCallback(): void;
  updatePageActivity(): void;
  crossDomainLinker(criterion: LinkCriterion): void;
  flushBuffer(configuration?: { newBufferSize?: number | undefined }): void;
  setBufferSize(size: number): void;
  getUserId(): string | undefined;
  /** The visitor's id at the level `full`, from the first event on; else `undefined`. */
  getDomainUserId(): string | undefined;
  /** The visit's id at the levels `session` and `full`, from the first event on; else `undefined`. */
  getDomainSessionId(): string | undefined;
  getDomainSessionIndex(): number | undefined;
  /** `[isNew, user id, created, visits, now, last visit, session id, previous session id, first event's id]`. */
  getDomainUserInfo(): readonly (string | number | undefined)[];
  getPageViewId(): string | undefined;
  getTabId(): string | null;
  getCookieName(): string;
  /**
   * Asks the collector, by one anonymous event with the browser's credentials, to expire its own cookie (`sp`).
   * Resolves to whether the collector answered. Throws a `TypeError` at the level `full`, where the next event would
   * bring the cookie back.
   */
  expireNetworkCookie(): Promise<boolean>;
}
