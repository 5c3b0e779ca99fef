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
import { type ShellToken, shellTokens } from "./tokens.ts";

interface Redirection {
  /** Operator of the redirection: `>`, `2>>`, `&>`… */
  readonly operator: string;
  readonly target: string;
}

/** A simple command of a shell script. */
export interface ShellCommand {
  /** Assignments `NAME=value` before the command's name. */
  readonly assignments: readonly string[];
  /** Name and arguments; empty for assignments alone, and for the redirections of a group. */
  readonly words: readonly string[];
  /** Words with their quotes, as a shell would read them again. */
  readonly written: string;
  readonly redirections: readonly Redirection[];
  /** Conditions under which the command runs, outermost first. */
  readonly conditions: readonly Condition[];
  /**
   * Whether the script handles the command's failure: the command is in a test, after `!`, or before `||`.
   */
  readonly tested: boolean;
  /** Operator after the command: `&` runs it in the background, `|` pipes its output to the next. */
  readonly operator: string;
  /** Function whose body contains the command; the command runs where the function is called. */
  readonly within?: string;
  /**
   * Closing words of the compound commands around it, outermost first: `fi`, `done`, `)`. Absent if there are
   * none.
   */
  readonly compound?: readonly string[];
  readonly line: number;
}

interface Draft {
  assignments: string[];
  words: string[];
  written: string[];
  redirections: Redirection[];
  negated: boolean;
  /** Whether the reader is between `[[` and `]]`, where operators are words. */
  bracketed: boolean;
  /** Whether a compound command has just ended, so that only its redirections may follow. */
  compound: boolean;
  line: number;
}

interface Reader {
  readonly tokens: readonly ShellToken[];
  at: number;
  /** Compound commands around the current one, outermost first. */
  readonly outer: Frame[];
  frame: Frame;
  draft: Draft;
  /** Name of the function whose body follows. */
  defines?: string | undefined;
  readonly commands: ShellCommand[];
  readonly conditionsOf: (frames: readonly Frame[]) => readonly Condition[];
}

const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
const LEAVES = new Set(["exit", "return"]);

/**
 * Simple commands of a POSIX or bash script, in order, each with the conditions under which it runs. Commands
 * in substitutions are not included. Throws InvalidInputError beyond LIMITS.shellConditions.
 */
export function shellCommands(script: string): readonly ShellCommand[] {
  const reader: Reader = {
    tokens: shellTokens(script),
    at: 0,
    outer: [],
    frame: newFrame(""),
    draft: newDraft(),
    commands: [],
    conditionsOf: conditionReader(),
  };
  for (let token = reader.tokens[0]; token !== undefined; token = reader.tokens[reader.at]) {
    reader.at += 1;
    if (token.kind === "word") readWord(reader, token);
    else readOperator(reader, token.text);
  }
  finish(reader, "");
  return reader.commands;
}

function newDraft(compound = false): Draft {
  return {
    assignments: [],
    words: [],
    written: [],
    redirections: [],
    negated: false,
    bracketed: false,
    compound,
    line: 0,
  };
}

type Word = Extract<ShellToken, { readonly kind: "word" }>;

function readWord(reader: Reader, { text, bare, written, line }: Word): void {
  const { draft } = reader;
  const frame = reader.frame;
  if (frame.phase === "pattern" && text !== "esac") {
    frame.test.push(text);
    return;
  }
  const first = draft.words.length + draft.assignments.length === 0;
  if (first && bare && readReserved(reader, text)) return;
  if (draft.line === 0) draft.line = line;
  if (draft.words.length === 0 && ASSIGNMENT.test(text)) {
    draft.assignments.push(text + arrayAt(reader, text));
    return;
  }
  if (text === "]]" || (text === "[[" && draft.words.length === 0)) draft.bracketed = text === "[[";
  draft.words.push(text);
  draft.written.push(written);
}

/** Handles reserved words, where a command may begin. */
function readReserved(reader: Reader, word: string): boolean {
  const frame = reader.frame;
  if (word === "if") open(reader, newFrame("fi", "test"));
  else if (word === "while" || word === "until") open(reader, newFrame("done", "test"));
  else if (word === "for" || word === "select") beginFor(reader);
  else if (word === "case") beginCase(reader);
  else if (word === "{") open(reader, newFrame("}"));
  else if (word === "then" || word === "do") beginBranch(frame);
  else if (word === "elif" || word === "else") {
    endBranch(frame);
    frame.phase = word === "elif" ? "test" : "body";
    if (word === "else") frame.branch = [...frame.failed];
  } else if (word === "fi" || word === "done" || word === "esac" || word === "}") close(reader, word);
  else if (word === "!") reader.draft.negated = true;
  else if (word === "function") beginFunction(reader);
  else return false;
  return true;
}

function beginFunction(reader: Reader): void {
  reader.defines = reader.tokens[reader.at]?.text;
  reader.at += 1;
}

function beginFor(reader: Reader): void {
  while (reader.at < reader.tokens.length && reader.tokens[reader.at]?.text !== "do") reader.at += 1;
  open(reader, newFrame("done"));
}

function beginCase(reader: Reader): void {
  const frame = newFrame("esac", "pattern");
  frame.subject = reader.tokens[reader.at]?.text ?? "";
  reader.at += 1;
  while (operatorAt(reader) === "\n") reader.at += 1;
  reader.at += 1;
  open(reader, frame);
}

function readOperator(reader: Reader, operator: string): void {
  const { draft } = reader;
  const frame = reader.frame;
  if (frame.phase === "pattern") {
    if (operator !== ")") return;
    frame.test.unshift("case", frame.subject);
    beginBranch(frame);
    return;
  }
  if (draft.bracketed && operator !== "\n") {
    draft.words.push(operator);
    draft.written.push(operator);
    return;
  }
  if (/^(?:\d*[<>]|&>)/.test(operator)) {
    const target = reader.tokens[reader.at];
    if (target?.kind !== "word") return;
    draft.redirections.push({ operator, target: target.text });
    reader.at += 1;
    return;
  }
  if (operator === "(") {
    // `name ()` defines a function; its name is not a command.
    if (operatorAt(reader) === ")") {
      reader.defines = draft.words.at(-1) ?? reader.defines;
      reader.draft = newDraft();
      reader.at += 1;
    } else open(reader, newFrame(")"));
    return;
  }
  finish(reader, operator);
  if (operator === ")") close(reader, ")");
  if (!operator.startsWith(";") || operator === ";" || frame.closes !== "esac") return;
  endBranch(frame);
  frame.phase = "pattern";
}

/** Completes a simple command, or the redirections of a compound one. */
function finish(reader: Reader, operator: string): void {
  const { draft } = reader;
  const frame = reader.frame;
  const { assignments, words, redirections, negated, compound, line } = draft;
  const written = draft.written.join(" ");
  const empty = words.length + assignments.length + redirections.length === 0;
  if (empty && !compound) return;
  const frames = [...reader.outer, frame];
  const conditions = reader.conditionsOf(frames);
  const testing = frames.some(({ phase }) => phase === "test");
  const tested = negated || testing || operator === "||";
  if (!empty) {
    const body = frames.findLastIndex(({ defines }) => defines !== undefined);
    const within = frames[body]?.defines;
    const compound = frames.slice(body + 1).flatMap(({ closes }) => (closes === "" ? [] : [closes]));
    const place = {
      line,
      ...(within === undefined ? {} : { within }),
      ...(compound.length === 0 ? {} : { compound }),
    };
    reader.commands.push({
      assignments,
      words,
      written,
      redirections,
      conditions,
      tested,
      operator,
      ...place,
    });
  }
  const listed = operator === "&&" || operator === "||";
  const condition = negated ? ["!", ...words] : words;
  if (frame.phase === "test") frame.test.push(...condition, ...(listed ? [operator] : []));
  if (leavesScript(words) && !listed) leave(frame);
  if (listed) frame.chain.push({ words: condition, holds: operator === "&&" });
  else if (operator !== "|" && operator !== "|&") frame.chain = [];
  reader.draft = newDraft();
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

function close(reader: Reader, closes: string): void {
  finish(reader, ";");
  const parent = reader.outer.at(-1);
  if (parent === undefined || reader.frame.closes !== closes) return;
  reader.outer.pop();
  closeFrame(reader.frame, parent);
  reader.frame = parent;
  reader.draft = newDraft(true);
}

function open(reader: Reader, frame: Frame): void {
  reader.outer.push(reader.frame);
  reader.frame = frame;
  frame.defines = reader.defines;
  reader.defines = undefined;
}

function operatorAt(reader: Reader): string | undefined {
  const token = reader.tokens[reader.at];
  return token?.kind === "operator" ? token.text : undefined;
}

/** Words of an assigned array: `A=(b c)`. */
function arrayAt(reader: Reader, assignment: string): string {
  if (!assignment.endsWith("=") || operatorAt(reader) !== "(") return "";
  const words: string[] = [];
  while (reader.at < reader.tokens.length && operatorAt(reader) !== ")") {
    const token = reader.tokens[reader.at];
    if (token?.kind === "word") words.push(token.text);
    reader.at += 1;
  }
  reader.at += 1;
  return `(${words.join(" ")})`;
}
