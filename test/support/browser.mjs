import { tmpdir } from "node:os";
import { chromium } from "playwright-core";
import { chromePath } from "../../scripts/chrome.mjs";

/** Whether the browser has a back/forward cache. The headless shell from npm, which is unpacked into the temporary folder, has none. */
export const hasPageCache = !(await chromePath()).startsWith(tmpdir());

/**
 * Starts Chromium for whole visits. The back/forward cache is on, as it is for visitors, and every name below
 * `.test` is this machine, so that pages can have subdomains.
 */
export async function launch() {
  return chromium.launch({
    executablePath: await chromePath(),
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    args: [
      ...(process.platform === "linux" ? ["--no-sandbox"] : []),
      "--host-resolver-rules=MAP *.test 127.0.0.1",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
}
