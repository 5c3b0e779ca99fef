import type { Text } from "../../contract/text.ts";

/** Something that keeps silence from being health, and what would settle it. */
export interface Doubt {
  readonly reason: Text;
  readonly settle?: Text;
}
