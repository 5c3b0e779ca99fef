import type { Random } from "./random.ts";

const NUMBERS = [0, 1, 0x7f, 0x80, 0xff] as const;

/**
 * Mutates bytes regardless of their meaning: a bit, a value, or a piece removed, doubled, moved or inserted.
 */
export function mutateBytes(
  input: Buffer,
  random: Random,
  { other, words }: { readonly other: Buffer; readonly words: readonly string[] },
): Buffer {
  const at = random.below(input.length + 1);
  const end = Math.min(input.length, at + 1 + random.below(random.pick([4, 32, 512])));
  const [before, piece, after] = [input.subarray(0, at), input.subarray(at, end), input.subarray(end)];
  switch (random.below(8)) {
    case 0:
      return Buffer.concat([
        before,
        Buffer.from([(piece[0] ?? 0) ^ (1 << random.below(8))]),
        input.subarray(at + 1),
      ]);
    case 1:
      return Buffer.concat([before, Buffer.from([random.pick(NUMBERS)]), input.subarray(at + 1)]);
    case 2:
      return Buffer.concat([before, after]);
    case 3:
      return Buffer.concat([before, piece, piece, after]);
    case 4:
      return Buffer.concat([before, Buffer.from(random.pick(words), "latin1"), after]);
    case 5:
      return Buffer.concat([before, Buffer.from(random.pick(words), "latin1"), piece, after]);
    case 6:
      return Buffer.concat([before, other.subarray(random.below(other.length + 1))]);
    default:
      return Buffer.from(before);
  }
}
