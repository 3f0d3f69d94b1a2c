import { html, nothing, type TemplateResult } from "lit";
import type { Choice, Choices } from "../consent/choice.js";
import { renderSwitch } from "./choice.js";
import {
  describeServices,
  type DescribedPurpose,
  type DescribedService,
} from "./purposes.js";
import type { View } from "./view.js";

/** From how many services on a field helps to find one. */
const MANY = 8;

/** The services of the panel: which lists are open, and what is looked for in them. */
export class Services {
  readonly #host: { requestUpdate(): void };
  readonly #open = new Map<string, readonly DescribedService[]>();
  readonly #queries = new Map<string, string>();

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  /** Looks again at what the page says, when a list is opened next. */
  forget(): void {
    this.#open.clear();
    this.#queries.clear();
  }

  /** Draws the list of a purpose's services, closed until it is asked for. `draft` is what the switches show. */
  render(
    view: View,
    { name, serviceCount }: DescribedPurpose,
    id: string,
    draft: Choices,
    choose: (service: string, choice: Choice) => void,
  ): TemplateResult | typeof nothing {
    if (!serviceCount) return nothing;
    const { words } = view;
    const toggle = ({ target }: Event) => {
      const { open } = target as HTMLDetailsElement;
      if (open === this.#open.has(name)) return;
      if (open) this.#open.set(name, describeServices(view, name));
      else this.#open.delete(name);
      this.#host.requestUpdate();
    };
    return html`<details
      part="services"
      .open=${this.#open.has(name)}
      @toggle=${toggle}
    >
      <summary part="services-summary">
        ${words.services.replace("{count}", `${serviceCount}`)}
      </summary>
      ${this.#renderList(view, name, id, draft, choose)}
    </details>`;
  }

  #renderList(
    { words }: View,
    purpose: string,
    id: string,
    draft: Choices,
    choose: (service: string, choice: Choice) => void,
  ): unknown {
    const services = this.#open.get(purpose);
    if (!services) return nothing;
    const query = this.#queries.get(purpose) ?? "";
    const wanted = query.toLowerCase();
    const found = services.filter(({ label, provider }) =>
      `${label} ${provider}`.toLowerCase().includes(wanted),
    );
    const search = ({ target }: Event) => {
      this.#queries.set(purpose, (target as HTMLInputElement).value.trim());
      this.#host.requestUpdate();
    };
    return html`${
        services.length >= MANY
          ? html`<input
                part="search"
                type="search"
                aria-label=${words.findService}
                placeholder=${words.findService}
                @input=${search}
              />
              <p part="no-service" role="status">
                ${found[0] ? "" : words.noService}
              </p>`
          : nothing
      }
      <ul part="service-list">
        ${found.map((service, i) => {
          const serviceId = `${id}-service-${i}`;
          return html`<li part="service">
            ${
              service.isAsked
                ? renderSwitch(
                    serviceId,
                    service.label,
                    draft[service.name] === "granted",
                    (isOn) => choose(service.name, isOn ? "granted" : "denied"),
                    // A part is not on where the whole is off.
                    draft[purpose] !== "granted",
                  )
                : html`<strong part="label">${service.label}</strong>`
            }
            ${
              service.description || service.isAsked
                ? html`<p id=${`${serviceId}-text`} part="description">
                    ${service.description}
                  </p>`
                : nothing
            }
            ${this.#renderFacts(words, service)}
          </li>`;
        })}
      </ul>`;
  }

  #renderFacts(words: View["words"], service: DescribedService): unknown {
    const { provider, policyHref, stores, sendsTo, keptFor } = service;
    const facts: readonly [string, string][] = [
      [words.provider, provider],
      [words.stores, stores],
      [words.sendsTo, sendsTo],
      [words.keptFor, keptFor],
    ];
    const told = facts.filter(([, fact]) => fact);
    if (!told[0] && !policyHref) return nothing;
    return html`<dl part="facts">
        ${told.map(
          ([name, fact]) =>
            html`<dt>${name}</dt>
              <dd>${fact}</dd>`,
        )}
      </dl>
      ${
        policyHref
          ? html`<a part="service-policy-link" href=${policyHref}
              >${words.policy}</a
            >`
          : nothing
      }`;
  }
}
