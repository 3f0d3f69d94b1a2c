import type {
  Destination,
  Message,
  Properties,
} from "../../tracker/destination.js";
import { mixpanel } from "../../tracker/destinations/mixpanel.js";
import { headers } from "../../tracker/destinations/endpoint.js";
import type { Dict, Settled } from "./options.js";

/** How the next grant is told of. */
export interface OptIn {
  /** The event's name; empty where nobody is told. */
  name: string;
  properties: Properties;
}

/** Runs one hook, or several in turn, on `args`. `undefined` where one of them has dropped the call. */
export function runHooks<A extends unknown[]>(
  hooks: unknown,
  args: A,
): A | undefined {
  if (!hooks) return args;
  let now: unknown[] = args;
  for (const hook of [hooks].flat()) {
    const answer: unknown = (hook as (...given: unknown[]) => unknown)(...now);
    if (answer == null) return;
    now = Array.isArray(answer)
      ? [...answer, ...now.slice(answer.length)]
      : [answer, ...now.slice(1)];
  }
  return now as A;
}

const FIRST_REFERRER = ["$initial_referrer", "$initial_referring_domain"];

/** What Mixpanel calls the kinds of requests, by their routes. */
const KINDS: Record<string, "events" | "people" | "groups"> = {
  track: "events",
  engage: "people",
  groups: "groups",
};

/** Mixpanel's wire format as the config asks for it. Throws as `mixpanel()` does. */
export function destinationFor(token: string, settings: Settled): Destination {
  const { api_hosts, api_routes, ip, hooks, batch_size } = settings;
  const more = Object.entries(settings.api_extra_query_params);
  const own = headers("xhr_headers", settings.xhr_headers);
  const to = (api_host: string) =>
    mixpanel({
      token,
      endpoint: api_host,
      ip,
      format:
        settings.api_payload_format ??
        (/\.mixpanel\.com/.test(api_host) ? "json" : "base64"),
      propertyDenylist: [
        ...settings.property_blacklist,
        ...(settings.save_referrer ? [] : FIRST_REFERRER),
      ],
    });
  const inner = to(settings.api_host);
  const others: Record<string, Destination> = {};
  for (const [route, kind] of Object.entries(KINDS)) {
    const host = api_hosts[kind];
    if (host) others[route] = to(host);
  }
  return {
    ...inner,
    batchSize: settings.batch_requests
      ? Math.min(batch_size, inner.batchSize)
      : 1,
    write(message: Message) {
      const item = inner.write(message);
      const hook = item && hooks[`before_send_${KINDS[item.route]!}`];
      if (!hook) return item;
      const [payload] = runHooks(hook, [JSON.parse(item.text) as Dict]) ?? [];
      return payload && { ...item, text: JSON.stringify(payload) };
    },
    deliver(batch) {
      const delivery = (others[batch.route] ?? inner).deliver(batch);
      const route = api_routes[batch.route as "track"];
      const url = new URL(
        route
          ? delivery.url.replace(`/${batch.route}/?`, `/${route}?`)
          : delivery.url,
      );
      for (const [name, value] of more)
        // What is asked for once is not asked for again: ip stays as it was.
        if (!url.searchParams.has(name)) url.searchParams.append(name, value);
      return {
        ...delivery,
        url: url.href,
        headers: { ...own, ...delivery.headers },
      };
    },
  };
}
