import { emulateMedia } from "@web/test-runner-commands";
import { isChromium } from "./engine.js";

/** Pretends other media where the browser can, and does nothing where it cannot. */
export async function emulate(
  media: Parameters<typeof emulateMedia>[0],
): Promise<void> {
  if (isChromium) await emulateMedia(media);
}
