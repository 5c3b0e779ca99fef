import { posix } from "node:path";
import type { FileSelector } from "../contract/file-selector.ts";
import { commandName } from "../shell/wrappers.ts";
import type { StartableImage } from "./startable-image.ts";
import { type ReadText, textsOf } from "./task-script.ts";

/** Selector of an application's package.json files, without those of dependencies. */
export const PACKAGE_JSON: FileSelector = {
  names: ["package.json"],
  pattern: /^(?!.*\/node_modules\/)/,
  type: "file",
  content: 64 * 1024,
};

const MANAGERS = new Set(["npm", "yarn", "pnpm", "bun"]);
/** Subcommands of these tools, which do not run a script of that name. */
const OWN = new Set([
  "exec",
  "x",
  "dlx",
  "install",
  "i",
  "ci",
  "add",
  "create",
  "init",
  "node",
  "workspace",
  "workspaces",
]);

export interface PackageScript {
  /** Command that runs the script: `npm start`. */
  readonly manager: string;
  readonly name: string;
  /** Path of the package.json. */
  readonly file: string;
  /** The script's shell command; absent if the image does not contain the script. */
  readonly script?: string;
}

/** Script that `npm start`, `yarn dev` or `pnpm run serve` runs; undefined for other commands. */
export function packageScript(
  image: Pick<StartableImage, "config" | "files">,
  words: readonly string[],
): PackageScript | undefined {
  return packageScriptIn(words, image.config.workingDir, textsOf(image));
}

/**
 * Script as found by packageScript(), with package.json from any source.
 *
 * @param workingDir absolute; "" means `/`
 */
export function packageScriptIn(
  words: readonly string[],
  workingDir: string,
  read: ReadText,
): PackageScript | undefined {
  const manager = commandName(words[0]);
  if (!MANAGERS.has(manager)) return undefined;
  const operands = words.slice(1).filter((word) => !word.startsWith("-"));
  const [verb, second] = operands;
  const named = verb === "run" || verb === "run-script" ? second : verb;
  if (named === undefined || OWN.has(named)) return undefined;
  // Only yarn, pnpm and bun run any script without "run"; npm has start, stop, test and restart.
  if (manager === "npm" && named === verb && !/^(?:start|stop|test|restart)$/.test(named)) return undefined;
  const file = posix.join(workingDir || "/", "package.json");
  const content = read(file);
  const script = content === undefined ? undefined : scriptOf(content, named);
  return { manager, name: named, file, ...(script === undefined ? {} : { script }) };
}

function scriptOf(content: string, name: string): string | undefined {
  try {
    const document: unknown = JSON.parse(content);
    const scripts = member(document, "scripts");
    const script = member(scripts, name);
    return typeof script === "string" ? script : undefined;
  } catch {
    // Invalid JSON: npm would fail, so no script runs.
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
