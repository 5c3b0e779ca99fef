import { existsSync, lstatSync, readlinkSync, statSync } from "node:fs";
import { isAbsolute, join, parse, resolve, sep } from "node:path";
import type { Text } from "../../contract/text.ts";
import { isInside } from "../../files/judged-root.ts";
import { accountHome } from "./account-home.ts";
import type { Context } from "./context.ts";

/** Reason why a cache is not used. */
export const BROUGHT: Text = {
  fr: "il est dans un dépôt ou dans ce qui est jugé, qui a pu l'apporter ; donner à XDG_CACHE_HOME un répertoire au-dehors",
  en: "it is in a repository or in a judged folder, and may come from there; set XDG_CACHE_HOME to a folder outside",
};

/** Entries that mark the root of a work tree; `.git` is a file in a linked work tree or a submodule. */
const MARKS = [".git", ".hg", ".svn"];

/** Variables by which pipelines and git name the folder of a clone, including clones without `.git`. */
const CLONES = [
  "CI_PROJECT_DIR",
  "GITHUB_WORKSPACE",
  "WORKSPACE",
  "BUILD_SOURCESDIRECTORY",
  "BITBUCKET_CLONE_DIR",
  "GIT_WORK_TREE",
];

/** Maximum number of links on the way to a folder; Linux follows 40. */
const MOST_LINKS = 40;

/** Parts of the process that determine the judged folders. */
export type Judging = Pick<Context, "argv" | "env" | "cwd">;

/** A folder in a home that is a work tree. */
export interface FolderOfHome {
  /** Real path of the account's home, by the system's accounts. */
  readonly home: string;
  /** Real path of the folder; it need not exist. */
  readonly folder: string;
  /** Paths of the links that the lookup of the folder follows. */
  readonly links: readonly string[];
}

export interface ContentOptions {
  /**
   * Set if the user named exactly this folder: its location in the working directory is then no sign of a
   * repository.
   */
  readonly isNamed?: boolean;
  /**
   * Returns whether a home directory that is itself a work tree does not contain the folder as repository
   * content. Default: it may contain it.
   */
  readonly isOwnHome?: (folder: FolderOfHome, judged: readonly string[]) => boolean;
}

/**
 * Whether a folder possibly comes from a repository: the folder, or a link on the way to it, is in a work
 * tree, in the working directory, in a judged folder, or in a pipeline's clone. Owner and mode prove nothing,
 * since a clone belongs to the user who judges it. True for a folder that cannot be examined.
 *
 * @param folder absolute path; it need not exist
 */
export function isRepositoryContent(
  folder: string,
  { argv, env, cwd }: Judging,
  { isNamed = false, isOwnHome = () => false }: ContentOptions = {},
): boolean {
  try {
    const way = wayTo(folder);
    const named = CLONES.map((name) => env[name] ?? "");
    const operands = [...named, ...argv.map(operandOf)].filter((path) => path !== "");
    const judged = operands.map((path) => resolve(cwd, path));
    const roots = [...way.passed.values()].filter(hasMark);
    if (roots.length > 0) {
      const home = homeAlone(roots);
      const { real, links } = way;
      if (home === undefined || isPipeline(env)) return true;
      if (!isOwnHome({ home, folder: real, links }, [cwd, ...judged])) return true;
    }
    return [...(isNamed ? [] : [cwd]), ...judged].some((path) => {
      const real = way.passed.get(identityOf(path));
      return real !== undefined && !holdsHome(real);
    });
  } catch {
    return true;
  }
}

/** The account's home, if it is the only work tree. */
function homeAlone([root, ...others]: readonly string[]): string | undefined {
  return others.length === 0 && root === accountHome() ? root : undefined;
}

/** Whether a pipeline runs this, whose jobs leave files in clones that git does not track. */
function isPipeline(env: Judging["env"]): boolean {
  return ["CI", ...CLONES].some((name) => (env[name] ?? "") !== "");
}

/** Folder that an argument may name: `deploy`, `oci:image`, `--file=deploy`. */
function operandOf(argument: string): string {
  return argument.replace(/^--?[^=]*(?:=|$)/, "").replace(/^(?:oci|dir):/, "");
}

function hasMark(folder: string): boolean {
  return MARKS.some((mark) => existsSync(join(folder, mark)));
}

/** Whether the folder is the account's home or above: no clone, as `/` of a container or `~` of a shell. */
function holdsHome(real: string): boolean {
  if (real === parse(real).root) return true;
  const home = accountHome();
  return home !== undefined && isInside(real, home);
}

interface Way {
  /** Real path at which the lookup ends. */
  readonly real: string;
  /**
   * All folders that a lookup of the path passes, and their parents: real paths by identity. The identity of
   * a missing folder is its path.
   */
  readonly passed: ReadonlyMap<string, string>;
  /** Paths of the links that the lookup follows. */
  readonly links: readonly string[];
}

/** @throws ELOOP, or the file system's error */
function wayTo(path: string): Way {
  const names = namesOf(path);
  let at = parse(path).root;
  const links: string[] = [];
  const passed = new Map([[identityOf(at), at]]);
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const next = join(at, name);
    const stat = lstatSync(next, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink() === true) {
      links.push(next);
      if (links.length > MOST_LINKS) throw new Error("ELOOP");
      const target = readlinkSync(next);
      names.unshift(...namesOf(target));
      if (isAbsolute(target)) at = parse(target).root;
    } else {
      at = next;
      passed.set(stat === undefined ? at : `${stat.dev}:${stat.ino}`, at);
    }
  }
  return { real: at, passed, links };
}

function namesOf(path: string): string[] {
  return path
    .slice(parse(path).root.length)
    .split(sep)
    .filter((name) => name !== "" && name !== ".");
}

/** Device and inode of a file or folder; the path if the file does not exist or cannot be reached. */
function identityOf(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? path : `${stat.dev}:${stat.ino}`;
  } catch {
    return path;
  }
}
