import type { Text } from "../../contract/text.ts";

/** Reason why the absence of findings proves nothing, with its remedy. */
export interface Doubt {
  readonly reason: Text;
  readonly settle?: Text;
}
