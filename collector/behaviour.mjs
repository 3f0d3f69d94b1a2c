/**
 * How the collector treats what comes in.
 *
 * @typedef {{ status: number, headers?: Record<string, string>, body?: string }} FixedAnswer
 * @typedef {"ok" | "hang" | FixedAnswer} Treatment `"ok"` answers as the vendor does, `"hang"` never answers.
 * @typedef {(request: import("./entry.mjs").RequestEntry) => Treatment | Promise<Treatment>} Chooser
 * @typedef {Treatment | (FixedAnswer & { times?: number }) | Chooser} Behaviour `times`: after that many, `"ok"` again.
 */

/** Holds the behaviour that is in force. */
export function createBehaviour() {
  /** @type {Treatment | Chooser} */
  let current = "ok";
  let left = Infinity;

  return {
    /** @param {Behaviour} behaviour */
    set(behaviour) {
      if (typeof behaviour === "function" || typeof behaviour === "string") {
        current =
          typeof behaviour === "string" ? treatment(behaviour) : behaviour;
        left = Infinity;
        return;
      }
      const { times = Infinity, ...fixed } = Object(behaviour);
      if (!(times === Infinity || (Number.isInteger(times) && times > 0))) {
        throw new RangeError(
          `times: ${times} was given, a whole number above 0 is needed`,
        );
      }
      current = treatment(fixed);
      left = times;
    },

    /**
     * The treatment of one request. Only a function that takes its time makes it a promise.
     *
     * @param {import("./entry.mjs").RequestEntry} request
     * @returns {Treatment | Promise<Treatment>}
     */
    next(request) {
      if (typeof current === "function") {
        const chosen = current(request);
        return chosen instanceof Promise
          ? chosen.then(treatment)
          : treatment(chosen);
      }
      const now = current;
      left -= 1;
      if (left === 0) current = "ok";
      return now;
    },
  };
}

/**
 * @param {unknown} value
 * @returns {Treatment}
 */
function treatment(value) {
  if (value === "ok" || value === "hang") return value;
  const { status, headers = {}, body = "", ...unknown } = Object(value);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError(
      `answer: ${JSON.stringify(value)} was given, "ok", "hang" or { status: 200 to 599 } is needed`,
    );
  }
  const [key] = Object.keys(unknown);
  if (key)
    throw new TypeError(
      `answer: unknown option "${key}", there are status, headers, body and times`,
    );
  // `Headers` throws on a name or value that node could not send either.
  return {
    status,
    headers: Object.fromEntries(new Headers(headers)),
    body: String(body),
  };
}
