import { asciiJson } from "../tracker/ascii.js";
import type { Destination, Message } from "../tracker/destination.js";
import { snowplow } from "../tracker/destinations/snowplow.js";
import { uuid } from "../tracker/random.js";
import { stripPage } from "../tracker/strip.js";
import { isFarewell } from "./snowplow-events.js";

/** What a dialect says about an event beyond what the core knows. It travels with the call. */
export interface Said {
  /** Columns that tell who or what the event is about, such as `uid`. Sent at the level `full` alone. */
  readonly subject?: Readonly<Record<string, string | undefined>>;
  /** Columns that are sent at every level. */
  readonly columns?: Readonly<Record<string, string | undefined>>;
  /** The view of the page that it belongs to, where the dialect gives views their ids. */
  readonly viewId?: string | undefined;
}

/** How a dialect changes what the destination writes. */
interface Dress {
  /** Columns that this kind of tracker does not have. */
  without?: readonly string[];
  /** Whether a visit belongs on the wire. */
  hasSession: boolean;
  /** This tab's id, where the tracker gives it a new one with each change of level. */
  tab?(): string;
  /** Sees what goes out. */
  saw?(message: Message): void;
}

/** What marks a route whose requests are anonymous, whatever the lane. */
const ANONYMOUS = "*";

/**
 * Snowplow's wire format with a dialect's columns. An event that tells of a refusal is written without any identifier,
 * and leaves in a request of its own that is anonymous, also where the tracker still stands at the level `full`.
 */
export function dressed(
  options: Parameters<typeof snowplow>[0],
  { without = [], hasSession, tab, saw }: Dress,
): Destination {
  const inner = snowplow(options);
  return {
    ...inner,
    // Where no visit is told, none is counted or kept.
    needs: hasSession ? (inner.needs ?? []) : [],
    write(written) {
      const { subject, columns, viewId } = written as Said;
      const given = {
        ...written,
        ...(tab && written.tab && { tab: tab() }),
        ...(viewId && { view: viewId }),
      };
      const { name, properties, level } = given;
      const isLast = isFarewell(name, properties) && level === "full";
      const { page, ...rest } = given;
      const message: Message = isLast
        ? {
            ...rest,
            level: "anonymous",
            session: undefined,
            tab: undefined,
            view: uuid(),
            page: stripPage(page),
          }
        : hasSession
          ? given
          : { ...given, session: undefined };
      const item = inner.write(message);
      if (!item) return;
      if (!isLast) saw?.(given);
      const fields = JSON.parse(item.text) as Record<string, unknown>;
      for (const column of without) delete fields[column];
      Object.assign(fields, columns, message.level === "full" && subject);
      return {
        route: item.route + (isLast ? ANONYMOUS : ""),
        text: asciiJson(fields),
      };
    },
    deliver: (batch) =>
      inner.deliver(
        batch.route.endsWith(ANONYMOUS)
          ? { ...batch, level: "anonymous", serverAnonymity: true }
          : batch,
      ),
  };
}
