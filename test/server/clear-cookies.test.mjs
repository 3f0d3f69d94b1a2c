import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSource } from "../support/load-source.mjs";

const { clearCookies } = await loadSource("server/clear-cookies.ts");

const ENDS = "; Secure; HttpOnly; SameSite=None";

describe("headers that remove cookies", () => {
  it("are one for the host and one for each domain above it that has a dot", () => {
    assert.deepEqual(
      clearCookies(["FPID"], { hostname: "www.eu.shop.example" }),
      [
        `FPID=; Max-Age=0; Path=/${ENDS}`,
        `FPID=; Max-Age=0; Path=/; Domain=www.eu.shop.example${ENDS}`,
        `FPID=; Max-Age=0; Path=/; Domain=eu.shop.example${ENDS}`,
        `FPID=; Max-Age=0; Path=/; Domain=shop.example${ENDS}`,
      ],
    );
  });

  it("are the same for each name and path, and for a partition where one is asked for", () => {
    assert.deepEqual(
      clearCookies(["__Host-a", "b"], {
        hostname: "localhost",
        paths: ["/", "/shop"],
        partitioned: true,
      }),
      ["__Host-a", "b"].flatMap((name) =>
        ["/", "/shop"].flatMap((path) =>
          ["", "; Partitioned"].map(
            (end) => `${name}=; Max-Age=0; Path=${path}${ENDS}${end}`,
          ),
        ),
      ),
    );
  });

  it("name no part of an IP address", () => {
    assert.deepEqual(clearCookies(["a"], { hostname: "127.0.0.1" }), [
      `a=; Max-Age=0; Path=/${ENDS}`,
      `a=; Max-Age=0; Path=/; Domain=127.0.0.1${ENDS}`,
    ]);
  });

  for (const [names, options, told] of [
    [["_ga_*"], {}, /RangeError.*"_ga_\*"; write the whole name/],
    [["a;b"], {}, /RangeError.*cookie's name/],
    [["a\r\nX: y"], {}, /RangeError.*cookie's name/],
    [[""], {}, /RangeError.*cookie's name/],
    [["a"], { paths: ["shop"] }, /RangeError.*a path is "shop"/],
    [["a"], { paths: ["/;x"] }, /RangeError.*a path/],
    [["a"], { paths: ["/\r\nX:"] }, /RangeError.*a path/],
    [["a"], { hostname: "shop.test:80" }, /RangeError.*hostname is/],
    [["a"], { hostname: "a; b" }, /RangeError.*hostname is/],
    [["a"], { partitioned: "yes" }, /RangeError.*partitioned/],
    [["a"], { path: "/" }, /TypeError.*an option is \["path"\]/],
  ])
    it(`are refused for ${JSON.stringify([names, options])}`, () => {
      assert.throws(
        () => clearCookies(names, { hostname: "shop.test", ...options }),
        (error) => told.test(String(error)),
      );
    });
});
