import type { Rules } from "./rules.js";

export const rules: Rules = {
  steering:
    /\b(better|best|experiences?|improve|enhance|personali[sz]ed?|enjoy|recommend(ed)?|continue|got it|ok(ay)?|agree|understand|allow us|help us|sure|sorry|unfortunately|limited|no thanks|not now|later|maybe|we value|we care)\b/i,
  labels: [/^accept all$/i, /^reject all$/i, /^preferences$/i, /^save$/i],
};
