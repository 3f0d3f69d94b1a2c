import { refuse } from "../../consent/refuse.js";
import type { Entity } from "../../tracker/destination.js";
import {
  createActivity,
  type ActivityTrackingConfiguration,
  type ActivityData,
} from "./activity.js";

/** What the caller's own function hears in place of a page ping. */
export interface ActivityCallbackData extends ActivityData {
  pageViewId: string;
  /** The entities of the page view. */
  context: readonly Entity[];
}

/** Page pings, and beside them calls of a function of the caller's: each goes on and ends without the other. */
export interface Pings {
  enable(configuration: ActivityTrackingConfiguration): void;
  disable(): void;
  enableCallback(
    configuration: ActivityTrackingConfiguration & {
      callback: (data: ActivityCallbackData) => void;
    },
  ): void;
  disableCallback(): void;
  /** A view of the page begins. Its entities are asked for anew each time. */
  begin(entities: () => readonly Entity[]): void;
  update(): void;
}

/** What pings need. */
export interface PingPorts {
  ping(data: ActivityData, entities: readonly Entity[]): void;
  /** Whether the caller's function may run now. */
  mayCall(): boolean;
  pageViewId(): string;
  report(error: unknown): void;
}

export function createPings(ports: PingPorts): Pings {
  const sent = createActivity();
  const called = createActivity();
  let entities: () => readonly Entity[] = () => [];

  /** What goes wrong in a timer is in nobody's call. */
  const safely =
    (work: (data: ActivityData) => void) => (data: ActivityData) => {
      try {
        work(data);
      } catch (error) {
        ports.report(error);
      }
    };

  return {
    enable: (given) =>
      sent.enable(
        given,
        safely((data) => ports.ping(data, entities())),
      ),
    disable: sent.disable,
    enableCallback({ callback, ...given }) {
      if (typeof callback !== "function")
        refuse("callback", [callback], "a function");
      called.enable(
        given,
        safely((data) => {
          if (!ports.mayCall()) return;
          const pageViewId = ports.pageViewId();
          callback({ ...data, pageViewId, context: entities() });
        }),
      );
    },
    disableCallback: called.disable,
    begin(given) {
      entities = given;
      sent.begin();
      called.begin();
    },
    update() {
      sent.update();
      called.update();
    },
  };
}
