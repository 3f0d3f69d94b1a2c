import { oneOf, refuse, text } from "../../consent/refuse.js";
import { loadScript } from "../../gate/load-script.js";
import type { Stored } from "../../gate/stored.js";
import type { Permit, Vendor } from "../vendor.js";
import type { GoogleConsentOptions, GoogleFollower } from "./follow.js";
import { isRead, layerOf, place, type Layer } from "./queue.js";

/** What every vendor that Google's own script runs takes. */
export interface GoogleScriptOptions extends GoogleConsentOptions {
  /** The purpose whose yes brings the script. */
  purpose?: string;
  /** Where the script is, without a query. Default: Google's address. */
  src?: string;
  /**
   * `"basic"`: nothing is asked of Google before a yes. `"advanced"`: the script comes at once and sends what Google calls
   * cookieless pings until there is a yes, and after a no as well; a store of the mode `opt-in` refuses it unless
   * `override` is `true`. Default: `"basic"`.
   */
  mode?: "basic" | "advanced";
}

/** What a page asks of Google's tags in one script: what is the vendor's own, and what is everybody's. */
interface GoogleScript {
  readonly name: string;
  readonly id: string;
  /** The script's address without a query. */
  readonly src: string;
  readonly purpose: string;
  readonly mode: "basic" | "advanced";
  readonly stores: Stored;
  readonly needsReload?: boolean;
  /** Asks for the vendor's part, and returns what takes that back as long as nothing has read it. */
  start(layer: Layer): () => void;
  /** Hears of each yes and no, also of the no at the start. */
  turn?(isOn: boolean): void;
  /** Hears of all answers, after Google has. */
  tell?: Vendor["tell"];
}

/** Where gtag.js is. */
export const GTAG = "https://www.googletagmanager.com/gtag/js";

/** Queues that know when gtag.js was asked for. */
const dated = new WeakSet<Layer>();

/** Asks gtag.js to run for `id`. Returns what takes that back, as long as nothing has read it. */
export function configure(
  layer: Layer,
  id: string,
  config: Readonly<Record<string, unknown>>,
): () => void {
  const front = /^(consent|set|js|config)$/;
  if (!dated.has(layer)) place(layer, front, "js", new Date());
  dated.add(layer);
  const entry = place(layer, front, "config", id, config);
  return () => void layer.splice(layer.indexOf(entry), 1);
}

/** Queues' scripts that have come. One gtag.js serves several ids. */
const there = new WeakMap<Layer, Set<string>>();
/** The yes with which a script is on its way. */
const coming = new WeakMap<Layer, Map<string, AbortSignal>>();

/** What `map` has for `layer`. */
const of = <V>(map: WeakMap<Layer, V>, layer: Layer, make: () => V): V => {
  const value = map.get(layer) ?? make();
  map.set(layer, value);
  return value;
};

/** Brings a script once a queue, for as long as one of the vendors that want it has a yes. */
async function bringOnce(
  layer: Layer,
  key: string,
  src: string,
  { load, signal }: Permit,
): Promise<void> {
  const come = of(there, layer, () => new Set());
  const underWay = of(coming, layer, () => new Map<string, AbortSignal>());
  let other = underWay.get(key);
  while (other && !other.aborted && !come.has(key)) {
    const ended = other;
    await new Promise((resolve) => {
      ended.addEventListener("abort", resolve, { once: true, signal });
    });
    other = underWay.get(key);
  }
  if (signal.aborted || come.has(key)) return;
  underWay.set(key, signal);
  await load(src);
  come.add(key);
}

/** The address of a script of Google's for `id`, which reads the queue `name`. */
function addressOf(src: string, id: string, name: string): string {
  const url = new URL(src, document.baseURI);
  url.searchParams.set("id", id);
  if (name !== "dataLayer") url.searchParams.set("l", name);
  return url.href;
}

/** Makes a vendor of one of Google's scripts. */
export function scriptVendor(
  follower: GoogleFollower,
  {
    name,
    id,
    src,
    purpose,
    mode,
    stores,
    needsReload = false,
    start,
    turn,
    tell,
  }: GoogleScript,
): Vendor {
  const isAdvanced = oneOf("mode", mode, ["basic", "advanced"]) === "advanced";
  let takeBack: (() => void) | undefined;
  const begin = () => {
    takeBack ??= start(layerOf(follower.name));
  };
  const bring = (permit: Permit) =>
    bringOnce(
      layerOf(follower.name),
      // A container is a script of its own for each id.
      name === "google-tag-manager" ? id : src,
      addressOf(src, id, follower.name),
      permit,
    );
  return {
    name,
    purposes: [text("purpose", purpose)],
    stores,
    needsReload,
    check(consent) {
      if (isAdvanced && consent.mode === "opt-in" && !follower.override)
        refuse(
          "mode",
          mode,
          "basic, or override: true as well, because Google is then asked before a yes",
        );
      follower.check(consent);
    },
    prepare() {
      follower.prepare();
      if (!isAdvanced) return turn?.(false);
      begin();
      bring({ load: loadScript, signal: new AbortController().signal }).catch(
        follower.report,
      );
    },
    tell(answers) {
      follower.tell(answers);
      tell?.(answers);
    },
    grant(permit) {
      // A mode that takes no answer for a yes has told nothing yet.
      follower.say();
      turn?.(true);
      begin();
      return bring(permit);
    },
    revoke() {
      if (isAdvanced) return;
      turn?.(false);
      // What nothing has read must not be read for another vendor's yes.
      if (!isRead(layerOf(follower.name))) {
        takeBack?.();
        takeBack = undefined;
      }
    },
  };
}
