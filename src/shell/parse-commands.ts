import {
  beginBranch,
  type Condition,
  closeFrame,
  conditionReader,
  endBranch,
  type Frame,
  leave,
  newFrame,
} from "./conditions.ts";
import type { AndOrList, ShellList, ShellNode, ShellPipeline, ShellRedirection } from "./script-nodes.ts";
import { shellTree } from "./script-tree.ts";

/** A simple command of a shell script. */
export interface ShellCommand {
  /** Assignments `NAME=value` before the command's name. */
  readonly assignments: readonly string[];
  /** Name and arguments; empty for assignments alone, and for the redirections of a group. */
  readonly words: readonly string[];
  /** Words with their quotes, as a shell would read them again. */
  readonly written: string;
  readonly redirections: readonly ShellRedirection[];
  /** Conditions under which the command runs, outermost first. */
  readonly conditions: readonly Condition[];
  /**
   * Whether the script handles the command's failure: the command is in a test, after `!`, or before `||`.
   */
  readonly tested: boolean;
  /** Operator after the command: `&`, `|` (also for `|&`), `&&`, `||`; otherwise `;`. */
  readonly operator: string;
  /** Function whose body contains the command; the command runs where the function is called. */
  readonly within?: string;
  /**
   * Closing words of the enclosing compound commands, outermost first: `fi`, `done`, `)`. Absent if there are
   * none.
   */
  readonly compound?: readonly string[];
  readonly line: number;
}

type Node<K extends ShellNode["kind"]> = Extract<ShellNode, { readonly kind: K }>;
type Simple = Omit<Node<"simple">, "kind">;

interface Walk {
  /** Compound commands around the current one, outermost first. */
  readonly outer: Frame[];
  frame: Frame;
  /** Name of the function whose body follows. */
  defines?: string | undefined;
  readonly commands: ShellCommand[];
  readonly conditionsOf: (frames: readonly Frame[]) => readonly Condition[];
}

interface Around {
  readonly operator: string;
  readonly negated: boolean;
}

const LEAVES = new Set(["exit", "return"]);

/**
 * Simple commands of a POSIX or bash script, in order, each with the conditions under which it runs. Commands
 * in substitutions are not included. Throws InvalidInputError as shellTree(), and beyond
 * LIMITS.shellConditions.
 */
export function shellCommands(script: string): readonly ShellCommand[] {
  const walk: Walk = { outer: [], frame: newFrame(""), commands: [], conditionsOf: conditionReader() };
  walkList(shellTree(script), walk);
  return walk.commands;
}

function walkList(list: ShellList, walk: Walk): void {
  for (const andOr of list) {
    walkAndOr(andOr, walk);
    walk.frame.chain = [];
  }
}

function walkAndOr({ parts, background }: AndOrList, walk: Walk): void {
  for (const [index, { pipeline }] of parts.entries()) {
    const operator = parts[index + 1]?.operator ?? (background ? "&" : ";");
    walkPipeline(pipeline, operator, walk);
  }
}

function walkPipeline({ negated, nodes }: ShellPipeline, last: string, walk: Walk): void {
  const { frame } = walk;
  const isListed = last === "&&" || last === "||";
  let condition: readonly string[] = [];
  for (const [index, node] of nodes.entries()) {
    const operator = index === nodes.length - 1 ? last : "|";
    const words = walkNode(node, { operator, negated }, walk);
    condition = negated ? ["!", ...words] : words;
    if (frame.phase === "test") frame.test.push(...(index === 0 ? condition : words));
    if (nodes.length === 1 && leavesScript(words) && !isListed) leave(frame);
  }
  if (!isListed) return;
  if (frame.phase === "test") frame.test.push(last);
  frame.chain.push({ words: condition, holds: last === "&&" });
}

/**
 * Adds a node's commands.
 *
 * @returns words of the command, which are a condition for later commands; none for a compound command
 */
function walkNode(node: ShellNode, around: Around, walk: Walk): readonly string[] {
  switch (node.kind) {
    case "simple":
      return walkSimple(node, around, walk);
    case "redirected":
      walkNode(node.node, around, walk);
      addCommand({ assignments: [], words: [], written: "", ...node }, around, walk);
      return [];
    case "group":
      inFrame(newFrame(node.subshell ? ")" : "}"), walk, () => walkList(node.body, walk));
      return [];
    case "if":
      inFrame(newFrame("fi", "test"), walk, (frame) => walkIf(node, frame, walk));
      return [];
    case "loop":
      inFrame(newFrame("done", "test"), walk, (frame) => {
        walkList(node.test, walk);
        beginBranch(frame, node.isUntil);
        walkList(node.body, walk);
      });
      return [];
    case "case":
      inFrame(newFrame("esac"), walk, (frame) => walkCase(node, frame, walk));
      return [];
    default:
      walk.defines = node.name;
      walkNode(node.body, around, walk);
      walk.defines = undefined;
      return [];
  }
}

function walkSimple(node: Node<"simple">, around: Around, walk: Walk): readonly string[] {
  const { assignments, words, redirections } = node;
  const add = () => addCommand(node, around, walk);
  if (assignments.length + words.length + redirections.length === 0) return [];
  if (walk.defines === undefined) add();
  else inFrame(newFrame(""), walk, add);
  return words;
}

function walkIf({ branches, otherwise }: Node<"if">, frame: Frame, walk: Walk): void {
  for (const { test, body } of branches) {
    endBranch(frame);
    frame.phase = "test";
    walkList(test, walk);
    beginBranch(frame);
    walkList(body, walk);
  }
  if (otherwise.length === 0) return;
  endBranch(frame);
  frame.branch = [...frame.failed];
  walkList(otherwise, walk);
}

function walkCase({ subject, branches }: Node<"case">, frame: Frame, walk: Walk): void {
  for (const { patterns, body } of branches) {
    endBranch(frame);
    frame.test = ["case", subject, ...patterns];
    beginBranch(frame);
    walkList(body, walk);
  }
}

function inFrame(frame: Frame, walk: Walk, read: (frame: Frame) => void): void {
  const parent = walk.frame;
  frame.defines = walk.defines;
  walk.defines = undefined;
  walk.outer.push(parent);
  walk.frame = frame;
  read(frame);
  walk.frame = parent;
  walk.outer.pop();
  closeFrame(frame, parent);
}

function addCommand(
  { assignments, words, written, redirections, line }: Simple,
  { operator, negated }: Around,
  { outer, frame, commands, conditionsOf }: Walk,
): void {
  const frames = [...outer, frame];
  const isTesting = frames.some(({ phase }) => phase === "test");
  const body = frames.findLastIndex(({ defines }) => defines !== undefined);
  const within = frames[body]?.defines;
  const compound = frames.slice(body + 1).flatMap(({ closes }) => (closes === "" ? [] : [closes]));
  commands.push({
    assignments,
    words,
    written,
    redirections,
    conditions: conditionsOf(frames),
    tested: negated || isTesting || operator === "||",
    operator,
    line,
    ...(within === undefined ? {} : { within }),
    ...(compound.length === 0 ? {} : { compound }),
  });
}

/**
 * Whether the command ends the script successfully. `exit 1` ends a failed start, so the commands after it
 * belong to the ordinary path.
 */
function leavesScript([name = "", first]: readonly string[]): boolean {
  // `exec` without a command only redirects.
  if (name === "exec") return first !== undefined;
  return LEAVES.has(name) && (first === undefined || first === "0");
}
