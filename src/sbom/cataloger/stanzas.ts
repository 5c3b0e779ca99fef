import type { PackageFacts } from "../../contract/package-facts.ts";
import { DamagedList } from "./cataloger.ts";

/**
 * Packages of a list with one paragraph per package. An invalid paragraph does not affect the others.
 *
 * @param packageOf returns undefined for a package that is not installed
 * @throws DamagedList if packageOf() throws, or if a text has no paragraphs
 */
export function packagesOfStanzas(
  text: string,
  packageOf: (fields: ReadonlyMap<string, string>) => PackageFacts | undefined,
): readonly PackageFacts[] {
  const found: PackageFacts[] = [];
  let damage: string | undefined;
  let count = 0;
  for (const fields of stanzas(text)) {
    count += 1;
    try {
      const one = packageOf(fields);
      if (one !== undefined) found.push(one);
    } catch (error) {
      damage ??= error instanceof Error ? error.message : String(error);
    }
  }
  if (count === 0 && text.trim() !== "") damage = "no paragraph";
  if (damage !== undefined) throw new DamagedList(damage, found);
  return found;
}

/**
 * Paragraphs of a text in RFC 822 form, as used by dpkg, apk and Python packages: maps of fields, without
 * continuation lines. Of a repeated field, the first counts.
 */
export function* stanzas(text: string): Generator<ReadonlyMap<string, string>> {
  let fields = new Map<string, string>();
  for (const line of lines(text)) {
    if (line === "") {
      if (fields.size > 0) yield fields;
      fields = new Map();
      continue;
    }
    const at = line.indexOf(":");
    if (at <= 0 || line.startsWith(" ") || line.startsWith("\t")) continue;
    const name = line.slice(0, at);
    if (!fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  if (fields.size > 0) yield fields;
}

function* lines(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const to = end < 0 ? text.length : end;
    yield text.slice(from, text[to - 1] === "\r" ? to - 1 : to);
    from = to + 1;
  }
}
