import { oneOf, refuse, text, withDefaults } from "../consent/refuse.js";
import {
  cookiesLeft,
  requestsIn,
  type Capture,
  type CapturedRequest,
} from "./capture.js";
import { contentsOf } from "./contents.js";
import { checkKnown, knownLeaks } from "./known.js";
import type { Finding, Findings, Leak, LeakOptions } from "./leak.js";
import { RULES, type Level } from "./level.js";
import { mixpanelEventLeaks, mixpanelRequestLeaks } from "./mixpanel.js";
import { faultsOf } from "./report.js";
import {
  idCookieLeaks,
  snowplowEventLeaks,
  snowplowRequestLeaks,
} from "./snowplow.js";
import { addressLeaks, textLeaks } from "./texts.js";

/**
 * Looks for what the level does not allow, in bodies, addresses, headers and cookies of both directions.
 *
 * @throws {TypeError} When the capture is none of the known formats.
 * @throws {RangeError} When there is no such level, or a known identifier is too short.
 */
export function findLeaks(capture: Capture, options: LeakOptions): Findings {
  const given = withDefaults(
    {
      level: "" as Level,
      known: [] as readonly string[],
      endpoint: [] as string | readonly string[],
    },
    options,
  );
  const level = oneOf("level", given.level, Object.keys(RULES) as Level[]);
  const known = checkKnown(given.known);
  const endpoints = [given.endpoint].flat().map(toEndpoint);

  let events = 0;
  const leaks: Leak[] = [];
  for (const request of requestsIn(capture, endpoints)) {
    const judged = judge(request, level);
    events += judged.events;
    const found = [...judged.found, ...knownLeaks(request, known)];
    for (const each of found) leaks.push({ ...each, request: nameOf(request) });
  }
  if (RULES[level].vendor === "snowplow")
    for (const { name, value } of cookiesLeft(capture))
      for (const what of idCookieLeaks(name, value, level))
        leaks.push({ where: "cookie left", what, request: "after" });
  return { events, leaks };
}

/**
 * Throws when a capture leaks, or holds no event that could have: a test that has seen nothing proves nothing. At the
 * level `off` no event is what is wanted.
 *
 * @returns What was found: the number of events, and no leaks.
 * @throws {Error} Named `AssertionError`, with `events` and `leaks` as fields and one line a kind of leak.
 */
export function assertNoLeaks(
  capture: Capture,
  options: LeakOptions,
): Findings {
  const findings = findLeaks(capture, options);
  const faults = faultsOf(findings, options.level);
  if (faults.length === 0) return findings;
  const error = new Error(
    `not anonymous at the level "${options.level}":\n${faults.join("\n")}`,
  );
  error.name = "AssertionError";
  throw Object.assign(error, findings);
}

interface Judgement {
  readonly events: number;
  readonly found: readonly Finding[];
}

function judge(request: CapturedRequest, level: Level): Judgement {
  const { vendor } = RULES[level];
  if (!vendor)
    return { events: 0, found: [{ where: "request", what: "was sent" }] };
  // A preflight has neither the headers nor the body of the request that it asks for.
  if (request.method === "OPTIONS") return { events: 0, found: [] };

  const { fault, ...contents } = contentsOf(request);
  const other = vendor === "snowplow" ? "mixpanel" : "snowplow";
  const found: Finding[] = [];
  if (fault) found.push({ where: "body", what: fault });
  if (contents[other].length > 0)
    found.push({
      where: "body",
      what: `events of ${other}, which this level cannot judge; name the endpoint of the others`,
    });
  if (vendor === "snowplow")
    found.push(
      ...snowplowRequestLeaks(request, contents.beside, level),
      ...contents.snowplow.flatMap((event) => snowplowEventLeaks(event, level)),
    );
  else
    found.push(
      ...mixpanelRequestLeaks(request, contents.beside),
      ...contents.mixpanel.flatMap(mixpanelEventLeaks),
    );
  for (const [where, fields] of Object.entries(contents.beside))
    found.push(...textLeaks(where, fields));
  found.push(...addressLeaks(request));
  return { events: contents[vendor].length, found };
}

/** An endpoint as addresses are compared. One that is none would match nothing, and nothing is what `off` asks for. */
function toEndpoint(given: string): string {
  const endpoint = text("endpoint", given);
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint))
    refuse("endpoint", endpoint, "an address: https://c.shop.example");
  return new URL(endpoint).href;
}

/** A request's name for people. Its query is left out: a report must not repeat what it complains of. */
function nameOf({ number, method, url }: CapturedRequest): string {
  return `#${number} ${method} ${url.replace(/[?#].*/s, "")}`;
}
