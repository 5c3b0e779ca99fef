/** Fields of Maven's metadata in a jar: `META-INF/maven/GROUP/ARTIFACT/pom.properties`. */
export function pomProperties(bytes: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of bytes.toString("latin1").split(/\r?\n/)) {
    const at = line.search(/[=:]/);
    if (at > 0 && !/^[#!]/.test(line)) fields.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return fields;
}
