import type { RecordStorage } from "../../consent/ports.js";
import { toText } from "../../consent/record.js";
import { localRecordStorage } from "../../storage/local.js";
import { cookiesOf, removeAll, valuesOf } from "./cookies.js";
import type {
  CookieOptions,
  HasOptedInOutOptions,
  Settled,
} from "./options.js";

/** What Mixpanel's flag may be: in or out. */
type Value = "1" | "0";

const isValue = (text: string): text is Value => text === "1" || text === "0";

/** The one entry or cookie that a flag is. */
interface Place {
  /** What stands there; of several values the stricter. Throws where nothing can be read. */
  read(): Value | undefined;
  /** Throws where nothing is kept. */
  write(value: Value | undefined): void;
  /**
   * Whether a flag may have been lost: nothing stands here, and a storage is blocked. That localStorage throws may be the
   * one sign of it: where all cookies are blocked, Chromium answers that there are none.
   */
  isBlind(): boolean;
  /** Removes what is no flag, and moves a flag from where it only falls back to. */
  mend(): void;
}

/** The two that a flag may be: an entry of localStorage, and a cookie. What has no value is removed. */
function areasOf(name: string, cookie: CookieOptions) {
  const local = localRecordStorage(name);
  return {
    local: {
      read: local.read,
      write: (value?: Value) => local.write(value, new Date(0)),
    },
    cookie: {
      read() {
        if (!navigator.cookieEnabled) throw Error("cookies are blocked");
        return valuesOf(name);
      },
      write(value?: Value) {
        removeAll(name);
        if (value) cookiesOf(name, cookie).setItem(name, value);
      },
    },
  };
}

const strictest = (values: readonly string[]) =>
  values.filter(isValue).toSorted()[0];

/**
 * A place of the given type. Where the browser refuses it, the other type takes its place, for reading and writing
 * alike: what an opt-out has written, every check sees.
 */
function placeOf(name: string, type: string, cookie: CookieOptions): Place {
  const areas = areasOf(name, cookie);
  const [first, second] =
    type === "localStorage"
      ? [areas.local, areas.cookie]
      : [areas.cookie, areas.local];

  const look = (): {
    firsts: readonly string[];
    seconds: readonly string[];
  } => {
    let firsts: readonly string[] | undefined;
    let seconds: readonly string[] = [];
    try {
      firsts = first.read();
    } catch {
      // Blocked: the other one counts.
    }
    try {
      seconds = second.read();
      // An entry beside a cookie is from before the site chose cookies: a no of then is a no, a yes has run out.
      if (firsts && first === areas.cookie)
        seconds = seconds.filter((value) => value === "0");
    } catch (error) {
      if (!firsts) throw error;
    }
    return { firsts: firsts ?? [], seconds };
  };

  const place: Place = {
    read() {
      const { firsts, seconds } = look();
      return strictest([...firsts, ...seconds]);
    },
    isBlind() {
      try {
        if (place.read()) return false;
        areas.local.read();
        return !navigator.cookieEnabled;
      } catch {
        return true;
      }
    },
    write(value) {
      let isKept = true;
      try {
        first.write(value);
      } catch {
        isKept = false;
      }
      try {
        second.write(isKept ? undefined : value);
        // What cannot be written over may yet be removed.
        if (!isKept) first.write(undefined);
      } catch (error) {
        if (!isKept && place.read() !== value) throw error;
      }
    },
    mend() {
      const { firsts, seconds } = look();
      const value = strictest([...firsts, ...seconds]);
      if (seconds[0] !== undefined || firsts.some((text) => text !== value))
        place.write(value);
    },
  };
  return place;
}

/** Mixpanel's opt-in and opt-out flag, as a storage for a store's record. */
export interface Flag {
  readonly storage: RecordStorage;
  /** The flag of the config: the one that every check reads. */
  readonly standing: Place;
  /**
   * The copy that a call's options name beside it; `undefined` where they name that flag itself. A copy is one entry or one
   * cookie: what stands elsewhere under the same name is not its own.
   */
  copyAt(
    options: (HasOptedInOutOptions & CookieOptions) | undefined,
  ): Pick<Place, "read" | "write"> | undefined;
  /** Writes the next record as these options say. */
  use(options: CookieOptions | undefined): void;
}

/**
 * Reads and writes `__mp_opt_in_out_<token>`: `1` is a record that grants `purpose`, `0` one that denies it, and anything
 * else is no record. A flag has no time; one that this page has not written itself counts as made in 1970.
 */
export function mixpanelFlag(token: string, config: Settled): Flag {
  const { purpose } = config;
  const type = config.opt_out_tracking_persistence_type;
  const prefix = config.opt_out_tracking_cookie_prefix;
  let last: { value: Value; text: string } | undefined;
  const at = (options: CookieOptions = {}) =>
    placeOf(`${prefix}${token}`, type, { ...config, ...given(options) });
  const standing = at();
  let place = standing;
  return {
    standing,
    copyAt(options = {}) {
      const { cookie_prefix, persistence_type } = options;
      const start = cookie_prefix ?? prefix;
      const kind = persistence_type ?? type;
      if (start === prefix && kind === type) return;
      const areas = areasOf(`${start}${token}`, {
        ...config,
        ...given(options),
      });
      const area = kind === "localStorage" ? areas.local : areas.cookie;
      return { read: () => strictest(area.read()), write: area.write };
    },
    use(options) {
      place = options ? at(options) : standing;
    },
    storage: {
      read() {
        const value = standing.read();
        if (!value) return [];
        if (value !== last?.value)
          last = {
            value,
            text: toText({
              choices: { [purpose]: value === "1" ? "granted" : "denied" },
              revision: "1",
              time: new Date(0).toISOString(),
              source: "import",
              action: "mixpanel-flag",
            }),
          };
        return [last.text];
      },
      write(text) {
        const choice = new URLSearchParams(text).get(purpose);
        const value =
          choice === "granted" ? "1" : choice === "denied" ? "0" : undefined;
        place.write(value);
        last = value && text ? { value, text } : undefined;
      },
    },
  };
}

/** Only how a cookie is written, and only what is given: where the flag is the config says alone. */
function given({
  cookie_expiration,
  cookie_domain,
  cross_site_cookie,
  cross_subdomain_cookie,
  secure_cookie,
}: CookieOptions): CookieOptions {
  return Object.fromEntries(
    Object.entries({
      cookie_expiration,
      cookie_domain,
      cross_site_cookie,
      cross_subdomain_cookie,
      secure_cookie,
    }).filter(([, value]) => value != null),
  );
}
