import { compare } from "../support/real-sdks/compare.mjs";
import { scenarios } from "../support/real-sdks/scenarios.mixpanel.mjs";

compare("mixpanel", scenarios);
