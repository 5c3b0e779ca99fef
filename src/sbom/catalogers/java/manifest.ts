/** Fields of the main section of META-INF/MANIFEST.MF; a continuation line begins with a space. */
export function manifestFields(bytes: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const text = bytes.toString("utf8").replace(/\r\n?/g, "\n").replaceAll("\n ", "");
  const end = text.indexOf("\n\n");
  for (const line of (end < 0 ? text : text.slice(0, end)).split("\n")) {
    const at = line.indexOf(": ");
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 2).trim());
  }
  return fields;
}
