/** Whose events a level judges, and what it allows in them. */
interface Rule {
  /** Whose events count. Absent where no request at all is allowed. */
  readonly vendor?: "snowplow" | "mixpanel";
  /** Whether a session may be told from another one. */
  readonly session?: boolean;
  /** Whether the collector must neither give nor get an identifier. */
  readonly server?: boolean;
}

/**
 * How anonymous a capture has to be.
 *
 * - `client`: Snowplow events without any identifier of a user or a session.
 * - `session`: the same, but a session may have one.
 * - `server`: as `client`; besides, every request has the header `SP-Anonymous`, and no collector cookie goes either way.
 * - `server-session`: as `server`, but a session may have an identifier.
 * - `anonymous`: Mixpanel events without a user, a profile, a cookie or a place from the network address.
 * - `off`: no request at all.
 */
export type Level =
  "client" | "session" | "server" | "server-session" | "anonymous" | "off";

/** What each level means. */
export const RULES: Readonly<Record<Level, Rule>> = {
  client: { vendor: "snowplow" },
  session: { vendor: "snowplow", session: true },
  server: { vendor: "snowplow", server: true },
  "server-session": { vendor: "snowplow", server: true, session: true },
  anonymous: { vendor: "mixpanel" },
  off: {},
};
