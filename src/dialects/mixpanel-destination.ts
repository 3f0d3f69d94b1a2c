import type {
  Destination,
  Message,
  Properties,
} from "../tracker/destination.js";
import { mixpanel } from "../tracker/destinations/mixpanel.js";
import { headers } from "../tracker/destinations/endpoint.js";
import type { Dict, Settled } from "./mixpanel-options.js";

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

const HOOKS: Record<string, string> = {
  track: "before_send_events",
  engage: "before_send_people",
  groups: "before_send_groups",
};

/** Mixpanel's wire format as the config asks for it. Throws as `mixpanel()` does. */
export function destinationFor(token: string, settings: Settled): Destination {
  const { api_host, api_routes, ip, hooks, batch_size } = settings;
  const more = Object.entries(settings.api_extra_query_params);
  const own = headers("xhr_headers", settings.xhr_headers);
  const inner = mixpanel({
    token,
    endpoint: api_host,
    ip,
    format:
      settings.api_payload_format ??
      (/\.mixpanel\.com/.test(api_host) ? "json" : "base64"),
    propertyDenylist: settings.property_blacklist,
  });
  return {
    ...inner,
    batchSize: settings.batch_requests ? batch_size : 1,
    write(message: Message) {
      const item = inner.write(message);
      const hook = item && hooks[HOOKS[item.route] as "before_send_events"];
      if (!hook) return item;
      const [payload] = runHooks(hook, [JSON.parse(item.text) as Dict]) ?? [];
      return payload && { ...item, text: JSON.stringify(payload) };
    },
    deliver(batch) {
      const delivery = inner.deliver(batch);
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
