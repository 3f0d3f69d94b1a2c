import { clarity } from "../../../src/vendors/clarity.js";
import { run } from "./run.js";

const page = globalThis as unknown as { clarity(...call: unknown[]): void };
run(clarity({ id: "project" }), (name) => page.clarity("event", name));
