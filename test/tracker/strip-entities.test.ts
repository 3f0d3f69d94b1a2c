import { expect } from "@open-wc/testing";
import { stripEntities } from "../../src/tracker/strip-entities.js";

const NULL_UUID = "00000000-0000-0000-0000-000000000000";

const PHONE = {
  schema: "iglu:com.snowplowanalytics.snowplow/mobile_context/jsonschema/1-0-3",
  data: {
    osType: "ios",
    openIdfa: "1",
    appleIdfa: "2",
    appleIdfv: "3",
    androidIdfa: "4",
    appSetId: "5",
    appSetIdScope: "app",
    carrier: null,
    batteryLevel: 80,
  },
};
const SESSION = {
  schema: "iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2",
  data: { userId: "6", sessionId: "7", previousSessionId: "8" },
};
const SHOP = {
  schema: "iglu:com.shop/order/jsonschema/1-0-0",
  data: {
    orderId: "9",
    emailAddress: "a@shop.test",
    buyer: { user_id: "10", network_userid: "11", deviceId: "12" },
    items: [{ name: "kite", tabId: "13" }, null],
    tabId: null,
    // Not an identifier, although it begins like one.
    tablet: true,
    userIdle: 5,
  },
};

describe("stripEntities()", () => {
  it("leaves them alone at the level full", () => {
    const entities = [PHONE, SESSION, SHOP];
    expect(stripEntities(entities, "full")).to.equal(entities);
  });

  const phone = { osType: "ios", carrier: null, batteryLevel: 80 };
  const shop = {
    orderId: "9",
    buyer: {},
    items: [{ name: "kite" }, null],
    tabId: null,
    tablet: true,
    userIdle: 5,
  };
  it("takes out below it what is the same on another day, at any depth", () => {
    expect(
      stripEntities([PHONE, SESSION, SHOP], "session").map(({ data }) => data),
    ).to.deep.equal([phone, { userId: NULL_UUID, sessionId: "7" }, shop]);
  });

  it("has no session where the level has none", () => {
    expect(
      stripEntities([PHONE, SESSION, SHOP], "anonymous").map(
        ({ data }) => data,
      ),
    ).to.deep.equal([phone, shop]);
  });
});
