import type { Text } from "../contract/text.ts";
import { maskText } from "./scan.ts";

/** What is said about input, which may quote what stands there. */
export function maskMessage({ fr, en }: Text): Text {
  return { fr: maskText(fr), en: maskText(en) };
}
