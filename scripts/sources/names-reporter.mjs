// A reporter for `node --test` that writes each test's file, name and end, as JSON lines.
import { relative } from "node:path";

export default async function* names(source) {
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const isSuite = data.details?.type === "suite";
    if (isSuite && type === "test:pass") continue;
    yield `${JSON.stringify({
      file: relative(process.cwd(), data.file ?? "").replaceAll("\\", "/"),
      // A suite that fails has lost tests of any name.
      name: isSuite ? "" : data.name,
      passed: type === "test:pass",
      skipped: data.skip !== undefined || data.todo !== undefined,
    })}\n`;
  }
}
