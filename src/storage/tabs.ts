import type { Neighbours } from "../consent/ports.js";

/**
 * Keeps the pages of one site in step: a channel between them, and another look when a page comes back to the front
 * or out of the back/forward cache. What a page has missed it sees then, so the channel may close while it is away;
 * a message to an open one would evict the page from that cache.
 */
export function tabs(name: string): Neighbours {
  let channel: BroadcastChannel | undefined;
  return {
    tell: (text) => channel?.postMessage(text),
    hear(listener) {
      const open = () => {
        try {
          channel ??= new BroadcastChannel(name);
          channel.onmessage = ({ data }) => listener(`${data}`);
        } catch {
          // A document without an origin has no neighbours.
        }
      };
      const look = () => listener();
      open();
      addEventListener("pageshow", (event) => {
        open();
        if (event.persisted) look();
      });
      addEventListener("pagehide", () => {
        channel?.close();
        channel = undefined;
      });
      // Not on going away: a page that is being taken down may see no cookie any more.
      document.addEventListener(
        "visibilitychange",
        () => document.hidden || look(),
      );
      // A cookie may move on another subdomain, where the channel does not reach.
      globalThis.cookieStore?.addEventListener("change", look);
    },
  };
}
