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

/**
 * Whether an output has a word that was written while, or after, the last requests were repeated; of a worker, which is
 * asked nothing, also before that, once it was ready.
 */
export function hasWords(output: Observed<"output"> & { readonly asked: boolean }): boolean {
  return hasWord(textAtWork(output)) || (!output.asked && hasWord(output.idle ?? ""));
}

/** Whether an output has any text that hasWords() looks at. */
export function hasText(output: Observed<"output">): boolean {
  return textAtWork(output).trim() !== "" || output.idle !== undefined;
}

/** Text written from the repetition of the last requests to the stop signal. */
export function textAtWork(output: Observed<"output">): string {
  if (isWhole(output)) return textFrom(output.before ?? 0, output);
  return output.work ?? "";
}

/**
 * Text written before the stop signal. Where the sample is not the whole output (cut, masked), nobody knows which of
 * its lines came after the signal, so that the text since the last requests is all that counts.
 */
export function textBeforeStop(output: Observed<"output">): string {
  if (isWhole(output)) return textFrom(0, output);
  return bytesAtWork(output) === output.bytes ? output.sample : textAtWork(output);
}

/** Text written after the stop signal; empty if the sample's offsets are not those of the output. */
export function textAfterStop(output: Observed<"output">): string {
  return isWhole(output) ? Buffer.from(output.sample).subarray(bytesAtWork(output)).toString() : "";
}

/** Whether the sample is the whole output, so that the output's offsets are the sample's. */
export function isWhole({ sample, bytes }: Observed<"output">): boolean {
  return Buffer.byteLength(sample) === bytes;
}

function textFrom(offset: number, output: Observed<"output">): string {
  return Buffer.from(output.sample).subarray(offset, bytesAtWork(output)).toString();
}
