import type { PackageFacts } from "../../contract/package-facts.ts";
import { named } from "../catalogers/npm/package-manifest.ts";

/** npm's own rule for names, as they stand in paths. */
const NAME = String.raw`(?:@[\w.~-]{1,100}\/)?[\w~-][\w.~-]{0,213}`;
/** As pnpm lays packages out: `.pnpm/NAME@VERSION[_PEERS]/node_modules/NAME/`, scopes with `+`. */
const PNPM = new RegExp(
  String.raw`\.pnpm\/(?:[^/@\s]{1,214}|@[^/@\s]{1,214})@(\d[^/_(\s]{0,100})[^/\s]{0,300}\/node_modules\/(${NAME})\/`,
);
/** As Yarn's cache does: `NAME-npm-VERSION-CHECKSUM.zip/node_modules/NAME/`. */
const YARN = new RegExp(
  String.raw`-npm-(\d[^/\s]{0,100}?)-[0-9a-f]{10}(?:-[0-9a-f]{1,64})?(?:\.zip)?\/node_modules\/(${NAME})\/`,
);
const PLAIN = new RegExp(String.raw`(?:^|\/)node_modules\/(${NAME})\/`);

/** The package of a file, by its path, as its package manager laid it out; the version "" where the path tells none. */
export function packageOfModule(path: string): PackageFacts | undefined {
  const last = path.lastIndexOf("node_modules/");
  if (last < 0 || (last > 0 && path[last - 1] !== "/")) return undefined;
  for (const form of [PNPM, YARN]) {
    const [found, version, name] = form.exec(path) ?? [];
    // A folder within may have packages of its own, whose versions this one does not tell.
    if (found !== undefined && version !== undefined && path.indexOf(found) + found.length > last)
      return named(name ?? "", version);
  }
  const [, name] = PLAIN.exec(path.slice(last)) ?? [];
  return name === undefined ? undefined : named(name, "");
}

/** Lines and keys by which bundlers say where a module comes from. */
const PLACES =
  /^\s{0,8}\/\/(?:#region)? ?([^\s"']{0,200}(?:node_modules|\.yarn)\/[^\s"']{1,400})|["']((?:\.\.?\/){1,20}node_modules\/[^"'\n]{1,400})["'] ?:/gm;
const NAMED = 5_000;

/** Packages that the text of a bundle names so, each once. */
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
