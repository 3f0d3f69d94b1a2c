import { expect } from "@open-wc/testing";
import { createStore } from "../../src/consent/store.js";
import { keepInert } from "../../src/gate/inert.js";
import { inertScene, noting, until } from "../support/inert-scene.js";
import { stubProperty } from "../support/stub-property.js";
import { afterThisTest } from "../support/undo.js";
import { turn } from "../support/turn.js";

const inline = (name: string, condition = "analytics", more = "") =>
  `<script type="text/plain" data-consent="${condition}" ${more}>ran.push("${name}")</script>`;
const file = (name: string, more = "", condition = "analytics") =>
  `<script type="text/plain" data-consent="${condition}" data-src='${noting(name)}' ${more}></script>`;

/** Keeps what a script throws from the test runner, which would take it for the test's own. */
function hideErrors() {
  const { onerror } = globalThis;
  const hide = (event: Event) => {
    // What could not be loaded is told here as well.
    if (!(event instanceof ErrorEvent)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  globalThis.onerror = null;
  addEventListener("error", hide, { capture: true });
  afterThisTest(() => {
    globalThis.onerror = onerror;
    removeEventListener("error", hide, { capture: true });
  });
}

describe("an inert script", () => {
  it("runs after a yes, and not before", async () => {
    const { consent, settled } = inertScene(
      inline("inline") +
        file("file") +
        inline("module", "analytics", `data-type="module"`),
    );
    expect(await settled()).to.eql([]);
    consent.set({ analytics: "granted" });
    await until(() => (globalThis as any).ran.includes("module"));
    expect((await settled()).toSorted()).to.eql(["file", "inline", "module"]);
  });

  it("runs for a visitor who has said yes before", async () => {
    const { settled } = inertScene(inline("a"), { mode: "opt-out" });
    expect(await settled()).to.eql(["a"]);
  });

  it("waits for the storage to answer", async () => {
    let answer!: () => void;
    const ready = new Promise<void>((done) => {
      answer = done;
    });
    const { consent, ran, box } = inertScene(inline("a", "necessary"), {
      storage: { ready, read: () => [], write() {} },
    });
    box.append("a change");
    await turn();
    expect(ran).to.eql([]);
    answer();
    await consent.ready;
    await until(() => ran.length);
    expect(ran).to.eql(["a"]);
  });

  it("runs in the order of the document: text waits for the files before it, what is deferred comes last", async () => {
    const { consent, settled, ran } = inertScene(
      [
        file("module", `data-type="module"`),
        file("deferred", "defer"),
        file("first"),
        inline("second"),
        file("third"),
        file("fourth"),
        inline("fifth"),
      ].join(""),
    );
    consent.grantAll();
    await until(() => ran.includes("deferred"));
    expect(await settled()).to.eql([
      "first",
      "second",
      "third",
      "fourth",
      "fifth",
      "module",
      "deferred",
    ]);
  });

  it("does not stop the others when it fails: not found, or thrown", async () => {
    hideErrors();
    const { consent, settled, errors } = inertScene(
      [
        inline("a"),
        `<script type="text/plain" data-consent="analytics" data-src="/missing.js"></script>`,
        inline("b"),
        `<script type="text/plain" data-consent="analytics">ran.push("c"); throw Error("no")</script>`,
        inline("d"),
      ].join(""),
    );
    consent.grantAll();
    expect(await settled()).to.eql(["a", "b", "c", "d"]);
    expect(errors).to.eql([
      `consent-elements: ${location.origin}/missing.js could not be loaded`,
    ]);
  });

  it("does not run in the task of the yes, and lets the browser breathe between two", async () => {
    let pauses = 0;
    const { consent, ran, settled } = inertScene(inline("a") + inline("b"));
    stubProperty(globalThis, "scheduler", () => ({
      yield: () => {
        pauses++;
        return turn();
      },
    }));
    consent.grantAll();
    expect(ran).to.eql([]);
    expect(await settled()).to.eql(["a", "b"]);
    expect(pauses).to.equal(3);
  });

  it("does not run when the yes has ended before its turn, and once when it has come back", async () => {
    const { consent, settled } = inertScene(inline("a") + inline("b"));
    consent.grantAll();
    consent.denyAll();
    expect(await settled()).to.eql([]);
    consent.grantAll();
    consent.denyAll();
    consent.grantAll();
    expect(await settled()).to.eql(["a", "b"]);
  });

  it("asks the stored record when its turn has come, so that a no in another tab counts", async () => {
    let texts: string[] = [];
    const { consent, settled } = inertScene(
      inline("a").replace("</", "; refuseElsewhere()</") + inline("b"),
      {
        storage: {
          read: () => texts,
          write: (text) => {
            texts = text ? [text] : [];
          },
        },
      },
    );
    Object.assign(globalThis, {
      refuseElsewhere() {
        texts = [texts[0]!.replaceAll("granted", "denied")];
      },
    });
    consent.grantAll();
    expect(await settled()).to.eql(["a"]);
  });

  it("does not run when it has left the page before its turn, and does when it has come back", async () => {
    const { consent, settled, box } = inertScene(file("a") + inline("b"));
    const [script] = box.querySelectorAll("script");
    consent.grantAll();
    script!.remove();
    expect(await settled()).to.eql(["b"]);
    box.append(script!);
    expect(await settled()).to.eql(["b", "a"]);
  });

  it("waits until the page has been read: until then it may be half a script", async () => {
    let state = "loading";
    stubProperty(document, "readyState", () => state);
    const { ran, box } = inertScene(inline("a", "necessary"));
    box.append("more");
    await turn();
    await turn();
    expect(ran).to.eql([]);
    state = "interactive";
    document.dispatchEvent(new Event("DOMContentLoaded"));
    await until(() => ran.length);
    expect(ran).to.eql(["a"]);
  });

  it("runs on a refusal where it says so", async () => {
    const { consent, settled } = inertScene(inline("a", "!analytics"));
    expect(await settled()).to.eql([]);
    consent.denyAll();
    expect(await settled()).to.eql(["a"]);
  });

  it("waits while the page is prerendered", async () => {
    let prerendering = true;
    stubProperty(document, "prerendering", () => prerendering);
    const { consent, ran } = inertScene(inline("a"), { mode: "opt-out" });
    consent.refresh();
    await turn();
    await turn();
    expect(ran).to.eql([]);
    prerendering = false;
    document.dispatchEvent(new Event("prerenderingchange"));
    await until(() => ran.length);
    expect(ran).to.eql(["a"]);
  });

  it("is stopped with all that has not run by the function that keepInert returned", async () => {
    const { box, ran } = inertScene("");
    const other = createStore();
    const part = document.createElement("div");
    // The store of the page asks about another purpose, so it is not its turn either.
    part.innerHTML = file("on its way") + inline("waits");
    box.append(part);
    const stop = keepInert(other, part);
    other.grantAll();
    await new Promise<void>((done) => {
      new MutationObserver(() => done()).observe(part, { childList: true });
    });
    expect(part.querySelectorAll("script").length).to.equal(3);
    stop();
    expect(part.querySelectorAll("script").length).to.equal(2);
    other.denyAll();
    other.grantAll();
    part.insertAdjacentHTML("beforeend", inline("new"));
    await turn();
    await turn();
    expect(ran).to.eql([]);
  });
});

describe("what runs in place of an inert script", () => {
  const MORE = [
    `id="widget"`,
    `class="a b"`,
    `data-account="42"`,
    `crossorigin="anonymous"`,
    `referrerpolicy="no-referrer"`,
    `integrity="sha256-x"`,
    `fetchpriority="low"`,
    `async`,
  ].join(" ");

  it("has its attributes and its nonce, the address and the type, and stands beside it", async () => {
    const seen: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof HTMLScriptElement && !node.dataset.consent)
            seen.push(
              `${node.previousElementSibling?.id} ${node.nonce} ${node.outerHTML}`,
            );
    });
    observer.observe(document, { childList: true, subtree: true });
    const { consent, box, errors } = inertScene(
      `<script type="text/plain" data-consent="analytics" data-type="module" data-src="/missing.js" nonce="abc" onload="x" ${MORE}></script>`,
    );
    consent.grantAll();
    await until(() => errors.length);
    observer.disconnect();
    expect(seen).to.eql([
      `widget abc <script ${MORE.replace("async", `async=""`)} type="module" src="/missing.js"></script>`,
    ]);
    expect(box.querySelectorAll("script").length).to.equal(1);
  });

  it("is document.currentScript, and is gone when it has run", async () => {
    const { consent, settled, box } = inertScene(
      `<p></p><script type="text/plain" data-consent="analytics" id="me" data-key="k">
        const { id, dataset, parentNode, previousElementSibling } = document.currentScript;
        ran.push([id, dataset.key, parentNode.localName, previousElementSibling.id].join());
      </script>`,
    );
    consent.grantAll();
    expect(await settled()).to.eql(["me,k,div,me"]);
    expect(box.querySelectorAll("#me").length).to.equal(1);
  });

  it("is not lent the nonce of the page's own scripts", async () => {
    const own = document.createElement("script");
    own.nonce = "secret";
    own.type = "text/data";
    document.head.append(own);
    const { consent, settled } = inertScene(
      `<script type="text/plain" data-consent="analytics">ran.push("nonce " + document.currentScript.nonce)</script>`,
    );
    consent.grantAll();
    expect(await settled()).to.eql(["nonce "]);
    own.remove();
  });

  it("tells the inert script of its end, once", async () => {
    const { consent, box, settled } = inertScene(
      `<script type="text/plain" data-consent="analytics" data-src="${encodeURI(noting("file")).replaceAll("%22", "'")}" onload="ran.push('onload')"></script>` +
        `<script type="text/plain" data-consent="analytics" data-src="/missing.js" onerror="ran.push('onerror')"></script>`,
    );
    box
      .querySelector("script")!
      .addEventListener("load", () => (globalThis as any).ran.push("listener"));
    consent.grantAll();
    expect(await settled()).to.eql(["file", "onload", "listener", "onerror"]);
  });

  it("does not run where browsers with modules do not run it, and nobody waits for it", async () => {
    const { consent, settled } = inertScene(
      file("old", "nomodule") + inline("new"),
    );
    consent.grantAll();
    expect(await settled()).to.eql(["new"]);
  });
});

describe("an inert script runs at most once", () => {
  it("after a no and a new yes", async () => {
    const { consent, settled } = inertScene(inline("a") + file("b"));
    consent.grantAll();
    await settled();
    consent.denyAll();
    consent.grantAll();
    expect(await settled()).to.eql(["a", "b"]);
  });

  it("when it has said no itself while it ran", async () => {
    const { consent, settled } = inertScene(
      `<script type="text/plain" data-consent="analytics" data-src="data:text/javascript,ran.push('a');consent.denyAll()"></script>`,
    );
    Object.assign(globalThis, { consent });
    consent.grantAll();
    await until(() => consent.get("analytics") === "denied");
    consent.grantAll();
    expect(await settled()).to.eql(["a"]);
  });

  it("when it is moved", async () => {
    const { consent, settled, box } = inertScene(inline("a"));
    consent.grantAll();
    await settled();
    const script = box.querySelector("script")!;
    script.remove();
    await turn();
    box.append(script);
    expect(await settled()).to.eql(["a"]);
  });

  it("when it is copied after it ran, as a cache of pages does", async () => {
    const { consent, settled, box } = inertScene(inline("a") + file("b"));
    consent.grantAll();
    await settled();
    const copy = box.cloneNode(true) as HTMLElement;
    box.append(...copy.childNodes);
    expect(await settled()).to.eql(["a", "b"]);
  });

  it("when its attributes are put back to what the server sent", async () => {
    const { consent, settled, box } = inertScene(inline("a"));
    consent.grantAll();
    await settled();
    box.querySelector("script")!.removeAttribute("data-consent-ran");
    box.querySelector("script")!.setAttribute("data-consent", "necessary");
    expect(await settled()).to.eql(["a"]);
  });
});
