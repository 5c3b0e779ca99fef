import type { Text } from "../contract/text.ts";

/** Duration below which tenths of a second mean nothing. */
const SHORT_MS = 100;

/** A duration in milliseconds, as people write it: `12 ms`, `4,2 s`, `4.2 s`. */
export function seconds(ms: number): Text {
  if (ms < SHORT_MS) return { fr: `${ms} ms`, en: `${ms} ms` };
  const en = (Math.round(ms / 100) / 10).toString();
  return { fr: `${en.replace(".", ",")} s`, en: `${en} s` };
}
