import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";

/**
 * Installed gems: `specifications/NAME-VERSION[-PLATFORM].gemspec`, Ruby code that RubyGems generates, with
 * one field per line.
 */
export const GEMS: Cataloger = {
  name: "gems",
  version: 1,
  names: [".gemspec"],
  reads: (path) => /\/specifications\/(?:default\/)?[^/]+\.gemspec$/.test(path),
  packages({ bytes, path }) {
    const gem = gemIn(bytes);
    if (gem === undefined) throw new Error(`no name and version in ${path}`);
    return [gem];
  },
};

/**
 * Package of a specification written by RubyGems; undefined for a specification written by hand, which is
 * arbitrary Ruby code.
 */
export function gemIn(bytes: Buffer): PackageFacts | undefined {
  const fields = new Map<string, readonly string[]>();
  for (const line of bytes.toString("utf8").split("\n")) {
    const [, field] = FIELD.exec(line.slice(0, LINE_CHARACTERS)) ?? [];
    if (field !== undefined && !fields.has(field)) fields.set(field, quotedTexts(line));
  }
  const [[name] = [], [version] = [], licenses = []] = FIELDS.map((field) => fields.get(field));
  if (name === undefined || version === undefined) return undefined;
  return { type: "gem", name, version, ...(licenses.length === 0 ? {} : { licenses }) };
}

const FIELDS = ["name", "version", "licenses"] as const;
const FIELD = /^ {0,8}\w{1,20}\.(name|version|licenses) = /;
const LINE_CHARACTERS = 2_000;

/** Quoted texts of a line: `s.licenses = ["MIT".freeze, "Ruby".freeze]` → `MIT`, `Ruby`. */
function quotedTexts(line: string): readonly string[] {
  const parts = line.slice(line.indexOf("=")).split(/["']/);
  return parts.filter((_, index) => index % 2 === 1);
}
