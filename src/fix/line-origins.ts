import type { TextEdit } from "./syntax/text-edit.ts";

/** For each line of a text, its index in an earlier text, from 0; -1 if the line is new or changed. */
export type Origins = readonly number[];

/**
 * Origins of the lines of an edited text. Lines end at "\n"; an unterminated last line counts.
 *
 * @param edits edits in the order of inOrder()
 */
export function lineOrigins(text: string, edits: readonly TextEdit[], edited: string): Origins {
  const numberAt = new Map(lineStarts(edited).map((start, number) => [start, number]));
  const origins = Array.from({ length: numberAt.size }, () => -1);
  let shift = 0;
  let next = 0;
  for (const [number, start] of lineStarts(text).entries()) {
    const end = endOfLine(text, start);
    let edit = edits[next];
    for (; edit !== undefined && edit.end <= start; edit = edits[next]) {
      shift += edit.text.length - (edit.end - edit.start);
      next += 1;
    }
    if (edit !== undefined && (edit.start < end || isUnfinished(text, edit.start, end))) continue;
    const line = numberAt.get(start + shift);
    if (line !== undefined && endOfLine(edited, start + shift) === end + shift) origins[line] = number;
  }
  return origins;
}

/** Whether the text is added after a last line without a line break. */
function isUnfinished(text: string, at: number, end: number): boolean {
  return at === end && end === text.length && text[end - 1] !== "\n";
}

/** Origins of the lines of a text that was edited twice. */
export function compose(first: Origins, second: Origins): Origins {
  return second.map((line) => (line < 0 ? -1 : (first[line] ?? -1)));
}

function lineStarts(text: string): readonly number[] {
  const starts = text === "" ? [] : [0];
  for (let at = text.indexOf("\n"); at >= 0 && at + 1 < text.length; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}
