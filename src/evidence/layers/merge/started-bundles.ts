import { baseName } from "../../../contract/base-name.ts";
import type { EntryPlace } from "../../../image/rootfs/node.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { directoryOf, normalizePath } from "../../../image/tar/path.ts";
import type { LayerBundle, LayerFacts } from "../facts/facts.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** Command line and working directory of a container, without following scripts. */
export interface StartWords {
  readonly argv: readonly string[];
  /** Working directory, absolute; "" means `/`. */
  readonly workingDir: string;
}

/** A bundle that a start command runs. */
export interface StartedBundle extends Pick<LayerBundle, "digests"> {
  readonly layer: number;
  readonly entry: number;
  readonly path: string;
  /** The source map beside the bundle. */
  readonly map?: EntryPlace;
  /** Whether the source map names the package and version of each module. */
  readonly isCovered: boolean;
}

/**
 * Bundles that an image starts: bundles named by its commands, and bundles for Node below the application's
 * folder. Bundles in folders served to browsers are excluded.
 */
export function startedBundles(
  layers: Layers,
  root: RootFs,
  starts: readonly StartWords[],
): readonly StartedBundle[] {
  if (!layers.some(({ packages }) => packages.bundles.length > 0) || !hasRuntime(layers, root)) return [];
  const named = new Set(scriptsNamed(starts, root));
  const folders = foldersOf(named, starts, root);
  return layers.flatMap(({ entries, packages }, layer) =>
    packages.bundles.flatMap((bundle) => {
      const { entry } = bundle;
      const path = entries.paths[entry] ?? "";
      if (!root.showsContent({ layer, entry })) return [];
      if (!named.has(path) && !isServers(bundle, path, folders)) return [];
      const { digests } = bundle;
      const map = mapOf(bundle, path, layers, root);
      return [{ layer, entry, path, ...(digests === undefined ? {} : { digests }), ...map }];
    }),
  );
}

const RUNTIME = /^(?:node|nodejs|bun|deno)$/;

function hasRuntime(layers: Layers, root: RootFs): boolean {
  return layers.some(({ entries, packages }, layer) =>
    packages.executables.some(
      ({ entry, inside, kind }) =>
        inside === undefined &&
        kind === "program" &&
        RUNTIME.test(baseName(entries.paths[entry] ?? "")) &&
        root.showsContent({ layer, entry }),
    ),
  );
}

const WORDS = /[\s;&|"'()<>=]+/;
const ENDINGS = ["", ".js", ".cjs", ".mjs", "/index.js"];
/** Maximum number of words of a command line that are looked up; real ones have some twenty. */
const LOOKED_UP = 200;

/** JavaScript files that the commands name. */
export function scriptsNamed(starts: readonly StartWords[], root: RootFs): readonly string[] {
  return starts.flatMap((start) => filesNamed(start, root));
}

function filesNamed({ argv, workingDir }: StartWords, root: RootFs): readonly string[] {
  const words = argv
    .flatMap((word) => word.split(WORDS))
    .filter((word) => word !== "" && !word.startsWith("-"));
  return words.slice(0, LOOKED_UP).flatMap((word) => {
    const path = word.startsWith("/") ? word : `${workingDir}/${word}`;
    const found = ENDINGS.map((ending) => root.resolve(`${path}${ending}`)).find(
      (file) => file?.type === "file",
    );
    return found === undefined || !/\.[cm]?js$/.test(found.path) ? [] : [found.path];
  });
}

/** Folders shared by applications, in which each has a subfolder. */
const SHARED: ReadonlySet<string> = new Set([
  "",
  "/",
  "/usr",
  "/usr/local",
  "/usr/src",
  "/usr/local/bin",
  "/opt",
  "/home",
  "/srv",
  "/var",
  "/root",
  "/tmp",
  "/bin",
  "/usr/bin",
]);

function foldersOf(
  named: ReadonlySet<string>,
  starts: readonly StartWords[],
  root: RootFs,
): readonly string[] {
  const own = [...named]
    .filter((path) => !path.includes("/node_modules/"))
    .map((path) => projectOf(path, root));
  const worked = starts.map(({ workingDir }) => normalizePath(workingDir === "" ? "/" : workingDir));
  return [...new Set([...own, ...worked])].filter((folder) => !SHARED.has(folder));
}

/** The nearest folder above a file that has a manifest of npm, else the file's own. */
export function projectOf(path: string, root: RootFs): string {
  for (let folder = directoryOf(path); folder !== ""; folder = directoryOf(folder)) {
    if (root.resolve(`${folder}/package.json`)?.type === "file") return folder;
  }
  return directoryOf(path);
}

/** Folders served to browsers. */
const SERVED = /\/(?:public|static|assets|client|browser|www|htdocs|html|node_modules)\//;

function isServers({ isServer }: LayerBundle, path: string, folders: readonly string[]): boolean {
  if (isServer !== true || SERVED.test(path)) return false;
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** Lines at the end of a bundle that no map covers: the comment with the map's name and its surroundings. */
const LAST_LINES = 3;

function mapOf(
  { lines }: LayerBundle,
  path: string,
  layers: Layers,
  root: RootFs,
): Pick<StartedBundle, "map" | "isCovered"> {
  const source = root.resolve(`${path}.map`)?.source;
  if (source === undefined) return { isCovered: false };
  const maps = layers[source.layer]?.packages.sourceMaps ?? [];
  const map = maps.find(({ entry }) => entry === source.entry);
  const isCovered = map?.isWhole === true && map.lines <= lines && map.lines + LAST_LINES >= lines;
  return { map: source, isCovered };
}
