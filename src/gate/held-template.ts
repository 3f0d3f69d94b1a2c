import { shared } from "./shared.js";

/** What a template has brought into the page. */
interface Content {
  readonly nodes: readonly ChildNode[];
  /** Stands behind the others. */
  readonly end: Comment;
}

/** What is in the page, by template. */
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
 * Puts the content of `template` behind it. Its scripts become inert scripts of the template's condition, and have their turn among
 * the others. Returns whether anything was put in.
 *
 * The nodes themselves go, not copies: they come back as the page has left them, since their scripts run only once, and to Trusted
 * Types a copied script is one that the page did not write.
 */
export function showContent(template: HTMLTemplateElement): boolean {
  if (template.hasAttribute(SHOWN)) return false;
  // Whether such a script runs depends on how its template came into the page, and they would not wait for each other.
  for (const script of template.content.querySelectorAll("script")) {
    if (!RUNS.test(script.type.trim())) continue;
    if (script.type) script.dataset.type = script.type;
    script.type = "text/plain";
    script.dataset.consent ??= template.dataset.consent;
  }
  const nodes = [...template.content.childNodes];
  const end = document.createComment(END);
  contents.set(template, { nodes, end });
  template.setAttribute(SHOWN, "");
  template.after(...nodes, end);
  return true;
}

/** Takes the content back, and what has come in between. What the page has moved elsewhere stays there. */
export function hideContent(template: HTMLTemplateElement): void {
  if (!template.hasAttribute(SHOWN)) return;
  template.removeAttribute(SHOWN);
  const content = contents.get(template) ?? adopt(template);
  contents.delete(template);
  if (!content) return;
  const { nodes, end } = content;
  template.content.append(
    ...(between(template, end) ??
      nodes.filter(({ parentNode }) => parentNode === end.parentNode)),
  );
  end.remove();
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
      return { nodes: [], end: at };
  }
  return;
}
