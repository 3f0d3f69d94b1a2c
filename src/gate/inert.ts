import { refuse } from "../consent/refuse.js";
import type { ConsentStore } from "../consent/store.js";
import { isMet, parseCondition } from "./condition.js";
import { hideAddress, isHeld, showAddress } from "./held-address.js";
import { hideContent, showContent } from "./held-template.js";
import { watchOpenTree, type OpenTree } from "./open-tree.js";
import { createScriptChain } from "./script-chain.js";

/** What of a page may wait for a yes. */
const INERT = ["script", "template", "iframe", "img", "link"]
  .map((tag) => `${tag}[data-consent]`)
  .join();

/** What may make a purpose known. */
const PURPOSES = "consent-purpose, consent-service";

/** A change of these may be news to an element that is in the page already. */
const ATTRIBUTES = ["data-consent", "data-src", "data-href", "type"];

/** Where inert markup may be kept: a document, a shadow root, or an element and what is inside it. */
type Root = Document | DocumentFragment | Element;

/** Whose record counts, by root. */
const keepers = new WeakMap<Node, ConsentStore>();

/** The store that `node` listens to: that of the nearest root around it. */
function storeOf(node: Node): ConsentStore | undefined {
  for (let at: Node | null | undefined = node; at;) {
    const found = keepers.get(at);
    if (found) return found;
    at = at.parentNode ?? (at as Partial<ShadowRoot>).host;
  }
  return;
}

/** Whether a record counts for `root` already, not only for something around it. */
export const isKept = (root: Node): boolean => keepers.has(root);

/**
 * Keeps the inert markup of a page until the record allows it, and again when it does not any more:
 *
 * - `<script type="text/plain" data-consent="analytics">`, with its text or an address (`data-src`, `data-type="module"`), runs once
 *   in a page, in the order of the document.
 * - `<template data-consent="…">`: its content comes into the page behind it, and is taken out.
 * - `<iframe data-src>`, `<img data-src>`, `<link data-href>`, each with `data-consent`, get their address, and lose it.
 *
 * ```ts
 * keepInert(consent);
 * ```
 *
 * `root` and the open shadow roots in it are watched, so what comes late is kept as well. A root inside that has a store of its own
 * is left to that. A mistake in the markup, or a purpose that the store does not know, becomes one `consent-error`, and the tag
 * stays inert. Throws a `TypeError` where `root` is kept by another store.
 *
 * Returns a function that ends it: what is in the page stays, what is on its way is cancelled, and nothing more comes.
 */
export function keepInert(
  consent: ConsentStore,
  root: Root = document,
): () => void {
  const keeper = keepers.get(root);
  if (keeper)
    return keeper === consent
      ? () => {}
      : refuse("a root", [root.nodeName], "one that no other store keeps");
  keepers.set(root, consent);

  const page = document as Document & { prerendering?: boolean };
  /** What was let in and would have to go. */
  const shown = new Set<HTMLElement>();
  /** What was told; once is enough. */
  const told = new Set<string>();
  let tree: OpenTree | undefined;
  let isLooking = false;
  /** Whether there is news that the page has not been brought in line with. */
  let isDue = false;
  /** Whether what is wrong now was wrong a task ago. */
  let isSure = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (error: unknown) => {
    const { message } = error as Error;
    if (told.has(message)) return;
    told.add(message);
    consent.report(error);
  };

  /** Tells of a mistake in the markup, but not before a second look: the purpose may be on its way in the same task. */
  const doubt = (error: unknown) => {
    if (isSure) tell(error);
    else
      timer ??= setTimeout(() => {
        timer = undefined;
        isSure = true;
        look();
        isSure = false;
      });
  };

  const allows = (element: HTMLElement): boolean => {
    try {
      return (
        keepers.get(root) === consent &&
        !page.prerendering &&
        isMet(parseCondition(element.dataset.consent ?? ""), consent)
      );
    } catch (error) {
      doubt(error);
      return false;
    }
  };

  const chain = createScriptChain((script) => {
    // Another tab may have said no.
    consent.refresh();
    return allows(script);
  }, tell);

  /** Lets `element` in; returns whether that brought more. */
  const show = (element: HTMLElement): boolean => {
    try {
      let isMore = false;
      if (isHeld(element)) showAddress(element);
      else isMore = showContent(element as HTMLTemplateElement);
      shown.add(element);
      return isMore;
    } catch (error) {
      doubt(error);
      return false;
    }
  };

  const hide = (element: HTMLElement) => {
    shown.delete(element);
    if (isHeld(element)) hideAddress(element);
    else hideContent(element as HTMLTemplateElement);
  };

  /** Whether `script` waits at all: one of another type has run, or never will. */
  const isInert = (script: HTMLElement): script is HTMLScriptElement => {
    if (!(script instanceof HTMLScriptElement)) return false;
    if (/^\s*text\/plain\s*$/i.test(script.type)) return true;
    doubt(
      RangeError(
        `consent-elements: type of a <script data-consent> is ${JSON.stringify(script.type)}, which does not wait; write text/plain`,
      ),
    );
    return false;
  };

  const bringInLine = (there: OpenTree) => {
    consent.refresh();
    chain.recheck();
    let found: HTMLElement[] = [];
    // What a template brings may be inert as well.
    for (let isMore = true; isMore;) {
      isMore = false;
      found = there
        .find(INERT)
        .filter((element) => storeOf(element) === consent);
      for (const element of found) {
        if (element.localName === "script" || !element.isConnected) continue;
        if (!allows(element)) hide(element);
        else if (show(element)) isMore = true;
      }
    }
    // Out of the page nothing is heard of a no, so nothing is kept that might come back after one.
    for (const element of shown) if (!element.isConnected) hide(element);
    chain.add(found.filter(isInert).filter(allows));
  };

  /** Brings the page in line with the record. What that puts in may itself decide something; then once more. */
  const look = () => {
    isDue = true;
    if (isLooking) return;
    isLooking = true;
    try {
      for (let there = tree; there && isDue; there = tree) {
        isDue = false;
        bringInLine(there);
      }
    } finally {
      isLooking = false;
    }
  };

  const follow = () => {
    tree?.search();
    look();
  };

  const start = () => {
    tree = watchOpenTree(root, `${INERT},${PURPOSES}`, ATTRIBUTES, look);
    look();
  };

  // What the parser has not finished may be half a script.
  if (page.readyState === "loading")
    page.addEventListener("DOMContentLoaded", start);
  else start();
  page.addEventListener("prerenderingchange", follow);
  if (!consent.isReady) void consent.ready.then(follow);
  const unsubscribe = consent.subscribe(follow);
  return () => {
    keepers.delete(root);
    page.removeEventListener("DOMContentLoaded", start);
    page.removeEventListener("prerenderingchange", follow);
    unsubscribe();
    clearTimeout(timer);
    tree?.stop();
    tree = undefined;
    chain.recheck();
  };
}
