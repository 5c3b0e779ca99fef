import type { Observed } from "../../observations/observed.ts";

/** A word. Dots of a progress display, numbers and times (`2026-11-30T07:03:30Z`) contain none. */
const WORD = /\p{L}{2}/u;

/** Bytes of an output before the stop signal. */
export function bytesAtWork({ bytes, stopped = bytes }: Observed<"output">): number {
  return stopped;
}

/** Whether a text has a word. */
export function hasWord(text: string): boolean {
  return WORD.test(text);
}

/** Whether an output has a word that was written while, or after, the last requests were repeated. */
export function hasWords(output: Observed<"output">): boolean {
  return hasWord(textAtWork(output));
}

/**
 * Text written from the repetition of the last requests to the stop signal; the whole sample if its offsets
 * are not those of the output (cut, masked), or if no requests were repeated.
 */
export function textAtWork(output: Observed<"output">): string {
  return textFrom(output.before ?? 0, output);
}

/** Text written before the stop signal; the whole sample if its offsets are not those of the output. */
export function textBeforeStop(output: Observed<"output">): string {
  return textFrom(0, output);
}

/** Text written after the stop signal; empty if the sample's offsets are not those of the output. */
export function textAfterStop(output: Observed<"output">): string {
  const text = Buffer.from(output.sample);
  return text.length === output.bytes ? text.subarray(bytesAtWork(output)).toString() : "";
}

function textFrom(offset: number, output: Observed<"output">): string {
  const text = Buffer.from(output.sample);
  if (text.length !== output.bytes) return output.sample;
  return text.subarray(offset, bytesAtWork(output)).toString();
}
