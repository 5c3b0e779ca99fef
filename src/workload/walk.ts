import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import type { Exclusions, LeftOutBy } from "./left-out/left-out.ts";
import { unreadable } from "./unreadable.ts";

/** A file that was looked for, or one that cannot be looked at. `name`: as the user would write it. */
export type Found =
  | { readonly is: "file"; readonly path: string; readonly name: string }
  | { readonly is: "problem"; readonly name: string; readonly problem: Text };

/** What to do in one folder. */
interface Choice<Said> {
  /** Files that are looked for, by their name. */
  readonly wants: (name: string) => boolean;
  /** Entries that are not looked at, beside those that never are. */
  readonly leftOut?: ReadonlySet<string>;
  /** What to say of the folder itself. */
  readonly says?: readonly Said[];
  /** For the folders in it. */
  readonly below: Choose<Said>;
}

/** @param names of the folder's entries; `folder`: the folder as the user would write it; `path`: absolute */
export type Choose<Said> = (folder: string, names: readonly string[], path: string) => Choice<Said>;

const LEFT_OUT: ReadonlySet<string> = new Set([".git", "node_modules"]);

interface Walk {
  /** Real paths of the folders that were entered: a link back to one of them is not followed. */
  readonly entered: Set<string>;
  entries: number;
  readonly most: number;
  /** Whether an entry is left out, and why. */
  readonly excludes?: ((path: string, isFolder: boolean) => LeftOutBy | undefined) | undefined;
  readonly exclusions?: Exclusions | undefined;
}

/** Entries that are looked at in folders that are left out, to count what would have been judged. */
const COUNTED_ENTRIES = 10_000;

/**
 * The files of a folder in the order of their names; links are followed, once.
 *
 * @param exclusions told of what they leave out
 */
export function* filesIn<Said = never>(
  path: string,
  name: string,
  choose: Choose<Said>,
  most: number = LIMITS.folderEntries,
  exclusions?: Exclusions,
): Generator<Found | Said> {
  const state: Walk = { entered: new Set(), entries: 0, most, excludes: exclusions?.in(path), exclusions };
  yield* walk(path, name, state, choose);
  if (state.entries > most) yield { is: "problem", name, problem: TOO_MANY };
}

const TOO_MANY: Text = {
  fr: `le répertoire a plus de ${LIMITS.folderEntries} fichiers (limite folderEntries) : nommer les répertoires voulus`,
  en: `the folder has more than ${LIMITS.folderEntries} files (limit folderEntries): name the folders that are meant`,
};

function* walk<Said>(path: string, name: string, state: Walk, choose: Choose<Said>): Generator<Found | Said> {
  let names: readonly string[];
  try {
    const real = realpathSync(path);
    if (state.entered.has(real)) return;
    state.entered.add(real);
    names = readdirSync(path).sort();
  } catch (error) {
    yield { is: "problem", name, problem: unreadable(error) };
    return;
  }
  const choice = choose(name, names, path);
  yield* choice.says ?? [];
  for (const entry of names) {
    if (LEFT_OUT.has(entry) || choice.leftOut?.has(entry) === true) continue;
    if ((state.entries += 1) > state.most) return;
    yield* visit(join(path, entry), join(name, entry), entry, state, choice);
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
    const stats = statSync(path);
    const by = state.excludes?.(path, stats.isDirectory());
    if (by !== undefined) tell(by, path, name, state, { wants, below }, stats.isDirectory());
    else if (stats.isDirectory()) yield* walk(path, name, state, below);
    else if (stats.isFile() && wants(entry)) yield { is: "file", path, name };
  } catch (error) {
    if (wants(entry)) yield { is: "problem", name, problem: unreadable(error) };
  }
}

/** What would have been judged of an entry that is left out. */
function tell<Said>(
  by: LeftOutBy,
  path: string,
  name: string,
  { exclusions }: Walk,
  { wants, below }: Pick<Choice<Said>, "wants" | "below">,
  isFolder: boolean,
): void {
  if (!isFolder) {
    if (wants(basename(path))) exclusions?.leftOut(by, name);
    return;
  }
  const counting: Walk = { entered: new Set(), entries: 0, most: COUNTED_ENTRIES };
  for (const found of walk(path, name, counting, below)) {
    if (isFile(found)) exclusions?.leftOut(by, found.name);
  }
}

function isFile(found: unknown): found is Found & { readonly is: "file" } {
  return typeof found === "object" && found !== null && "is" in found && found.is === "file";
}
