/**
 * Carries the visitor's id over to the tracker of another site, in the query of a link that is being followed
 * (`_sp=<user id>.<time>`): while there is a `userId()`, and on links that the caller's criterion takes. Where there is
 * none any more, the parameter is taken off.
 */
export function decorateLinks(
  userId: () => string | undefined,
  report: (error: unknown) => void,
): (criterion: (link: HTMLAnchorElement | HTMLAreaElement) => boolean) => void {
  let mayDecorate:
    ((link: HTMLAnchorElement | HTMLAreaElement) => boolean) | undefined;

  const decorate = ({ target }: Event): void => {
    try {
      const link =
        target instanceof Element &&
        target.closest<HTMLAnchorElement>("a[href], area[href]");
      if (!link || !mayDecorate?.(link)) return;
      const url = new URL(link.href);
      const id = userId();
      if (!id && !url.searchParams.has("_sp")) return;
      url.searchParams.delete("_sp");
      if (id) url.searchParams.set("_sp", `${id}.${Date.now()}`);
      link.href = url.href;
    } catch (error) {
      report(error);
    }
  };

  return (criterion) => {
    if (!mayDecorate)
      for (const name of ["mousedown", "keydown"])
        document.addEventListener(name, decorate, true);
    mayDecorate = criterion;
  };
}
