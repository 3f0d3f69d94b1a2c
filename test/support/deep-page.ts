import { stubProperty } from "./stub-property.js";
import { afterThisTest } from "./undo.js";

/**
 * Lets this page see the browser's jar as a page of a deeper folder does, until the test is over. Returns that
 * folder's path. Test pages live at the root, where cookies of another path are out of sight.
 */
export async function deepPage(): Promise<string> {
  const frame = document.createElement("iframe");
  frame.src = import.meta.url;
  const loaded = new Promise((resolve) =>
    frame.addEventListener("load", resolve),
  );
  document.body.append(frame);
  await loaded;
  const deep = frame.contentDocument!;
  afterThisTest(() => frame.remove());
  stubProperty(
    document,
    "cookie",
    () => deep.cookie,
    (line) => {
      deep.cookie = String(line);
    },
  );
  return new URL(".", import.meta.url).pathname;
}
