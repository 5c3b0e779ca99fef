import type { Text } from "../contract/text.ts";
import { maskText } from "./scan.ts";

/** Masks a message about input, which may quote it. */
export function maskMessage({ fr, en }: Text): Text {
  return { fr: maskText(fr), en: maskText(en) };
}
