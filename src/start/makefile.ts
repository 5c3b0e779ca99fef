import { posix } from "node:path";
import { commandName } from "../shell/wrappers.ts";
import { optionValue, type ReadText, type TaskScript } from "./task-script.ts";

const NAMES = ["GNUmakefile", "makefile", "Makefile"];
const FOLDER = ["-C", "--directory"];
const FILE = ["-f", "--file", "--makefile"];
/** Maximum number of targets in a chain of prerequisites. */
const DEPTH = 8;
/** Constructs that are not followed: included, defined or generated rules. */
const BEYOND = /^[ \t]{0,20}(?:-?include|sinclude|define|\$\(eval)\b/m;
const VARIABLE = /^(?:export\s{1,9})?([A-Za-z_][\w-]{0,60})\s{0,20}[:?+]{0,2}=\s{0,20}(.{0,2000})$/;
const RULE = /^([^\s:#=][^:#=]{0,200}):(?!=)([^;#]{0,500})(?:;(.{0,2000}))?/;

interface Makefile {
  readonly variables: Map<string, string>;
  readonly rules: Map<string, Rule>;
}

interface Rule {
  readonly needs: readonly string[];
  readonly recipe: string[];
}

/** Recipe that `make run` executes, after the recipes of its prerequisites; undefined for other commands. */
export function makeScript(
  words: readonly string[],
  workingDir: string,
  read: ReadText,
): TaskScript | undefined {
  if (!/^g?make$/.test(commandName(words[0]))) return undefined;
  const folder = optionValue(words, FOLDER);
  const named = optionValue(words, FILE);
  const place = posix.resolve("/", workingDir, folder ?? "");
  const files = (named === undefined ? NAMES : [named]).map((file) => posix.resolve(place, file));
  const file = files.find((one) => read(one) !== undefined);
  const text = file === undefined ? undefined : read(file);
  if (file === undefined || text === undefined || BEYOND.test(text)) return "unread";
  const makefile = parse(text);
  const operands = words
    .slice(1)
    .filter((word) => !word.startsWith("-") && word !== folder && word !== named);
  for (const word of operands) setVariable(makefile, word);
  const targets = operands.filter((word) => !word.includes("="));
  const [first = ""] = [...makefile.rules.keys()].filter((name) => !name.startsWith("."));
  const lines: string[] = [];
  for (const target of targets.length === 0 ? [first] : targets) {
    const recipe = recipeOf(makefile, target, DEPTH);
    if (recipe === undefined) return "unread";
    lines.push(...recipe);
  }
  return { script: lines.join("\n"), file };
}

function parse(text: string): Makefile {
  const makefile: Makefile = { variables: new Map(), rules: new Map() };
  let recipe: string[] = [];
  for (const line of text.replace(/[ \t]{0,20}\\\n[ \t]{0,80}/g, " ").split("\n")) {
    if (line.startsWith("\t")) recipe.push(line.slice(1));
    else if (!setVariable(makefile, line)) {
      const [, targets, needs = "", inline] = RULE.exec(line) ?? [];
      if (targets === undefined) continue;
      recipe = inline === undefined ? [] : [inline];
      for (const name of wordsOf(targets)) makefile.rules.set(name, { needs: wordsOf(needs), recipe });
    }
  }
  return makefile;
}

function setVariable({ variables }: Makefile, line: string): boolean {
  const [, name, value = ""] = VARIABLE.exec(line) ?? [];
  if (name === undefined) return false;
  variables.set(name, value.trim());
  return true;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** A target's recipe, after the recipes of its prerequisites; undefined for a target without a rule. */
function recipeOf(makefile: Makefile, target: string, depth: number): readonly string[] | undefined {
  const rule = makefile.rules.get(target);
  if (rule === undefined || depth === 0) return undefined;
  const before = rule.needs.flatMap((name) => recipeOf(makefile, name, depth - 1) ?? []);
  return [...before, ...rule.recipe.map((line) => commandOf(makefile, line))];
}

/** Prefixes of a recipe line: `@` silences, `-` ignores failure, `+` always runs. */
const MARKS = /^[ \t]{0,20}[@+-]{0,3}[ \t]{0,20}/;

/** Line of a recipe for the shell. A leading `-` means that a failure is ignored. */
function commandOf({ variables }: Makefile, line: string): string {
  const command = line.replace(MARKS, "");
  const marks = line.slice(0, line.length - command.length);
  const text = command.replace(/\$\$|\$[({]([A-Za-z_][\w-]{0,60})[)}]/g, (whole, name?: string) => {
    if (name === undefined) return "$";
    return name === "MAKE" ? "make" : (variables.get(name) ?? whole);
  });
  return marks.includes("-") ? `${text} || true` : text;
}
