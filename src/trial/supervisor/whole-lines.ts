/**
 * The lines of a text that are not cut: half of a secret is none that anyone would recognise, so
 * that it could not be masked.
 */
export function wholeLines(text: string, cut: "start" | "end"): string {
  return cut === "end" ? text.slice(0, text.lastIndexOf("\n") + 1) : afterFirst(text);
}

function afterFirst(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}
