import type { PackageFacts } from "../../contract/package-facts.ts";
import { packageOfModule } from "./module-paths.ts";

/** Facts from a source map (ECMA-426) about the map's file. */
export interface SourceMapFacts {
  /** Number of lines of the bundle that the map covers. */
  readonly lines: number;
  /** Packages of the mapped modules. */
  readonly packages: readonly PackageFacts[];
  /** Set if every module from a package has a known version. */
  readonly isWhole: boolean;
}

/**
 * Facts of a source map; undefined for other files and for an index of several maps. Only the list of sources
 * is parsed, since maps are larger than the files that they map.
 */
export function sourceMapIn(bytes: Buffer): SourceMapFacts | undefined {
  const sources = sourcesIn(bytes);
  const mappings = bytes.indexOf('"mappings"');
  if (sources === undefined || mappings < 0 || bytes.includes('"sections"')) return undefined;
  const end = bytes.indexOf('"', bytes.indexOf('"', mappings + '"mappings"'.length) + 1);
  if (end < 0) return undefined;
  const modules = sources.filter((source) => source.includes("node_modules/"));
  const found = new Map<string, PackageFacts>();
  let isWhole = true;
  for (const module of modules) {
    const facts = packageOfModule(module);
    if (facts === undefined || facts.version === "") isWhole = false;
    if (facts !== undefined) found.set(`${facts.namespace ?? ""}/${facts.name}@${facts.version}`, facts);
  }
  return { lines: 1 + count(bytes.subarray(mappings, end)), packages: [...found.values()], isWhole };
}

/** Sources in `"sources":["…",null]`; undefined if a source has no name. */
function sourcesIn(bytes: Buffer): readonly string[] | undefined {
  const at = bytes.indexOf('"sources"');
  const begin = at < 0 ? -1 : bytes.indexOf("[", at);
  const end = begin < 0 ? -1 : bytes.indexOf("]", begin);
  if (end < 0) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8", begin, end + 1));
    const isList = Array.isArray(value) && value.length > 0;
    return isList && value.every((one) => typeof one === "string" && one !== "")
      ? (value as string[])
      : undefined;
  } catch {
    // A name contains `]`, so the list was cut too early: such a map covers nothing.
    return undefined;
  }
}

function count(bytes: Buffer): number {
  let semicolons = 0;
  for (let at = bytes.indexOf(SEMICOLON); at >= 0; at = bytes.indexOf(SEMICOLON, at + 1)) semicolons += 1;
  return semicolons;
}

const SEMICOLON = 0x3b;
