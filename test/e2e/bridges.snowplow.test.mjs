import { compare } from "../support/real-sdks/compare.mjs";
import { scenarios } from "../support/real-sdks/scenarios.snowplow.mjs";

compare("snowplow", scenarios);
