import type { SelfDescribingJson, StructuredEvent } from "./events.js";
import type {
  ControllerConfiguration,
  FlatConfiguration,
  GlobalContextSettings,
  Size,
  SubjectConfiguration,
} from "./mobile-options.js";

/** The flat shape; in `newTracker()` with the namespace, the endpoint and how to reach it. */
export interface FlatTrackerConfiguration
  extends ControllerConfiguration, FlatConfiguration {
  eventMethod?: "post" | "get" | undefined;
  postPath?: string | undefined;
  customHeaders?: Readonly<Record<string, string>> | undefined;
}

export interface ScreenViewEvent {
  name: string;
  /** A UUID. Default: a new one. */
  id?: string | undefined;
  type?: string | undefined;
  /** Default: the screen that this tracker was told of before. */
  previousName?: string | undefined;
  previousId?: string | undefined;
  previousType?: string | undefined;
  transitionType?: string | undefined;
}

export interface MobilePageViewEvent {
  pageUrl: string;
  pageTitle?: string | undefined;
  referrer?: string | undefined;
}

export type Contexts = readonly SelfDescribingJson[];

/** The calls of Snowplow's mobile trackers. Each resolves once it is taken, and rejects where the caller is mistaken. */
export interface MobileTracker {
  readonly namespace: string;
  trackSelfDescribingEvent(
    event: SelfDescribingJson,
    contexts?: Contexts,
  ): Promise<void>;
  trackScreenViewEvent(
    event: ScreenViewEvent,
    contexts?: Contexts,
  ): Promise<void>;
  trackStructuredEvent(
    event: StructuredEvent,
    contexts?: Contexts,
  ): Promise<void>;
  trackPageViewEvent(
    event: MobilePageViewEvent,
    contexts?: Contexts,
  ): Promise<void>;
  trackTimingEvent(
    event: {
      category: string;
      variable: string;
      timing: number;
      label?: string | undefined;
    },
    contexts?: Contexts,
  ): Promise<void>;
  trackDeepLinkReceivedEvent(
    event: { url: string; referrer?: string | undefined },
    contexts?: Contexts,
  ): Promise<void>;
  addGlobalContexts(contexts: GlobalContextSettings): Promise<void>;
  removeGlobalContexts(tag: string): Promise<void>;
  /** This and the next three name the user: sent at the level `full` alone, and forgotten on leaving it. */
  setUserId(userId: string | null): Promise<void>;
  setNetworkUserId(networkUserId: string | null): Promise<void>;
  setDomainUserId(domainUserId: string | null): Promise<void>;
  setIpAddress(ipAddress: string | null): Promise<void>;
  setUseragent(useragent: string | null): Promise<void>;
  setTimezone(timezone: string | null): Promise<void>;
  setLanguage(language: string | null): Promise<void>;
  setScreenResolution(size: Size | null): Promise<void>;
  setScreenViewport(size: Size | null): Promise<void>;
  setColorDepth(depth: number | null): Promise<void>;
  setSubjectData(subject: SubjectConfiguration): Promise<void>;
  /** Turns user anonymisation on or off. A new session begins, and nothing joins it to the one before. */
  setUserAnonymisation(isOn: boolean): Promise<void>;
  setUserAnonymization(isOn: boolean): Promise<void>;
  setServerAnonymisation(isOn: boolean): Promise<void>;
  setServerAnonymization(isOn: boolean): Promise<void>;
  /** The lasting id in `client_session`; `null` below the level `full` and before the first event. */
  getSessionUserId(): Promise<string | null>;
  getSessionId(): Promise<string | null>;
  getSessionIndex(): Promise<number | null>;
  /** Sends now what waits and may be sent. */
  flush(): Promise<void>;
}
