/** Position in a file; both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Converts offsets in a text to positions. @param firstLine line on which the text begins */
export function positionsIn(text: string, firstLine = 1): (offset: number) => Position {
  const breaks = lineBreaks(text);
  return (offset) => {
    const before = countBefore(breaks, offset);
    const lineStart = before === 0 ? 0 : (breaks[before - 1] ?? 0) + 1;
    return { line: firstLine + before, column: offset - lineStart + 1 };
  };
}

function lineBreaks(text: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) offsets.push(at);
  return offsets;
}

/** Number of sorted offsets below this one. */
function countBefore(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
