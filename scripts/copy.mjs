// Copies what is shipped as it is: themes, and rules for tools that answer for a visitor. And builds the one script that is a
// build of its own, for a page's head.
import { cpSync } from "node:fs";
import { build } from "vite";

for (const folder of ["themes", "rules"])
  for (const target of ["dist", "dist/cdn"])
    cpSync(`src/${folder}`, `${target}/${folder}`, { recursive: true });

await build({ mode: "head", logLevel: "warn" });
