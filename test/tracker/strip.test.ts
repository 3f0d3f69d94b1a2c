import { expect } from "@open-wc/testing";
import { originOf, stripUrl } from "../../src/tracker/strip.js";

const ADDRESSES: [address: string, stripped: string, origin: string][] = [
  ["https://shop.test/", "https://shop.test/", "https://shop.test"],
  ["https://shop.test", "https://shop.test", "https://shop.test"],
  ["https://shop.test?q=1", "https://shop.test", "https://shop.test"],
  ["https://shop.test#@a", "https://shop.test", "https://shop.test"],
  [
    "https://shop.test:8443/a/b?token=1#/inbox?x",
    "https://shop.test:8443/a/b",
    "https://shop.test:8443",
  ],
  [
    "https://alice:secret@shop.test/@bob?q",
    "https://shop.test/@bob",
    "https://shop.test",
  ],
  [
    "https://shop.test/a#line\nbreak",
    "https://shop.test/a",
    "https://shop.test",
  ],
  ["https://[::1]:8443/a", "https://[::1]:8443/a", "https://[::1]:8443"],
  [
    "android-app://com.mail/",
    "android-app://com.mail/",
    "android-app://com.mail",
  ],
  ["file:///kites/index.html", "file:///kites/index.html", "file://"],
  ["about:blank", "about:blank", ""],
  ["", "", ""],
];

it("keeps of an address the page, and of a referrer the site", () => {
  expect(
    ADDRESSES.map(([address]) => [
      address,
      stripUrl(address),
      originOf(address),
    ]),
  ).to.deep.equal(ADDRESSES);
});
