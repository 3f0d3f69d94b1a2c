import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromePath } from "../../../scripts/chrome.mjs";

/** Chromium's name for "block all cookies", which blocks every other storage of a page with them. */
const BLOCK = { profile: { default_content_setting_values: { cookies: 2 } } };

/** A fresh visitor whose browser is set to block all cookies: the real setting, of a profile of its own. */
export async function contextWithoutCookies() {
  const folder = await mkdtemp(join(tmpdir(), "without-cookies-"));
  await mkdir(join(folder, "Default"));
  await writeFile(
    join(folder, "Default", "Preferences"),
    JSON.stringify(BLOCK),
  );
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await chromePath(),
    args: process.platform === "linux" ? ["--no-sandbox"] : [],
  });
  // The browser writes until it has ended, which is after this.
  const remove = { recursive: true, force: true, maxRetries: 20 };
  context.on("close", () => {
    rm(folder, remove).catch(() => {});
  });
  return context;
}
