import { asciiJson } from "../../tracker/ascii.js";
import type { Destination, Message } from "../../tracker/destination.js";
import { snowplow } from "../../tracker/destinations/snowplow.js";
import { isFarewell } from "./events.js";

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

/** Snowplow's wire format with a dialect's columns. */
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
      const message: Message = {
        ...written,
        ...(tab && written.tab && { tab: tab() }),
        ...(viewId && { view: viewId }),
        ...(!hasSession && { session: undefined }),
      };
      const item = inner.write(message);
      if (!item) return;
      // What tells of a refusal is nobody's.
      if (!isFarewell(message.name, message.properties)) saw?.(message);
      const fields = JSON.parse(item.text) as Record<string, unknown>;
      for (const column of without) delete fields[column];
      Object.assign(fields, columns, message.level === "full" && subject);
      return { ...item, text: asciiJson(fields) };
    },
  };
}
