import { onlyKnown, refuse, text } from "../../consent/refuse.js";
import type { Entity } from "../../tracker/destination.js";
import { uuid } from "../../tracker/random.js";
import { described, type Told } from "./events.js";
import type { ScreenViewEvent } from "./mobile-calls.js";
import { UUID } from "./mobile-entities.js";

/** The screen that is on show, for the events that happen on it. */
export interface Screens {
  /** Shows another one, and tells of it. */
  show(event: ScreenViewEvent): Told;
  /** The entity of the one on show. */
  entity(): Entity | undefined;
  /** Gives it another id. */
  renew(): void;
  forget(): void;
}

interface Screen {
  readonly name: string;
  readonly id: string;
  readonly type?: string;
}

const MOBILE = "iglu:com.snowplowanalytics.mobile";

export function createScreens(): Screens {
  let screen: Screen | undefined;
  return {
    show(event) {
      onlyKnown(event, [
        "name",
        "id",
        "type",
        "previousName",
        "previousId",
        "previousType",
        "transitionType",
      ]);
      const type = given("type", event.type);
      const next: Screen = {
        name: text("a screen's name", event.name),
        id: givenId("id", event.id) ?? uuid(),
        ...(type !== undefined && { type }),
      };
      const before = screen;
      const told = described({
        schema: `${MOBILE}/screen_view/jsonschema/1-0-0`,
        data: {
          ...next,
          previousName:
            given("previousName", event.previousName) ?? before?.name,
          previousId: givenId("previousId", event.previousId) ?? before?.id,
          previousType:
            given("previousType", event.previousType) ?? before?.type,
          transitionType: given("transitionType", event.transitionType),
        },
      });
      screen = next;
      return told;
    },
    entity: () =>
      screen && {
        schema: `${MOBILE}/screen/jsonschema/1-0-0`,
        data: { ...screen },
      },
    renew() {
      screen &&= { ...screen, id: uuid() };
    },
    forget() {
      screen = undefined;
    },
  };
}

/** A text, where one is given. */
function given(what: string, value: unknown): string | undefined {
  return value == null || value === "" ? undefined : text(what, value);
}

function givenId(what: string, value: unknown): string | undefined {
  const id = given(what, value);
  return id === undefined || UUID.test(id) ? id : refuse(what, id, "a UUID");
}
