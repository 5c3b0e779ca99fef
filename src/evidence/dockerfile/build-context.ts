import { type Dirent, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ContextFacts, StageFacts } from "../../contract/dockerfile-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { listFolder, namesIn } from "../../files/list-folder.ts";
import { hasDockerignore } from "./dockerignore.ts";

/** Source that names a single file on any disk: no pattern, no variable, no URL. */
const LITERAL = /^[^*?[\]$:]+$/;
/** Maximum number of sources of COPY that are checked; one missing source decides already. */
const SOURCES = 50;

/**
 * The Dockerfile's folder, if it can be the build context. If the folder lacks a file that the Dockerfile
 * copies, the build uses another folder (`docker build -f docker/Dockerfile .`).
 */
export function contextOf(
  path: string,
  { stages }: { readonly stages: readonly StageFacts[] },
): ContextFacts | undefined {
  const folder = dirname(path);
  const sources = stages
    .flatMap(({ copies }) => copies)
    .filter(({ from }) => from === undefined)
    .flatMap((copy) => copy.sources)
    .filter((source) => LITERAL.test(source) && !source.split("/").includes(".."))
    .slice(0, SOURCES);
  try {
    if (sources.some((source) => !existsSync(join(folder, source)))) return undefined;
    const names = namesIn(folder, LIMITS.listedEntries);
    const ignored = hasDockerignore(names, path);
    const configurations = unlessUnreadable(() => configurationsIn(folder));
    return {
      ignored,
      holds: names.filter(isTold).sort(),
      ...(configurations === undefined ? {} : { configurations }),
    };
  } catch {
    // A folder that cannot be listed proves nothing.
    return undefined;
  }
}

/** Configuration files that servers load by default and that may contain an address. */
const CONFIGURATION =
  /^(?:gunicorn\.conf\.py|(?:vite|astro)\.config\.[cm]?[jt]s|angular\.json|json-server\.json|mkdocs\.yml|_config\.yml|hugo\.(?:toml|ya?ml))$/;
const LEFT_OUT = new Set([".git", "node_modules", "vendor", ".venv", "venv"]);
const DEPTH = 4;
/** Maximum number of entries of a context that are listed; a project's own files are fewer. */
const ENTRIES = 5_000;

/**
 * Result of listing folders; undefined if a folder is unreadable or has too many entries, since the context
 * is then unknown.
 */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function configurationsIn(folder: string): readonly string[] | undefined {
  const found = new Set<string>();
  let left = ENTRIES;
  let level = [folder];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const entries: Dirent[] = [];
    // A folder with more entries than are left throws.
    for (const path of level) entries.push(...listFolder(path, left - entries.length));
    left -= entries.length;
    for (const { name } of entries) if (CONFIGURATION.test(name)) found.add(name);
    level = entries
      .filter((entry) => entry.isDirectory() && !LEFT_OUT.has(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name));
  }
  return [...found].sort();
}

/** Whether the name may be repository history or environment settings; the rule decides. */
function isTold(name: string): boolean {
  return name === ".git" || name.startsWith(".env");
}
