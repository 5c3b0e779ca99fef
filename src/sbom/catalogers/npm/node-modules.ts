import type { PackageFacts } from "../../../contract/package-facts.ts";
import { textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { CatalogedFile, Cataloger } from "../../cataloger/cataloger.ts";
import { hasDuplicateKeys } from "./has-duplicate-keys.ts";
import { packageOf } from "./package-manifest.ts";

/**
 * Packages in the layout of npm, yarn and pnpm: the `package.json` of each folder in which Node looks for a
 * package (https://nodejs.org/api/modules.html, "Loading from node_modules folders").
 */
export const NODE_MODULES: Cataloger = {
  name: "node-modules",
  version: 1,
  names: ["package.json"],
  reads: isInstalled,
  packages: installed,
};

/** Copies of packages inside another package, as in Next.js: not installed, but executed. */
export const NODE_BUNDLED: Cataloger = {
  name: "node-bundled",
  version: 1,
  names: ["package.json"],
  reads: (path) => path.includes(FOLDER) && !OF_TESTS.test(path),
  packages: (file) => bundled(file).filter(({ name }) => !isPlaceholder(name)),
};

/** Whether a manifest is a generator's template, `<%= name %>`, by characters that package names lack. */
function isPlaceholder(name: string): boolean {
  return /[<>{}%]/.test(name);
}

/** Folders whose packages never run. */
const OF_TESTS = /\/(?:tests?|__tests__|fixtures?|__fixtures__|examples?|benchmarks?|demos?|templates?)\//i;

/**
 * Package of a folder. Node loads a folder by its name, whatever its manifest states, so the folder's name is
 * the default; a version that is not a string is unknown.
 */
function installed({ bytes, path }: CatalogedFile): readonly PackageFacts[] {
  const manifest = jsonObject(bytes);
  const folder = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length, -MANIFEST.length);
  const name = textOf(manifest["name"]) ?? folder;
  if (/\s/.test(name)) throw new Error("a name with blanks");
  if (hasDuplicateKeys(bytes.toString("utf8"), IDENTITY)) throw new Error("two names, or two versions");
  const facts = packageOf(manifest, name, textOf(manifest["version"]) ?? "");
  return [name === folder ? facts : { ...facts, alias: folder }];
}

const IDENTITY: ReadonlySet<string> = new Set(["name", "version"]);

function bundled({ bytes }: CatalogedFile): readonly PackageFacts[] {
  const manifest = jsonObject(bytes);
  const [name, version] = [textOf(manifest["name"]), textOf(manifest["version"])];
  // Subfolders of a package may have a manifest without name or version, only for its `type`.
  return name === undefined || version === undefined ? [] : [packageOf(manifest, name, version)];
}

const FOLDER = "/node_modules/";
const MANIFEST = "/package.json";

/**
 * Whether the manifest is that of a package's own folder, and not of an example or a fixture inside the
 * package.
 */
function isInstalled(path: string): boolean {
  const first = path.indexOf(FOLDER);
  if (first < 0) return false;
  const folders = path.slice(first + FOLDER.length, -MANIFEST.length).split(FOLDER);
  return folders.every(
    (folder, index) => isPackage(folder) || (isStore(folder) && index < folders.length - 1),
  );
}

function isPackage(folder: string): boolean {
  const parts = folder.split("/");
  return !folder.startsWith(".") && parts.length === (folder.startsWith("@") ? 2 : 1);
}

/** Whether the folder is in pnpm's store, the target of its links: `.pnpm/express@5.1.0`. */
function isStore(folder: string): boolean {
  return folder.startsWith(".pnpm/") && folder.split("/").length === 2;
}
