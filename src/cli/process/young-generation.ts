import { setFlagsFromString } from "node:v8";

/** Node 24. Of an unknown flag V8 complains, and of what it does elsewhere nothing was measured. */
const KNOWN_V8 = /^13\./;

/**
 * Whether V8's young generation, where new objects live, stays as large as it is. Left alone it
 * grows to 64 MB, twice, with whatever is kept of many workloads, and no run gets faster by it
 * (ADR 0022). To be asked for when the code is loaded: with other flags V8 does not accept cached code.
 */
export function boundYoungGeneration(bounded: boolean, v8 = process.versions.v8): void {
  if (KNOWN_V8.test(v8)) setFlagsFromString(`--semi-space-growth-factor=${bounded ? 1 : 2}`);
}
