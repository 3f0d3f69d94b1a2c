/**
 * The six faults of check 30 that tests must find, each as a change to one place of the sources. They are made while a file
 * is served to the test browser; no file is touched.
 *
 * @typedef {{ fault: string, file: string, from: string, to: string, tests: readonly string[] }} Mutant
 *
 * @type {readonly Mutant[]}
 */
export const MUTANTS = [
  {
    fault: "`$opt_in` is not sent at once",
    file: "src/tracker/engine.ts",
    from: "    send();\n",
    to: "    send(flushInterval);\n",
    tests: ["test/dialects/mixpanel-opt.test.ts"],
  },
  {
    fault: "msDoNotTrack is ignored",
    file: "src/dialects/mixpanel/signals.ts",
    from: "        browser?.msDoNotTrack,\n",
    to: "",
    tests: ["test/dialects/mixpanel-flag.test.ts"],
  },
  {
    fault: "Do Not Track is ignored in the gate",
    file: "src/dialects/mixpanel/gate.ts",
    from: `isBlocked() ? "denied" : decision()`,
    to: "decision()",
    tests: ["test/dialects/mixpanel-flag.test.ts"],
  },
  {
    fault: "a cookie's expiry is ignored",
    file: "src/dialects/mixpanel/cookies.ts",
    from: "...(cookie_expiration ? [`expires=${expiry()}`] : []),",
    to: "",
    tests: ["test/dialects/mixpanel-flag.test.ts"],
  },
  {
    fault: "secure_cookie is ignored",
    file: "src/dialects/mixpanel/cookies.ts",
    from: "secure_cookie || cross_site_cookie",
    to: "cross_site_cookie",
    tests: ["test/dialects/mixpanel-flag.test.ts"],
  },
  {
    fault: "cross_subdomain_cookie is ignored",
    file: "src/dialects/mixpanel/cookies.ts",
    from: 'cross_subdomain_cookie\n      ? domainsOf(host)\n      : [""]',
    to: "domainsOf(host)",
    tests: ["test/dialects/mixpanel-flag.test.ts"],
  },
];
