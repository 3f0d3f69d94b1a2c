import { shared } from "./shared.js";

/** What of a template is in the page, or was and waits to come back. */
interface Content {
  nodes: ChildNode[];
  /** Stands behind the content. */
  readonly end: Comment;
}

/** The content of each template that was ever put in. */
const contents = shared(
  "contents",
  () => new WeakMap<HTMLTemplateElement, Content>(),
);

/** On a template whose content is in the page; a copy of the page has it too. */
const SHOWN = "data-consent-shown";
/** What is written in the comment behind the content. */
const END = "/data-consent";

/** The types of scripts that a browser runs. */
const RUNS = /^(|module|(text|application)\/(x-)?(java|ecma)script)$/i;

/**
 * Puts the content of `template` behind it: the same nodes each time, since its scripts run only once. They become inert
 * scripts of the template's condition, and have their turn among the others. Returns whether anything was put in.
 */
export function showContent(template: HTMLTemplateElement): boolean {
  if (template.hasAttribute(SHOWN)) return false;
  let content = contents.get(template);
  if (!content) {
    content = { nodes: make(template), end: document.createComment(END) };
    contents.set(template, content);
  }
  template.setAttribute(SHOWN, "");
  template.after(...content.nodes, content.end);
  return true;
}

/** Takes the content out again, and what has come in between. What the page has moved elsewhere stays there. */
export function hideContent(template: HTMLTemplateElement): void {
  if (!template.hasAttribute(SHOWN)) return;
  template.removeAttribute(SHOWN);
  const end = contents.get(template)?.end ?? findEnd(template);
  if (!end) return;
  const content = contents.get(template) ?? { nodes: [], end };
  contents.set(template, content);
  content.nodes =
    between(template, end) ??
    content.nodes.filter(({ parentNode }) => parentNode === end.parentNode);
  for (const node of [...content.nodes, end]) node.remove();
}

function make(template: HTMLTemplateElement): ChildNode[] {
  const copy = document.importNode(template.content, true);
  // Whether a copied script runs depends on how its template came into the page, and they would not wait for each other.
  for (const script of copy.querySelectorAll("script")) {
    if (!RUNS.test(script.type.trim())) continue;
    if (script.type) script.dataset.type = script.type;
    script.type = "text/plain";
    script.dataset.consent ??= template.dataset.consent;
  }
  return [...copy.childNodes];
}

/** The nodes from `template` to `end`; nothing where these do not stand in a row any more. */
function between(template: Node, end: ChildNode): ChildNode[] | undefined {
  const nodes: ChildNode[] = [];
  for (let at = template.nextSibling; at; at = at.nextSibling) {
    if (at === end) return nodes;
    nodes.push(at);
  }
  return;
}

/** The comment behind the content that a copied template has brought along. */
function findEnd(template: HTMLTemplateElement): Comment | undefined {
  let depth = 1;
  for (let at = template.nextSibling; at; at = at.nextSibling) {
    if (at instanceof Element && at.hasAttribute(SHOWN)) depth++;
    else if (at instanceof Comment && at.data === END && !--depth) return at;
  }
  return;
}
