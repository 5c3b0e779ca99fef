import type { PackageFacts } from "../../contract/package-facts.ts";
import { named } from "../catalogers/npm/package-manifest.ts";

/** A package name by npm's rules, as part of a path. */
const NAME = String.raw`(?:@[\w.~-]{1,100}\/)?[\w~-][\w.~-]{0,213}`;
/** Path in pnpm's layout: `.pnpm/NAME@VERSION[_PEERS]/node_modules/NAME/`, with `+` in scopes. */
const PNPM = new RegExp(
  String.raw`\.pnpm\/(?:[^/@\s]{1,214}|@[^/@\s]{1,214})@(\d[^/_(\s]{0,100})[^/\s]{0,300}\/node_modules\/(${NAME})\/`,
);
/** Path in Yarn's cache: `NAME-npm-VERSION-CHECKSUM.zip/node_modules/NAME/`. */
const YARN = new RegExp(
  String.raw`-npm-(\d[^/\s]{0,100}?)-[0-9a-f]{10}(?:-[0-9a-f]{1,64})?(?:\.zip)?\/node_modules\/(${NAME})\/`,
);
const PLAIN = new RegExp(String.raw`(?:^|\/)node_modules\/(${NAME})\/`);

/**
 * Package of a file by its path, in any package manager's layout; version "" if the path contains no version.
 */
export function packageOfModule(path: string): PackageFacts | undefined {
  const last = path.lastIndexOf("node_modules/");
  if (last < 0 || (last > 0 && path[last - 1] !== "/")) return undefined;
  for (const form of [PNPM, YARN]) {
    const [found, version, name] = form.exec(path) ?? [];
    // A nested node_modules contains other packages, whose versions this path does not contain.
    if (found !== undefined && version !== undefined && path.indexOf(found) + found.length > last)
      return named(name ?? "", version);
  }
  const [, name] = PLAIN.exec(path.slice(last)) ?? [];
  return name === undefined ? undefined : named(name, "");
}

/** Lines and keys in which bundlers write the path of a module. */
const PLACES =
  /^\s{0,8}\/\/(?:#region)? ?([^\s"']{0,200}(?:node_modules|\.yarn)\/[^\s"']{1,400})|["']((?:\.\.?\/){1,20}node_modules\/[^"'\n]{1,400})["'] ?:/gm;
const NAMED = 5_000;

/** Packages named in comments or module keys of a bundle, each once. */
export function packagesAt(text: string): readonly PackageFacts[] {
  const found = new Map<string, PackageFacts>();
  if (!text.includes("node_modules/")) return [];
  for (const { 1: comment, 2: key } of text.matchAll(PLACES)) {
    const facts = packageOfModule(comment ?? key ?? "");
    if (facts === undefined) continue;
    found.set(`${facts.namespace ?? ""}/${facts.name}@${facts.version}`, facts);
    if (found.size >= NAMED) break;
  }
  return [...found.values()];
}
