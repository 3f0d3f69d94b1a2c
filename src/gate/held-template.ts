import { shared } from "./shared.js";

/** What a template has brought, or would bring. */
interface Content {
  nodes: readonly ChildNode[];
  /** Stands behind the others. */
  readonly end: Comment;
  /** Where all of them wait while they are not in the page. */
  readonly rest: DocumentFragment;
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
  const content = contents.get(template) ?? make(template);
  contents.set(template, content);
  template.setAttribute(SHOWN, "");
  template.after(content.rest);
  return true;
}

/** Takes the content out again, and what has come in between. What the page has moved elsewhere stays there. */
export function hideContent(template: HTMLTemplateElement): void {
  if (!template.hasAttribute(SHOWN)) return;
  template.removeAttribute(SHOWN);
  const content = contents.get(template) ?? adopt(template);
  if (!content) return;
  contents.set(template, content);
  const { end, rest } = content;
  content.nodes =
    between(template, end) ??
    content.nodes.filter(({ parentNode }) => parentNode === end.parentNode);
  rest.append(...content.nodes, end);
}

function make(template: HTMLTemplateElement): Content {
  const rest = document.importNode(template.content, true);
  // Whether a copied script runs depends on how its template came into the page, and they would not wait for each other.
  for (const script of rest.querySelectorAll("script")) {
    if (!RUNS.test(script.type.trim())) continue;
    if (script.type) script.dataset.type = script.type;
    script.type = "text/plain";
    script.dataset.consent ??= template.dataset.consent;
  }
  const nodes = [...rest.childNodes];
  const end = document.createComment(END);
  rest.append(end);
  return { nodes, end, rest };
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

/** Takes over what a copied template has brought along. */
function adopt(template: HTMLTemplateElement): Content | undefined {
  let depth = 1;
  for (let at = template.nextSibling; at; at = at.nextSibling) {
    if (at instanceof Element && at.hasAttribute(SHOWN)) depth++;
    else if (at instanceof Comment && at.data === END && !--depth)
      return { nodes: [], end: at, rest: new DocumentFragment() };
  }
  return;
}
