import { setFlagsFromString } from "node:v8";

/** Node 24 to 26. Of an unknown flag V8 complains; and Node 22 has nothing quick between its baseline and TurboFan. */
const KNOWN_V8 = /^1[34]\./;
const FLAGS = ["turbofan", "parallel-scavenge"];

/**
 * Whether V8's threads may optimize code and collect garbage beside ours. While layers are read our
 * own fill the cores, and what TurboFan makes of code that runs for less than a second never pays
 * for the time it took: 8 % of a cold check (ADR 0015). Maglev goes on.
 */
export function allowV8Threads(allowed: boolean, v8 = process.versions.v8): void {
  if (!KNOWN_V8.test(v8)) return;
  for (const flag of FLAGS) setFlagsFromString(allowed ? `--${flag}` : `--no-${flag}`);
}
