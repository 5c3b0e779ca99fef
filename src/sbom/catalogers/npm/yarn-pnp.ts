import type { PackageFacts } from "../../../contract/package-facts.ts";
import { isFields } from "../../../json/fields.ts";
import { type CatalogedFile, type Cataloger, DamagedList } from "../../cataloger/cataloger.ts";
import { named } from "./package-manifest.ts";

/**
 * Yarn's Plug'n'Play (https://yarnpkg.com/advanced/pnp-spec): `.pnp.cjs` contains the list of all packages,
 * as JSON in a string (Yarn 3 and 4) or as an object (Yarn 2); `.pnp.data.json` is the list alone. Its
 * packages are in `.yarn/cache`, or in a cache outside the application.
 */
export const YARN_PNP: Cataloger = {
  name: "yarn-pnp",
  version: 1,
  names: [".pnp.cjs", ".pnp.js", ".pnp.data.json"],
  reads: () => true,
  packages(file) {
    const { packageRegistryData } = stateIn(file);
    if (!Array.isArray(packageRegistryData)) throw new Error(`no packages in ${file.path}`);
    const found: PackageFacts[] = [];
    let isDamaged = false;
    for (const entry of packageRegistryData as readonly unknown[]) {
      const [name, references] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
      // The name `null` is the application itself, the root of the tree.
      if (name === null) continue;
      if (typeof name !== "string" || !Array.isArray(references)) isDamaged = true;
      else found.push(...versionsOf(name, references));
    }
    if (isDamaged) throw new DamagedList(`an entry without a name in ${file.path}`, found);
    return found;
  },
};

/** Versions of a package, without the application's own workspaces. */
function versionsOf(name: string, references: readonly unknown[]): readonly PackageFacts[] {
  const versions = references.flatMap((reference) => {
    const [text] = Array.isArray(reference) ? (reference as readonly unknown[]) : [];
    if (
      typeof text !== "string" ||
      /^(?:virtual:[^#]{0,200}#)?(?:workspace|link|portal|soft-link):/.test(text)
    ) {
      return [];
    }
    return [NPM.exec(text)?.[1] ?? ""];
  });
  return [...new Set(versions)].map((version) => named(name, version));
}

/**
 * A reference to a package of npm: `npm:4.17.21`, `virtual:HASH#npm:18.2.0`, `npm:1.0.0::__archiveUrl=…`,
 * `patch:a@npm%3A1.2.3#…`.
 */
const NPM = /(?:^|#|@)npm(?::|%3A)(\d[^#:&?]{0,100}?)(?=$|[#:&?])/;

interface State {
  readonly packageRegistryData?: unknown;
}

/** State in the file. @throws Error if it contains no list */
function stateIn({ bytes, path }: CatalogedFile): State {
  const text = bytes.toString("utf8");
  const json = path.endsWith(".json") ? text : (quotedState(text) ?? literalState(text));
  if (json === undefined) throw new Error(`no state in ${path}`);
  const state: unknown = JSON.parse(json);
  if (!isFields(state)) throw new Error(`no object in ${path}`);
  return state;
}

/** Value of `const RAW_RUNTIME_STATE =`: a single-quoted string whose lines end with a backslash. */
function quotedState(text: string): string | undefined {
  const named = text.indexOf("RAW_RUNTIME_STATE");
  const begin = named < 0 ? -1 : text.indexOf("'", named);
  if (begin < 0 || !/^RAW_RUNTIME_STATE\s{0,8}=\s{0,8}$/.test(text.slice(named, begin))) return undefined;
  const end = text.indexOf("';", begin + 1);
  if (end < 0) return undefined;
  // Yarn escapes the quotation mark, the backslash and the end of a line.
  return text
    .slice(begin + 1, end)
    .replace(/\\(\n|[\\'])/g, (_, sign: string) => (sign === "\n" ? "\n" : sign));
}

/** State in `return hydrateRuntimeState({…}, {basePath: basePath || __dirname});`. */
function literalState(text: string): string | undefined {
  const begin = text.indexOf("hydrateRuntimeState({");
  const end = text.indexOf("}, {basePath:", begin);
  return begin < 0 || end < 0 ? undefined : text.slice(begin + "hydrateRuntimeState(".length, end + 1);
}
