/**
 * The shop. Markup says what is measured: `data-track` names the event, the other `data-*` attributes are its
 * properties. On `<main>` it is sent when the page opens, on a form when it is sent, elsewhere on a click.
 */
import { call } from "./calls.js";
import { addItem, addressWithout, dress, items } from "./visit.js";

const kites: Readonly<Record<string, { name: string; price: number }>> = {
  tern: { name: "Tern", price: 64 },
  six: { name: "Six", price: 82 },
  pocket: { name: "Pocket", price: 24 },
};

function trackFrom(element: HTMLElement): void {
  const { track: name, ...data } = element.dataset;
  if (name === undefined) return;
  const properties: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || key === "complete") continue;
    properties[key] = value === "" || isNaN(+value) ? value : +value;
  }
  call("track", name, properties);
}

function say(near: Element | null, words: string): void {
  const status = near?.querySelector("[role=status]");
  if (status) status.textContent = words;
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.dataset["track"] === undefined) return;
  event.preventDefault();
  trackFrom(form);
  const item = form.dataset["item"];
  if (item === undefined) {
    say(form, "This is as far as an invented shop goes.");
    return;
  }
  addItem(item);
  const count = items().length;
  say(
    form,
    `Added. ${count} ${count === 1 ? "kite" : "kites"} in your basket.`,
  );
}

function onClick(event: MouseEvent): void {
  const element = (event.target as Element).closest<HTMLElement>(
    "a[data-track], button[data-track]",
  );
  if (element) trackFrom(element);
}

function fillBasket(): void {
  const list = document.querySelector("[data-basket]");
  const template = document.querySelector<HTMLTemplateElement>("#basket-line");
  if (!list || !template) return;

  const counts = new Map<string, number>();
  for (const item of items()) {
    if (Object.hasOwn(kites, item))
      counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  let total = 0;
  for (const [item, count] of counts) {
    const kite = kites[item];
    if (!kite) continue;
    total += kite.price * count;
    const line = template.content.cloneNode(true) as DocumentFragment;
    const fill = (slot: string, words: string): void => {
      const element = line.querySelector(`[data-fill=${slot}]`);
      if (element) element.textContent = words;
    };
    fill("name", kite.name);
    fill("count", `${count} × €${kite.price}`);
    fill("sum", `€${kite.price * count}`);
    fill("remove", `one ${kite.name}`);
    line
      .querySelector("use")
      ?.setAttribute("href", `/playground/kites.svg#${item}`);
    line
      .querySelector<HTMLAnchorElement>("[data-fill=name]")
      ?.setAttribute("href", `/playground/${item}.html`);
    const remove = line.querySelector<HTMLAnchorElement>("[data-complete]");
    remove?.setAttribute("href", addressWithout(item));
    remove?.setAttribute("data-item", item);
    list.append(line);
  }

  const form = document.querySelector<HTMLFormElement>("#checkout");
  if (form) {
    form.hidden = counts.size === 0;
    form.dataset["total"] = String(total);
    form.dataset["pieces"] = String(items().length);
  }
  for (const sum of document.querySelectorAll("[data-total-sum]"))
    sum.textContent = `€${total}`;
  document
    .querySelector("[data-basket-empty]")
    ?.toggleAttribute("hidden", counts.size > 0);
}

/** A banner at the foot of the window must not hide the foot of the page: the page grows by its height. */
function makeRoomForBanner(): void {
  const measured = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    document.documentElement.style.setProperty(
      "--banner-room",
      `${Math.ceil(height)}px`,
    );
  });
  document.addEventListener("consent-show", () => {
    const banner = document.querySelector("consent-banner");
    if (banner) measured.observe(banner, { box: "border-box" });
  });
}

document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
makeRoomForBanner();
fillBasket();
dress();

call("page");
const main = document.querySelector<HTMLElement>("main[data-track]");
if (main) trackFrom(main);
