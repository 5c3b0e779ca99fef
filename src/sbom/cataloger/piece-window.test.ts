import { expect, test } from "vitest";
import { PieceWindow } from "./piece-window.ts";

const WORD = "needle";
/** Bytes that a search holds at the end of what it has seen: a match may begin in them. */
const HELD = WORD.length - 1;

/** Offsets at which a search through a window finds the word in content that arrives in pieces. */
function found(pieces: readonly string[], held = HELD): readonly number[] {
  const window = new PieceWindow();
  const offsets: number[] = [];
  for (const piece of pieces) {
    window.add(Buffer.from(piece), () => {
      const { bytes, offset } = window;
      for (let at = bytes.indexOf(WORD); at >= 0; at = bytes.indexOf(WORD, at + 1)) {
        if (!offsets.includes(offset + at)) offsets.push(offset + at);
      }
      window.dropTo(Math.max(0, bytes.length - held));
    });
  }
  return offsets;
}

/** Content of this length with the word at these offsets. */
function contentOf(length: number, ...offsets: readonly number[]): string {
  let text = "";
  for (const at of offsets) text = text.padEnd(at, ".") + WORD;
  return text.padEnd(length, ".");
}

function cut(text: string, ...lengths: readonly number[]): readonly string[] {
  let at = 0;
  return [...lengths, text.length].map((length) => text.slice(at, (at += length)));
}

test.each([
  ["one piece", [5_000]],
  ["a cut in a word", [1_003]],
  ["a cut before and behind a word", [1_000, 6]],
  ["pieces of one byte", Array.from({ length: 4_000 }, () => 1)],
  ["pieces of the seam's length", [1_024, 1_024, 1_024]],
  ["a byte less, a byte more", [1_023, 1_025, 1_023, 1_025]],
  ["a long piece behind a short one", [3, 3_000]],
  ["empty pieces", [0, 1_003, 0, 0]],
])("a word is found at its offset, once, in %s", (_, lengths) => {
  const text = contentOf(5_000, 0, 1_000, 1_500, 2_046, 3_071, 4_994);
  expect(found(cut(text, ...lengths)).toSorted((a, b) => a - b)).toEqual([
    0, 1_000, 1_500, 2_046, 3_071, 4_994,
  ]);
});

test.each([0, HELD, 1_023, 1_024, 1_025, 3_000])("a search may hold %i bytes", (held) => {
  const text = contentOf(9_000, 2_990, 6_000);
  const expected = held === 0 ? [6_000] : [2_990, 6_000];
  expect(found(cut(text, 2_992, 3_000, 1_000), held).toSorted((a, b) => a - b)).toEqual(expected);
});

test.each([
  ["the first piece", [5_000], [1]],
  ["a short piece behind held bytes", [10, 10], [1, 1]],
  ["a piece as long as the seam", [10, 1_024], [1, 1]],
  ["a piece longer than the seam", [10, 1_025], [1, 2]],
])("%s is searched no more often than it must", (_, lengths, expected) => {
  const window = new PieceWindow();
  const looks = lengths.map((length) => {
    let count = 0;
    window.add(Buffer.alloc(length), () => {
      count += 1;
      window.dropTo(Math.max(0, window.bytes.length - HELD));
    });
    return count;
  });
  expect(looks).toEqual(expected);
});

test("what is held is the end of the content, in the caller's own memory", () => {
  const window = new PieceWindow();
  const piece = Buffer.from("abcdef");
  window.add(piece, () => window.dropTo(4));
  piece.fill(0);
  expect([window.bytes.toString(), window.offset]).toEqual(["ef", 4]);
  window.add(Buffer.from("gh"), () => window.dropTo(0));
  expect([window.bytes.toString(), window.offset]).toEqual(["efgh", 4]);
  window.dropTo(3);
  expect([window.bytes.toString(), window.offset]).toEqual(["h", 7]);
});
