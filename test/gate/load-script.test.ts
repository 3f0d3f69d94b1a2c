import { expect } from "@open-wc/testing";
import { loadScript } from "../../src/gate/load-script.js";
import { noting } from "../support/inert-scene.js";
import { afterThisTest } from "../support/undo.js";

/** What a call was rejected with. */
const rejection = (call: Promise<void>) =>
  call.then(
    () => "nothing",
    (error: unknown) => String(error),
  );

/** The scripts that come into the head during the test, as they came. */
function watchHead(): HTMLScriptElement[] {
  const came: HTMLScriptElement[] = [];
  const append = document.head.append.bind(document.head);
  document.head.append = (...nodes: (Node | string)[]) => {
    came.push(nodes[0] as HTMLScriptElement);
    append(...nodes);
  };
  afterThisTest(() => {
    Reflect.deleteProperty(document.head, "append");
    for (const script of came) script.remove();
  });
  return came;
}

let ran: string[];
beforeEach(() => {
  ran = [];
  Object.assign(globalThis, { ran });
});

describe("loadScript", () => {
  it("resolves when the script has run", async () => {
    watchHead();
    await loadScript(noting("a"));
    expect(ran).to.eql(["a"]);
  });

  it("is async and passes attributes on", async () => {
    const came = watchHead();
    const attributes = {
      id: "vendor",
      crossorigin: "anonymous",
      referrerpolicy: "no-referrer",
      "data-account": "42",
      type: "module",
      nonce: "mine",
    };
    await loadScript(noting("a"), attributes);
    const [script] = came;
    expect(script!.async).to.equal(true);
    expect(script!.nonce).to.equal("mine");
    for (const [name, value] of Object.entries(attributes))
      if (name !== "nonce") expect(script!.getAttribute(name)).to.equal(value);
  });

  it("has the nonce of the page's own scripts", async () => {
    const came = watchHead();
    await loadScript(noting("a"));
    const own = document.createElement("script");
    own.type = "text/data";
    own.nonce = "own";
    document.head.prepend(own);
    await loadScript(noting("b"));
    own.remove();
    expect(came.map(({ nonce }) => nonce)).to.eql(["", "own"]);
  });

  it("rejects when the script cannot be loaded", async () => {
    watchHead();
    expect(await rejection(loadScript("/missing.js"))).to.equal(
      `Error: consent-elements: ${location.origin}/missing.js could not be loaded`,
    );
  });

  it("rejects, and the script never runs, when the signal aborts on its way", async () => {
    const came = watchHead();
    const yes = new AbortController();
    const call = rejection(loadScript(noting("a"), {}, yes.signal));
    await Promise.resolve();
    expect(came[0]!.isConnected).to.equal(true);
    yes.abort(Error("no"));
    expect(came[0]!.isConnected).to.equal(false);
    expect(await call).to.equal("Error: no");
    await loadScript(noting("b"));
    expect(ran).to.eql(["b"]);
  });

  it("asks for nothing when the signal has aborted before", async () => {
    const came = watchHead();
    const call = loadScript(noting("a"), {}, AbortSignal.abort(Error("no")));
    expect(await rejection(call)).to.equal("Error: no");
    expect(came).to.eql([]);
  });

  it("leaves a script that has run where it is when the signal aborts later", async () => {
    const came = watchHead();
    const yes = new AbortController();
    await loadScript(noting("a"), {}, yes.signal);
    yes.abort();
    expect(came[0]!.isConnected).to.equal(true);
  });

  it("refuses an address that is none", async () => {
    expect(await rejection(loadScript(""))).to.equal(
      "TypeError: consent-elements: src of a script is null; write a text",
    );
  });
});
