/**
 * The text without its incomplete line: half of a secret could not be recognised, and therefore not masked.
 */
export function wholeLines(text: string, cut: "start" | "end"): string {
  return cut === "end" ? text.slice(0, text.lastIndexOf("\n") + 1) : afterFirst(text);
}

/** The bytes without their incomplete line, in any encoding whose line ends are those of ASCII. */
export function wholeLinesOf(bytes: Buffer, cut: "start" | "end"): Buffer {
  if (cut === "end") return bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  const end = bytes.indexOf("\n");
  return bytes.subarray(end < 0 ? bytes.length : end + 1);
}

function afterFirst(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}
