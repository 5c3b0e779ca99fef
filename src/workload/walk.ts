import { lstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { escapedUnits } from "../contract/code-units.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { FileRefusal } from "../files/file-refusal.ts";
import { isInside, judgedRoot } from "../files/judged-root.ts";
import { namesIn } from "../files/list-folder.ts";
import { unreadable } from "../files/unreadable.ts";
import type { Exclusions, LeftOutBy } from "./left-out/left-out.ts";

/** Wanted file, or a file that could not be examined. `name`: as the user would write it. */
export type Found =
  | { readonly kind: "file"; readonly path: string; readonly name: string }
  | { readonly kind: "problem"; readonly name: string; readonly problem: Text };

/** Decisions for one folder. */
interface Choice<Said> {
  /** Whether a file is wanted, by its name. */
  readonly wants: (name: string) => boolean;
  /** Entries to omit, besides those that are always omitted. */
  readonly leftOut?: ReadonlySet<string>;
  /** Results about the folder itself. */
  readonly says?: readonly Said[];
  /** Decision function for subfolders. */
  readonly below: Choose<Said>;
}

/**
 * @param names names of the folder's entries; `folder`: the folder as the user would write it; `path`:
 * absolute
 */
export type Choose<Said> = (folder: string, names: readonly string[], path: string) => Choice<Said>;

/** Characters of a name that would write lines of their own, or turn the text, wherever the name is shown. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Git's own files. */
const GIT = ".git";
/** Packages of npm. If git does not ignore the folder, it is reported, since manifests may be in it. */
const PACKAGES = "node_modules";

interface Walk {
  /** Real paths of the folders entered so far; links back to any of them are not followed. */
  readonly entered: Set<string>;
  /** Root within which links are followed. */
  readonly root: string;
  entries: number;
  depth: number;
  readonly most: number;
  /** Reason why an entry is omitted; undefined if it is not omitted. */
  readonly excludes?: ((path: string, isFolder: boolean) => LeftOutBy | undefined) | undefined;
  readonly exclusions?: Exclusions | undefined;
}

/** Maximum number of entries counted in folders that are left out. */
const COUNTED_ENTRIES = 10_000;

/**
 * Files of a folder, sorted by name. Links are followed once, unless they lead out of the folder or its
 * repository: then a file is a problem, and a folder is omitted (kubectl follows none).
 *
 * @param exclusions records omitted files
 */
export function* filesIn<Said = never>(
  path: string,
  name: string,
  choose: Choose<Said>,
  most: number = LIMITS.folderEntries,
  exclusions?: Exclusions,
): Generator<Found | Said> {
  let state: Walk;
  try {
    const counts = { entered: new Set<string>(), entries: 0, depth: 0, most };
    state = { ...counts, root: judgedRoot(path), excludes: exclusions?.in(path), exclusions };
  } catch (error) {
    yield { kind: "problem", name, problem: unreadable(error) };
    return;
  }
  yield* walk(path, name, state, choose);
  if (state.entries > most) yield { kind: "problem", name, problem: TOO_MANY };
}

const TOO_MANY: Text = {
  fr: `le répertoire a plus de ${LIMITS.folderEntries} fichiers (limite folderEntries) : nommer les répertoires voulus`,
  en: `the folder has more than ${LIMITS.folderEntries} files (limit folderEntries): name the folders that are meant`,
};

const TOO_DEEP: Text = {
  fr: `le répertoire a plus de ${LIMITS.folderDepth} niveaux (limite folderDepth) : nommer les répertoires voulus`,
  en: `the folder is more than ${LIMITS.folderDepth} levels deep (limit folderDepth): name the folders that are meant`,
};

function* walk<Said>(path: string, name: string, state: Walk, choose: Choose<Said>): Generator<Found | Said> {
  if (state.depth >= LIMITS.folderDepth) {
    yield { kind: "problem", name, problem: TOO_DEEP };
    return;
  }
  state.depth += 1;
  yield* entriesOf(path, name, state, choose);
  state.depth -= 1;
}

function* entriesOf<Said>(
  path: string,
  name: string,
  state: Walk,
  choose: Choose<Said>,
): Generator<Found | Said> {
  let names: readonly string[];
  try {
    const real = realpathSync(path);
    if (state.entered.has(real)) return;
    state.entered.add(real);
    names = namesIn(path, LIMITS.folderEntries);
  } catch (error) {
    yield { kind: "problem", name, problem: unreadable(error) };
    return;
  }
  const choice = choose(name, names, path);
  yield* choice.says ?? [];
  for (const entry of names) {
    if (entry === GIT || choice.leftOut?.has(entry) === true) continue;
    if (entry === PACKAGES) {
      const isIgnored = state.excludes?.(join(path, entry), true) !== undefined;
      if (!isIgnored) state.exclusions?.leftOut("packages", join(name, entry));
      continue;
    }
    if ((state.entries += 1) > state.most) return;
    yield* visit(join(path, entry), join(name, entry.replace(CONTROL, escapedUnits)), entry, state, choice);
  }
}

function* visit<Said>(
  path: string,
  name: string,
  entry: string,
  state: Walk,
  { wants, below }: Choice<Said>,
): Generator<Found | Said> {
  try {
    const stats = followed(path, state, name);
    if (stats === undefined) return;
    const by = state.excludes?.(path, stats.isDirectory());
    if (by !== undefined) tell(by, path, name, state, { wants, below }, stats.isDirectory());
    else if (basename(name) !== entry) {
      if (stats.isDirectory() || wants(entry)) throw new FileRefusal("control-in-name");
    } else if (stats.isDirectory()) yield* walk(path, name, state, below);
    else if (wants(entry)) {
      if (!stats.isFile()) throw new FileRefusal("not-regular");
      yield { kind: "file", path, name };
    }
  } catch (error) {
    if (wants(entry) || isNamedBadly(error)) yield { kind: "problem", name, problem: unreadable(error) };
  }
}

function isNamedBadly(error: unknown): boolean {
  return error instanceof FileRefusal && error.code === "control-in-name";
}

/**
 * Status of an entry, with links followed; undefined for a link to a folder outside, which is left out.
 *
 * @throws FileRefusal for a link to anything else outside
 */
function followed(path: string, { root, exclusions }: Walk, name: string): Stats | undefined {
  const own = lstatSync(path);
  if (!own.isSymbolicLink()) return own;
  const stats = statSync(path);
  if (isInside(root, realpathSync(path))) return stats;
  if (!stats.isDirectory()) throw new FileRefusal("leads-outside");
  exclusions?.leftOut("outside", name);
  return undefined;
}

/** Records files of an entry that is left out. */
function tell<Said>(
  by: LeftOutBy,
  path: string,
  name: string,
  { exclusions, root }: Walk,
  { wants, below }: Pick<Choice<Said>, "wants" | "below">,
  isFolder: boolean,
): void {
  if (!isFolder) {
    if (wants(basename(path))) exclusions?.leftOut(by, name);
    return;
  }
  const counting: Walk = { entered: new Set(), root, entries: 0, depth: 0, most: COUNTED_ENTRIES };
  for (const found of walk(path, name, counting, below)) {
    if (isFile(found)) exclusions?.leftOut(by, found.name);
  }
}

function isFile(found: unknown): found is Found & { readonly kind: "file" } {
  return typeof found === "object" && found !== null && "kind" in found && found.kind === "file";
}
