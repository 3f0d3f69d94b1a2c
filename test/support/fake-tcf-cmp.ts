import { afterThisTest } from "./undo.js";

/** What a CMP tells its listeners. */
export interface TcfNews {
  eventStatus?: string;
  gdprApplies?: boolean | undefined;
  /** The purposes with consent. */
  purposes?: readonly number[];
  vendor?: object;
  publisher?: object;
}

/** A CMP of the TCF, as a page sees it. */
export interface FakeTcfCmp {
  /** Every call to `__tcfapi`: its command and version. */
  readonly calls: string[];
  /** How many listen. */
  readonly listeners: number;
  /** Tells all listeners. */
  tell(news: TcfNews | null, success?: boolean): void;
}

/** Puts a CMP into the page until the test is over. It says nothing by itself. */
export function fakeTcfCmp(): FakeTcfCmp {
  const listeners = new Map<number, (data: unknown, ok: boolean) => void>();
  const calls: string[] = [];
  let last = 0;
  const page = window as Window & { __tcfapi?: unknown };
  const api = (
    command: string,
    version: number,
    callback: (data: unknown, ok: boolean) => void,
    parameter: number,
  ) => {
    calls.push(`${command} ${version}`);
    if (command === "addEventListener") listeners.set(++last, callback);
    else callback(listeners.delete(parameter), true);
  };
  Object.assign(page, { __tcfapi: api });
  afterThisTest(() => Reflect.deleteProperty(page, "__tcfapi"));
  return {
    calls,
    get listeners() {
      return listeners.size;
    },
    tell(news, success = true) {
      const { purposes = [], ...rest } = news ?? {};
      for (const [listenerId, callback] of listeners)
        callback(
          news && {
            listenerId,
            gdprApplies: true,
            eventStatus: "tcloaded",
            purpose: {
              consents: Object.fromEntries(purposes.map((n) => [n, true])),
              legitimateInterests: { 7: true, 8: true },
            },
            ...rest,
          },
          success,
        );
    },
  };
}
