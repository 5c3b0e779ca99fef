import { mutateBytes } from "./mutate-bytes.ts";
import { mutateJson } from "./mutate-json.ts";
import { mutateLines } from "./mutate-lines.ts";
import { mutatePacked } from "./mutate-packed.ts";
import type { Random } from "./random.ts";

/** Longest input; more bytes take time and reach nothing new. */
const LONGEST = 64 * 1024;

/** An input of the corpus, changed in one to eight places. */
export function mutate(corpus: readonly Buffer[], random: Random, words: readonly string[]): Buffer {
  let input = random.pick(corpus);
  for (let left = 1 << random.below(4); left > 0; left--) {
    input = changed(input, random, random.pick(corpus), words).subarray(0, LONGEST);
  }
  return input;
}

function changed(input: Buffer, random: Random, other: Buffer, words: readonly string[]): Buffer {
  const way = random.below(8);
  // A packed input is mostly mutated inside: a mutation of the packed bytes destroys most of it.
  const isPacked = way < 6 && input.length > 1;
  const packed = isPacked
    ? mutatePacked(input, random, (content) => changed(content, random, other, words))
    : undefined;
  if (packed !== undefined) return packed;
  const json = way < 4 ? mutateJson(input, random, words) : undefined;
  if (json !== undefined) return json;
  return way < 6 ? mutateLines(input, random, other) : mutateBytes(input, random, { other, words });
}
