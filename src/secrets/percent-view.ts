/** A text whose percent-encoded printable ASCII is decoded. */
export interface PercentView {
  readonly text: string;
  /** Offset in the original text of each character, and of the end. */
  readonly offsets: readonly number[];
}

/** `%5a%6B` as `Zk`, whichever characters an encoder chose to encode; undefined if there is nothing to decode. */
export function percentView(text: string): PercentView | undefined {
  const parts = [...text.matchAll(/%([2-7][0-9a-f])/gi)].filter(([, hex]) => hex?.toLowerCase() !== "7f");
  if (parts.length === 0) return undefined;
  const offsets: number[] = [];
  let decoded = "";
  let from = 0;
  for (const { index, 1: hex = "" } of parts) {
    decoded += text.slice(from, index) + String.fromCharCode(Number.parseInt(hex, 16));
    for (let at = from; at <= index; at += 1) offsets.push(at);
    from = index + 3;
  }
  for (let at = from; at <= text.length; at += 1) offsets.push(at);
  return { text: decoded + text.slice(from), offsets };
}
