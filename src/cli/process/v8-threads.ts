import { setFlagsFromString } from "node:v8";

/**
 * V8 of Node 24 to 26. V8 warns about unknown flags, and Node 22 has no compiler between the baseline
 * compiler and TurboFan.
 */
const KNOWN_V8 = /^1[34]\./;
const FLAGS = ["turbofan", "parallel-scavenge"];

/**
 * Allows or forbids V8's background threads for optimisation and garbage collection. While layers are read,
 * our own threads use all cores, and TurboFan's work does not pay off in a run of less than a second: 8 % of
 * a cold check (ADR 0015). Maglev stays on.
 */
export function allowV8Threads(allowed: boolean, v8 = process.versions.v8): void {
  if (!KNOWN_V8.test(v8)) return;
  for (const flag of FLAGS) setFlagsFromString(allowed ? `--${flag}` : `--no-${flag}`);
}
