/** Puts `text` in the place of what stands from `start` to `end`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of insertions at one place, that of the deeper node comes first. */
  readonly depth: number;
}

/** In the order in which they apply; undefined when two of them overlap. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end || b.depth - a.depth);
  let reached = 0;
  for (const { start, end } of sorted) {
    if (start < reached) return undefined;
    reached = end;
  }
  return sorted;
}

/** @param edits as inOrder() gives them */
export function editText(text: string, edits: readonly TextEdit[]): string {
  let edited = "";
  let at = 0;
  for (const { start, end, text: inserted } of edits) {
    edited += text.slice(at, start) + inserted;
    at = end;
  }
  return edited + text.slice(at);
}
