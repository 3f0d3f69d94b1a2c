type Link = HTMLAnchorElement | HTMLAreaElement;

/** Links to other sites. */
export interface Links {
  /** From now on the links that `criterion` takes are decorated. */
  decorate(criterion: (link: Link) => boolean): void;
  /** Takes the parameter off the links that have it. */
  restore(): void;
}

/**
 * Carries the visitor's id over to the tracker of another site, in the query of a link that is being followed
 * (`_sp=<user id>.<time>`): while there is a `userId()`, and on links that the caller's criterion takes. Where there is
 * none any more, the parameter is taken off.
 */
export function crossDomainLinks(
  userId: () => string | undefined,
  report: (error: unknown) => void,
): Links {
  let mayDecorate: ((link: Link) => boolean) | undefined;
  /** Links that may be followed, without a press that would be seen, when nobody is known any more. */
  const decorated = new Set<Link>();

  const write = (link: Link, value?: string): void => {
    const url = new URL(link.href);
    if (!value && !url.searchParams.has("_sp")) return;
    url.searchParams.delete("_sp");
    if (value) url.searchParams.set("_sp", value);
    link.href = url.href;
  };

  const press = ({ target }: Event): void => {
    try {
      const link =
        target instanceof Element &&
        target.closest<Link>("a[href], area[href]");
      if (!link || !mayDecorate?.(link)) return;
      const id = userId();
      write(link, id && `${id}.${Date.now()}`);
      if (id) decorated.add(link);
    } catch (error) {
      report(error);
    }
  };

  return {
    decorate(criterion) {
      if (!mayDecorate)
        for (const name of ["mousedown", "keydown"])
          document.addEventListener(name, press, true);
      mayDecorate = criterion;
    },
    restore() {
      for (const link of decorated)
        try {
          write(link);
        } catch {
          // The page has given it another address, and that is none.
        }
      decorated.clear();
    },
  };
}
