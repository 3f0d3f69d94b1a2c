import type {
  Delivery,
  Destination,
  Message,
} from "../../src/tracker/destination.js";

/** The requests that `messages` make, one a route, in the order of the first message of each. All at the terms of the first. */
export function sendTogether(
  destination: Destination,
  messages: readonly Message[],
  now: number,
): Delivery[] {
  const { level, serverAnonymity } = messages[0]!;
  const routes = new Map<string, string[]>();
  for (const message of messages) {
    const item = destination.write(message);
    if (item)
      routes.set(item.route, [...(routes.get(item.route) ?? []), item.text]);
  }
  return [...routes].map(([route, texts]) =>
    destination.deliver({ route, texts, level, serverAnonymity, now }),
  );
}
