/**
 * The lines of a text that are not cut: half of a secret is none that anyone would recognise, so
 * that it could not be masked.
 */
export function wholeLines(text: string, cut: "start" | "end"): string {
  return cut === "end" ? text.slice(0, text.lastIndexOf("\n") + 1) : afterFirst(text);
}

/** The same of bytes, in any encoding that has line ends as ASCII has them. */
export function wholeLinesOf(bytes: Buffer, cut: "start" | "end"): Buffer {
  if (cut === "end") return bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  const end = bytes.indexOf("\n");
  return bytes.subarray(end < 0 ? bytes.length : end + 1);
}

function afterFirst(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}
