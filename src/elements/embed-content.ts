/** What a yes brings into the page. */
export interface Content {
  readonly element: HTMLElement;
  /** Runs the scripts, once the element is in the page. `failed` hears of each that could not be loaded. */
  run(failed: (error: Error) => void): Promise<void>;
}

/** What an `<iframe>` is told in the attributes of its `<consent-embed>`. */
export const PASSED = [
  "title",
  "allow",
  "allowfullscreen",
  "referrerpolicy",
  "sandbox",
  "loading",
  "width",
  "height",
  "name",
] as const;

/** The types of scripts that a browser runs or obeys; the others hold data. */
const RUNS =
  /^(|module|importmap|speculationrules|(text|application)\/(x-)?(java|ecma)script)$/i;

/** How texts become scripts under Trusted Types, whose types TypeScript does not know yet. */
interface Trust {
  createScript(text: string): string;
  createScriptURL(url: string): string;
}

interface TrustFactory {
  createPolicy(name: string, rules: Trust): Trust;
}

const asItIs: Trust = {
  createScript: (text) => text,
  createScriptURL: (url) => url,
};

/** Where the first that asks keeps the policy: a page's list may allow it once, and the page's inert scripts use it as well. */
const TRUST = Symbol.for("consent-elements.trust");

/** The policy `consent-elements`. It sees only what the page itself has written into a `<template>`. Throws where the page's policy refuses it. */
function trusted(): Trust {
  const page = globalThis as {
    trustedTypes?: TrustFactory;
    [TRUST]?: Trust;
  };
  return (page[TRUST] ??=
    page.trustedTypes?.createPolicy("consent-elements", asItIs) ?? asItIs);
}

/** An address to load from. Throws for one that would run code, carries a password, or is none. */
function address(what: string, given: string | null): string {
  try {
    const { protocol, username, password, href } = new URL(
      given || "about:blank",
      document.baseURI,
    );
    if (/^https?:$/.test(protocol) && !username && !password) return href;
  } catch {
    // None at all.
  }
  throw new RangeError(
    `consent-elements: ${what} is ${JSON.stringify(given)}; write an http or https address without a password`,
  );
}

const templateOf = (host: Element) =>
  host.querySelector<HTMLTemplateElement>(":scope > template");

/** Whether the browser has something to do with `script`. */
const runs = (script: HTMLScriptElement) => RUNS.test(script.type.trim());

/**
 * Looks at what `host` says should be shown, and returns how it is made. Nothing is asked of any server before that
 * is called. Throws for what can never be shown: an address that is none, or scripts where the page's Trusted Types
 * refuse the policy.
 */
export function prepare(host: HTMLElement): (name: string) => Content {
  const template = templateOf(host);
  if (!template) {
    const src = address("src of <consent-embed>", host.getAttribute("src"));
    return (name) => frame(host, src, name);
  }
  for (const script of template.content.querySelectorAll("script"))
    if (runs(script)) {
      trusted();
      if (script.hasAttribute("src"))
        address("src of a <script>", script.getAttribute("src"));
    }
  return (name) => clone(templateOf(host) ?? template, name);
}

function frame(host: HTMLElement, src: string, name: string): Content {
  const element = document.createElement("iframe");
  dressFrame(element, host, name);
  element.src = src;
  return { element, run: async () => {} };
}

/** Gives the `<iframe>` the attributes of `host`. One without a title is called `name`. */
export function dressFrame(
  element: HTMLElement,
  host: HTMLElement,
  name: string,
): void {
  for (const attribute of PASSED) {
    const value =
      host.getAttribute(attribute) ?? (attribute === "title" ? name : null);
    if (value === null) element.removeAttribute(attribute);
    else if (value !== element.getAttribute(attribute))
      element.setAttribute(attribute, value);
  }
}

function clone(template: HTMLTemplateElement, name: string): Content {
  const element = document.createElement("div");
  // What has no button of its own is where the focus goes.
  element.tabIndex = -1;
  element.role = "group";
  element.ariaLabel = name;
  element.append(document.importNode(template.content, true));
  // Whether a copied script runs depends on how its template came into the page, and they would not wait for each other.
  const scripts = Array.from(element.querySelectorAll("script"))
    .filter(runs)
    .map((script) => {
      const place = document.createComment("");
      script.replaceWith(place);
      return { script, place };
    });
  return {
    element,
    async run(failed) {
      const loading: Promise<void>[] = [];
      // A parser, too, leaves these for the end.
      const late = scripts.filter(({ script }) => isDeferred(script));
      const soon = scripts.filter((each) => !late.includes(each));
      for (const each of [...soon, ...late]) {
        const { script, place } = each;
        if (loading[0] && (!script.hasAttribute("src") || each === late[0]))
          await Promise.all(loading);
        if (isDiscarded(element)) return;
        const again = renew(script);
        if (isFetched(script) && !script.hasAttribute("async"))
          loading.push(ended(again, failed));
        place.replaceWith(again);
      }
      await Promise.all(loading);
    },
  };
}

const isModule = ({ type }: HTMLScriptElement) => /^\s*module\s*$/i.test(type);

const isDeferred = (script: HTMLScriptElement) =>
  !script.hasAttribute("async") &&
  (isModule(script) || (script.hasAttribute("src") && script.defer));

/** Whether `script` says when it has run. A module within the page never does, and one for browsers without modules is not run at all. */
const isFetched = (script: HTMLScriptElement) =>
  script.hasAttribute("src") && !(script.noModule && !isModule(script));

/** The same script, as one that has never run. */
function renew(script: HTMLScriptElement): HTMLScriptElement {
  const policy = trusted();
  const again = document.createElement("script");
  // Those that a script makes run when they arrive, unless told otherwise.
  again.async = false;
  for (const { name, value } of script.attributes)
    again.setAttribute(
      name,
      name === "src"
        ? policy.createScriptURL(value)
        : name.startsWith("on")
          ? policy.createScript(value)
          : value,
    );
  again.text = policy.createScript(script.text);
  return again;
}

/** Resolves when `script` has run, or cannot be loaded. */
function ended(
  script: HTMLScriptElement,
  failed: (error: Error) => void,
): Promise<void> {
  return new Promise((resolve) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      failed(Error(`consent-elements: ${script.src} did not load`));
      resolve();
    });
  });
}

/** Takes `element` away for good. In a document that is never shown no script of it runs that is still on its way. */
export function discard(element: HTMLElement): void {
  document.implementation.createHTMLDocument("").adoptNode(element);
}

const isDiscarded = (element: HTMLElement) =>
  element.ownerDocument !== document;
