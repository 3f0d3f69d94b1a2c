// Copies what is shipped as it is: themes, and rules for tools that answer for a visitor.
import { cpSync } from "node:fs";

for (const folder of ["themes", "rules"])
  for (const target of ["dist", "dist/cdn"])
    cpSync(`src/${folder}`, `${target}/${folder}`, { recursive: true });
