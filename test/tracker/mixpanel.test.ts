import { expect } from "@open-wc/testing";
import { mixpanel } from "../../src/tracker/destinations/mixpanel.js";
import { catchError } from "../support/catch-error.js";
import { START } from "../support/fake-timers.js";
import { makeMessage } from "../support/make-message.js";
import { entriesIn } from "../support/mixpanel-body.js";

const make = (options: unknown) =>
  mixpanel(options as Parameters<typeof mixpanel>[0]);

describe("mixpanel()", () => {
  it("writes for the project that it is given", () => {
    const request = mixpanel({ token: "tok_demo_0001" }).deliver(
      [makeMessage("a")],
      START,
    );
    expect([
      entriesIn(request)[0]?.properties?.token,
      request.url,
    ]).to.deep.equal([
      "tok_demo_0001",
      `https://api.mixpanel.com/track/?verbose=1&ip=1&_=${START}`,
    ]);
  });

  it("takes an option that is undefined for one that is not there", () => {
    const { url } = mixpanel({
      token: "tok_demo_0001",
      endpoint: undefined,
      ip: undefined,
    }).deliver([makeMessage("a")], START);
    expect(url).to.match(/^https:\/\/api\.mixpanel\.com\/track\/\?.*ip=1/);
  });

  const ENDPOINTS: [string, string][] = [
    ["https://api-eu.mixpanel.com", "https://api-eu.mixpanel.com/track/"],
    ["https://api-eu.mixpanel.com/", "https://api-eu.mixpanel.com/track/"],
    ["https://shop.test/mp", "https://shop.test/mp/track/"],
    ["https://shop.test:8443/mp/", "https://shop.test:8443/mp/track/"],
    ["/mp", `${location.origin}/mp/track/`],
  ];
  it("sends to the endpoint that it is given, a path of the site's own too", () => {
    const answers = ENDPOINTS.map(([endpoint]) => {
      const { url } = mixpanel({ token: "t", endpoint }).deliver(
        [makeMessage("a")],
        START,
      );
      return [endpoint, url.split("?")[0]];
    });
    expect(answers).to.deep.equal(ENDPOINTS);
  });

  const REFUSED: [string, unknown, RegExp][] = [
    [
      "no options",
      undefined,
      /^TypeError: consent-elements: token is null; write a text$/,
    ],
    [
      "no token",
      { ip: false },
      /^TypeError: consent-elements: token is null; write a text$/,
    ],
    [
      "an empty token",
      { token: "" },
      /^TypeError: consent-elements: token is null; write a text$/,
    ],
    [
      "a token that is no text",
      { token: 7 },
      /^RangeError: consent-elements: token is 7; write a text$/,
    ],
    [
      "an option that it does not know",
      { token: "t", api_host: "x" },
      /^TypeError: consent-elements: an option is \["api_host"\]; write token,endpoint,ip$/,
    ],
    [
      "an endpoint that is no address",
      { token: "t", endpoint: "https://" },
      /^RangeError: consent-elements: endpoint is "https:\/\/"; write https:\/\/api\.mixpanel\.com$/,
    ],
    [
      "an empty endpoint",
      { token: "t", endpoint: "" },
      /^(Type|Range)Error: consent-elements: endpoint is .*; write /,
    ],
  ];
  for (const [name, options, message] of REFUSED)
    it(`refuses ${name}, and says what to write`, () => {
      expect(catchError(() => make(options))).to.match(message);
    });
});
