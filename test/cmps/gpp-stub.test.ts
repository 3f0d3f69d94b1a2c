import { expect } from "@open-wc/testing";
import { gpp, installGppStub } from "../../src/cmps/gpp.js";
import { createStore } from "../../src/consent/store.js";
import { afterThisTest } from "../support/undo.js";

type Api = (
  command?: string,
  callback?: ((data: never, success: boolean) => void) | null,
  parameter?: unknown,
) => unknown;
const API = "__gpp";
const page = window as unknown as { [API]?: Api };

/** What a command answers at once. */
function ask(command: string, parameter?: unknown): unknown[] {
  const answers: unknown[] = [];
  page[API]!(
    command,
    (data, success) => answers.push(data, success),
    parameter,
  );
  return answers;
}

const start = () => {
  const consent = createStore({ purposes: ["marketing"], mode: "opt-out" });
  afterThisTest(gpp({ consent, sections: ["usca"], notices: { sale: true } }));
};

beforeEach(installGppStub);
afterEach(() => {
  delete page[API];
  document.querySelector("[name=__gppLocator]")?.remove();
});

describe("the stub of __gpp", () => {
  it("answers every generic command at once", () => {
    const [ping, success] = ask("ping") as [Record<string, unknown>, boolean];
    expect([ping.cmpStatus, ping.signalStatus, ping.gppString]).to.deep.equal([
      "stub",
      "not ready",
      "",
    ]);
    expect(success).to.equal(true);
    expect(ask("hasSection", "usca")).to.deep.equal([false, true]);
    expect(ask("getSection", "usca")).to.deep.equal([null, true]);
    expect(ask("getField", "usca.SaleOptOut")).to.deep.equal([null, true]);
    const events = [
      ask("addEventListener"),
      ask("addEventListener"),
      ask("removeEventListener", 1),
      ask("removeEventListener", 1),
    ].map(([event]) => {
      const { eventName, listenerId, data } = event as Record<string, unknown>;
      return [eventName, listenerId, data];
    });
    expect(events).to.deep.equal([
      ["listenerRegistered", 1, true],
      ["listenerRegistered", 2, true],
      ["listenerRemoved", 1, true],
      ["listenerRemoved", 1, false],
    ]);
  });

  it("keeps other commands in order, and the CMP takes over queue and listeners", () => {
    const heard: string[] = [];
    page[API]!("addEventListener", ({ eventName, data }: never) =>
      heard.push(`${eventName} ${data}`),
    );
    for (const name of ["one", "two"])
      page[API]!(name, (_, success) => heard.push(`${name} ${success}`));
    expect(heard).to.deep.equal(["listenerRegistered true"]);
    start();
    // Commands that nobody knows are answered by a no, in their order, before the CMP says anything.
    expect(heard.slice(1)).to.deep.equal([
      "one false",
      "two false",
      "signalStatus not ready",
      "cmpStatus loaded",
      "sectionChange usca",
      "signalStatus ready",
    ]);
  });

  it("leaves a __gpp that is there, and one locator", () => {
    const first = page[API];
    installGppStub();
    expect(page[API]).to.equal(first);
    // Another one's locator without its function.
    delete page[API];
    installGppStub();
    expect(document.querySelectorAll("[name=__gppLocator]")).to.have.length(1);
  });

  for (const isText of [true, false])
    it(`is asked by frames, in ${isText ? "text" : "objects"}, and the CMP after it`, async () => {
      const answer = async (
        callId: string,
      ): Promise<Record<string, unknown>> => {
        const frame = document.createElement("iframe");
        frame.srcdoc = `<script>
          addEventListener("message", ({ data }) => {
            const found = typeof data === "string" ? JSON.parse(data) : data;
            parent.postMessage({ asText: typeof data === "string", ...found.__gppReturn }, "*");
          });
          const call = { __gppCall: { command: "ping", callId: "${callId}", version: "1.1" } };
          parent.postMessage(${isText ? "JSON.stringify(call)" : "call"}, "*");
        </script>`;
        const heard = new Promise<Record<string, unknown>>((resolve) => {
          addEventListener("message", function listener({ data }) {
            if (data.callId !== callId) return;
            removeEventListener("message", listener);
            resolve(data);
          });
        });
        document.body.append(frame);
        afterThisTest(() => frame.remove());
        return heard;
      };
      const status = (found: Record<string, unknown>) => [
        found.asText,
        found.success,
        (found.returnValue as Record<string, unknown>).cmpStatus,
      ];
      expect(status(await answer("stub"))).to.deep.equal([
        isText,
        true,
        "stub",
      ]);
      start();
      expect(status(await answer("CMP"))).to.deep.equal([
        isText,
        true,
        "loaded",
      ]);
    });

  it("is not disturbed by other messages", async () => {
    const errors: unknown[] = [];
    const onError = (event: ErrorEvent) => errors.push(event.message);
    addEventListener("error", onError);
    afterThisTest(() => removeEventListener("error", onError));
    for (const message of ["{", "text", null, 7, { other: 1 }])
      window.postMessage(message, "*");
    await new Promise((resolve) => {
      addEventListener("message", ({ data }) => data === "end" && resolve(0));
      window.postMessage("end", "*");
    });
    expect(errors).to.deep.equal([]);
  });
});
