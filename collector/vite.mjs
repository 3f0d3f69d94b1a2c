import { createCollector } from "./collector.mjs";

/**
 * Mounts a collector in Vite's dev and preview servers, before Vite's own routes: each server has one of its own.
 *
 * @returns {import("vite").Plugin}
 */
export function collectorPlugin() {
  return {
    name: "consent-elements:collector",
    configureServer: mount,
    configurePreviewServer: mount,
  };
}

/**
 * @param {object} server
 * @param {import("vite").Connect.Server} server.middlewares
 * @param {{ once(event: "close", listener: () => void): unknown } | null} server.httpServer Null in middleware mode.
 */
function mount({ middlewares, httpServer }) {
  const collector = createCollector();
  /** @type {(...args: Parameters<import("vite").Connect.NextHandleFunction>) => Promise<void>} */
  const pass = async (req, res, next) => {
    if (!(await collector.handle(req, res))) next();
  };
  middlewares.use((req, res, next) => void pass(req, res, next));
  // Vite answers preflights before any plugin, and says yes to local pages only. Nothing but preflights may go
  // first: Vite's check of the host comes between, and the stored requests need it.
  middlewares.stack.unshift({
    route: "",
    handle: (
      /** @type {import("vite").Connect.IncomingMessage} */ req,
      /** @type {import("node:http").ServerResponse} */ res,
      /** @type {import("vite").Connect.NextFunction} */ next,
    ) => (req.method === "OPTIONS" ? void pass(req, res, next) : next()),
  });
  httpServer?.once("close", collector.close);
}
