// reports packages whose optional (platform) dependencies are absent from a package-lock: npm ci then fails
import fs from "node:fs";
for (const f of process.argv.slice(2)) {
  const l = JSON.parse(fs.readFileSync(f + "/package-lock.json")).packages;
  const keys = Object.keys(l);
  let n = 0;
  for (const [k, v] of Object.entries(l))
    for (const d of Object.keys(v.optionalDependencies ?? {}))
      if (!keys.some((x) => x.endsWith("node_modules/" + d))) {
        n++;
        if (n < 5) console.log(f, k, v.version, "lacks", d);
      }
  console.log(f, n ? `${n} MISSING` : "complete");
}
