import { uuid } from "../../tracker/random.js";

/** The id of the view of this page, known at the call and not only when the event is sent. */
export interface View {
  id(): string;
  /** A page view is told. The first one takes in what happened on the page before it. */
  begin(): void;
  /** Nothing of before may be joined to what comes. */
  renew(): void;
}

export function createView(): View {
  let id = uuid();
  let isTold = false;
  return {
    id: () => id,
    begin() {
      if (isTold) id = uuid();
      isTold = true;
    },
    renew() {
      id = uuid();
      isTold = false;
    },
  };
}
