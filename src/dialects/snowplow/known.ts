import type { Message, Session } from "../../tracker/destination.js";
import type { Engine } from "../../tracker/engine.js";

/** What a tracker knows of its visitor now. */
export interface Known {
  /** The lasting id, at the level `full` and from the first event on. */
  userId(): string | undefined;
  /** The visit, at the levels `session` and `full` and from the first event on. */
  session(): Partial<Session>;
}

/** Reads what an engine knows, from what it sent last or from where it keeps it. */
export function knownOf(
  name: string,
  engine: () => Engine,
  places: { state: () => Storage; session: () => Storage },
  last: () => Message | undefined,
): Known {
  const parse = (text: string | null | undefined): object => {
    try {
      return (JSON.parse(text ?? "{}") as object | null) ?? {};
    } catch {
      // Forged or damaged: it is not ours.
      return {};
    }
  };
  return {
    userId: () =>
      engine().level() === "full"
        ? (parse(engine().who()) as { deviceId?: string }).deviceId
        : undefined,
    session() {
      const level = engine().level();
      if (level !== "full" && level !== "session") return {};
      const sent = last()?.session;
      if (sent) return sent;
      try {
        const area = level === "full" ? places.state() : places.session();
        return parse(area.getItem(`${name}/session`));
      } catch {
        // Blocked: there is none.
        return {};
      }
    },
  };
}
