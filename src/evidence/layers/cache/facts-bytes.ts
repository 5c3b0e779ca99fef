import type { LayerFacts } from "../facts.ts";
import { seal, unseal } from "./sealed.ts";

/** Facts as bytes, on their way out of a thread and in the cache alike. */
export function formatFacts(facts: LayerFacts): Uint8Array<ArrayBuffer> {
  return seal(facts);
}

/** Facts that this very process has formatted. */
export function readFacts(bytes: Uint8Array): LayerFacts {
  return unseal(bytes) as LayerFacts;
}
