import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { createTracker } from "../../src/tracker/tracker.js";

const downloads = () =>
  performance
    .getEntriesByType("resource")
    .map(({ name }) => /([^/]+)\.[jt]s$/.exec(new URL(name).pathname)?.[1])
    .filter((name) => /^(sender|queue|identity)$/.test(`${name}`));

// Alone in its file: a module is downloaded once a page.
describe("the sending code", () => {
  it("is downloaded when there is something to send, and not before", async () => {
    const consent = createStore();
    const sent = new Promise<RequestInfo | URL>((done) => {
      const tracker = createTracker({
        consent,
        name: "lazy-test",
        destination: {
          batchSize: 50,
          write: ({ name }) => ({ route: "events", text: `{"${name}":1}` }),
          deliver: ({ texts }) => ({
            url: `https://collector.test/${texts.join()}`,
          }),
        },
        fetch: async (input) => {
          done(input as string);
          return new Response();
        },
      });
      tracker.track("a");
      tracker.flush();
    });
    const steps: unknown[] = [downloads()];
    consent.denyAll();
    steps.push(downloads());
    consent.grantAll();
    steps.push(await sent, downloads().toSorted());
    consent.denyAll();
    expect(steps).to.deep.equal([
      [],
      [],
      `https://collector.test/{"$opt_in":1}`,
      ["identity", "queue", "sender"],
    ]);
  });
});
