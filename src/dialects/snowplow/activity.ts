import { refuse } from "../../consent/refuse.js";
import { known } from "../shared/names.js";
import { positive } from "./options.js";

/** When page pings are sent, in seconds. */
export interface ActivityTrackingConfiguration {
  /** After so long on the page the first one may be sent. */
  minimumVisitLength: number;
  /** Then one for each such time in which the visitor did something. */
  heartbeatDelay: number;
}

/** How far the page was scrolled since the last ping, in CSS pixels. */
export interface ActivityData {
  minXOffset: number;
  maxXOffset: number;
  minYOffset: number;
  maxYOffset: number;
}

/** Watches whether a page is being read. */
export interface Activity {
  enable(
    configuration: ActivityTrackingConfiguration,
    ping: (data: ActivityData) => void,
  ): void;
  disable(): void;
  /** A view of the page begins. */
  begin(): void;
  /** Something happened that no listener sees, such as a playing video. */
  update(): void;
}

const SIGNS =
  "scroll wheel mousemove mousedown keydown touchstart resize focus";

export function createActivity(): Activity {
  let ping: ((data: ActivityData) => void) | undefined;
  let delays = { first: 0, next: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isActive = false;
  let isWatching = false;
  let data: ActivityData | undefined;

  const look = () => {
    const [x, y] = [Math.round(scrollX), Math.round(scrollY)];
    data = {
      minXOffset: Math.min(x, data?.minXOffset ?? x),
      maxXOffset: Math.max(x, data?.maxXOffset ?? x),
      minYOffset: Math.min(y, data?.minYOffset ?? y),
      maxYOffset: Math.max(y, data?.maxYOffset ?? y),
    };
  };
  const sign = () => {
    isActive = true;
    look();
  };
  const beat = () => {
    timer = setTimeout(beat, delays.next);
    if (!isActive) return;
    isActive = false;
    look();
    const told = data!;
    data = undefined;
    ping?.(told);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const begin = () => {
    stop();
    isActive = false;
    data = undefined;
    if (ping) timer = setTimeout(beat, delays.first);
  };

  return {
    enable(configuration, told) {
      known(
        "enableActivityTracking",
        configuration,
        ["minimumVisitLength", "heartbeatDelay"],
        { callback: "it in enableActivityTrackingCallback()" },
      );
      const { minimumVisitLength: first, heartbeatDelay: next } = configuration;
      // What is 0 begins with the first heartbeat.
      delays = {
        first:
          1000 *
          (first === 0
            ? positive("heartbeatDelay", next)
            : positive("minimumVisitLength", first)),
        next: 1000 * positive("heartbeatDelay", next),
      };
      if (!globalThis.document)
        refuse("activity", ["no document"], "it in a page's script");
      ping = told;
      if (isWatching) return;
      isWatching = true;
      for (const name of SIGNS.split(" "))
        addEventListener(name, sign, { passive: true, capture: true });
    },
    disable() {
      stop();
      ping = undefined;
      if (isWatching)
        for (const name of SIGNS.split(" "))
          removeEventListener(name, sign, { capture: true });
      isWatching = false;
    },
    begin,
    update: sign,
  };
}
