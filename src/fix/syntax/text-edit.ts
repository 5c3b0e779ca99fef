/** An edit that replaces the characters from `start` to `end` by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Depth of the node; of two insertions at the same place, the deeper comes first. */
  readonly depth: number;
}

/** The edits in the order of application; undefined if two overlap. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end || b.depth - a.depth);
  let reached = 0;
  for (const { start, end } of sorted) {
    if (start < reached) return undefined;
    reached = end;
  }
  return sorted;
}

/**
 * The edited text.
 *
 * @param edits edits in the order of inOrder()
 */
export function editText(text: string, edits: readonly TextEdit[]): string {
  let edited = "";
  let at = 0;
  for (const { start, end, text: inserted } of edits) {
    edited += text.slice(at, start) + inserted;
    at = end;
  }
  return edited + text.slice(at);
}
