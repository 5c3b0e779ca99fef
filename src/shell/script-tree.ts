import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { type ShellToken, shellTokens } from "./tokens.ts";

/** A redirection of a command: `< FILE`, `2>> FILE`. */
interface TreeRedirection {
  readonly operator: string;
  readonly target: string;
}

/** A command of a shell script, as POSIX' grammar nests it. */
export type ShellNode =
  | {
      readonly kind: "simple";
      readonly assignments: readonly string[];
      readonly words: readonly string[];
      readonly redirections: readonly TreeRedirection[];
    }
  | { readonly kind: "group"; readonly body: ShellList; readonly subshell: boolean }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly test: ShellList; readonly body: ShellList }[];
      readonly otherwise: ShellList;
    }
  /** A loop; `for` has no test. */
  | { readonly kind: "loop"; readonly test: ShellList; readonly body: ShellList }
  | { readonly kind: "case"; readonly subject: string; readonly bodies: readonly ShellList[] }
  | { readonly kind: "function"; readonly name: string; readonly body: ShellNode }
  /** A compound command with redirections of its own. */
  | {
      readonly kind: "redirected";
      readonly node: ShellNode;
      readonly redirections: readonly TreeRedirection[];
    };

export interface ShellPipeline {
  readonly negated: boolean;
  readonly nodes: readonly ShellNode[];
}

/** Pipelines joined by `&&` and `||`; the first one has no operator. */
export interface AndOrList {
  readonly parts: readonly { readonly operator: "" | "&&" | "||"; readonly pipeline: ShellPipeline }[];
  readonly background: boolean;
}

export type ShellList = readonly AndOrList[];

interface Reader {
  readonly tokens: readonly ShellToken[];
  at: number;
  depth: number;
}

const CLOSERS = new Set(["then", "elif", "else", "fi", "do", "done", "esac", "}"]);
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
const REDIRECTION = /^(?:\d*[<>]|&>)/;
const DEEPEST = 100;

/**
 * Commands of a POSIX or bash script as a tree. A construct that is not closed extends to the end.
 *
 * @throws InvalidInputError if constructs nest more than 100 deep, or the script has more than
 *   LIMITS.shellConditions tokens
 */
export function shellTree(script: string): ShellList {
  const reader: Reader = { tokens: shellTokens(script), at: 0, depth: 0 };
  if (reader.tokens.length > LIMITS.shellConditions) throw tooMuch(`${LIMITS.shellConditions} words`);
  const lists: AndOrList[] = [];
  while (reader.at < reader.tokens.length) {
    lists.push(...readList(reader));
    // A closing word or bracket without an opening one is an error of the script.
    reader.at += 1;
  }
  return lists;
}

function tooMuch(bound: string): InvalidInputError {
  return new InvalidInputError("shell-tree", {
    fr: `un script dépasse ce qui en est lu (${bound}) : le simplifier`,
    en: `a script exceeds what is read of it (${bound}); simplify it`,
  });
}

function peek({ tokens, at }: Reader): ShellToken | undefined {
  return tokens[at];
}

function isOperator(reader: Reader, ...texts: readonly string[]): boolean {
  const token = peek(reader);
  return token?.kind === "operator" && texts.includes(token.text);
}

/** Whether this unquoted word follows. */
function isWord(reader: Reader, text: string): boolean {
  const token = peek(reader);
  return token?.kind === "word" && token.bare && token.text === text;
}

function take(reader: Reader, text: string): boolean {
  const has = isOperator(reader, text) || isWord(reader, text);
  if (has) reader.at += 1;
  return has;
}

function skipLines(reader: Reader): void {
  while (isOperator(reader, "\n")) reader.at += 1;
}

/** Lists up to a closing word, `)` or `;;`, which is not taken. */
function readList(reader: Reader): ShellList {
  deeper(reader);
  const lists: AndOrList[] = [];
  for (;;) {
    while (isOperator(reader, "\n", ";", "&")) reader.at += 1;
    const token = peek(reader);
    if (token === undefined || endsList(token)) break;
    lists.push(readAndOr(reader));
  }
  reader.depth -= 1;
  return lists;
}

function deeper(reader: Reader): void {
  reader.depth += 1;
  if (reader.depth > DEEPEST) throw tooMuch(`${DEEPEST} levels`);
}

function endsList(token: ShellToken): boolean {
  if (token.kind === "operator") return /^(?:\)|;;|;&|;;&|&&|\|\||\|&?)$/.test(token.text);
  return token.bare && CLOSERS.has(token.text);
}

function readAndOr(reader: Reader): AndOrList {
  const parts: { operator: "" | "&&" | "||"; pipeline: ShellPipeline }[] = [];
  let operator: "" | "&&" | "||" | undefined = "";
  while (operator !== undefined) {
    parts.push({ operator, pipeline: readPipeline(reader) });
    operator = take(reader, "&&") ? "&&" : take(reader, "||") ? "||" : undefined;
    if (operator !== undefined) skipLines(reader);
  }
  return { parts, background: isOperator(reader, "&") };
}

function readPipeline(reader: Reader): ShellPipeline {
  let negated = false;
  while (take(reader, "!")) negated = !negated;
  const nodes = [readCommand(reader)];
  while (take(reader, "|") || take(reader, "|&")) {
    skipLines(reader);
    nodes.push(readCommand(reader));
  }
  return { negated, nodes };
}

function readCommand(reader: Reader): ShellNode {
  const node = readCompound(reader);
  if (node === undefined) return readSimple(reader);
  const redirections = readRedirections(reader);
  return redirections.length === 0 ? node : { kind: "redirected", node, redirections };
}

function readCompound(reader: Reader): ShellNode | undefined {
  if (take(reader, "("))
    return closed(reader, ")", { kind: "group", body: readList(reader), subshell: true });
  if (take(reader, "{"))
    return closed(reader, "}", { kind: "group", body: readList(reader), subshell: false });
  if (take(reader, "if")) return readIf(reader);
  if (take(reader, "while") || take(reader, "until")) return readLoop(reader, readList(reader));
  if (take(reader, "for") || take(reader, "select")) {
    while (peek(reader) !== undefined && !isWord(reader, "do")) reader.at += 1;
    return readLoop(reader, []);
  }
  if (take(reader, "case")) return readCase(reader);
  if (take(reader, "function")) {
    const name = peek(reader)?.text ?? "";
    reader.at += 1;
    if (take(reader, "(")) take(reader, ")");
    return readFunction(reader, name);
  }
  return undefined;
}

function closed(reader: Reader, closer: string, node: ShellNode): ShellNode {
  take(reader, closer);
  return node;
}

function readIf(reader: Reader): ShellNode {
  const branches: { test: ShellList; body: ShellList }[] = [];
  do {
    const test = readList(reader);
    take(reader, "then");
    branches.push({ test, body: readList(reader) });
  } while (take(reader, "elif"));
  const otherwise = take(reader, "else") ? readList(reader) : [];
  return closed(reader, "fi", { kind: "if", branches, otherwise });
}

function readLoop(reader: Reader, test: ShellList): ShellNode {
  take(reader, "do");
  return closed(reader, "done", { kind: "loop", test, body: readList(reader) });
}

function readCase(reader: Reader): ShellNode {
  const subject = peek(reader)?.text ?? "";
  const bodies: ShellList[] = [];
  reader.at += 1;
  skipLines(reader);
  take(reader, "in");
  skipLines(reader);
  while (peek(reader) !== undefined && !isWord(reader, "esac")) {
    take(reader, "(");
    while (peek(reader) !== undefined && !isOperator(reader, ")")) reader.at += 1;
    reader.at += 1;
    bodies.push(readList(reader));
    if (!isWord(reader, "esac")) reader.at += 1;
    skipLines(reader);
  }
  return closed(reader, "esac", { kind: "case", subject, bodies });
}

function readFunction(reader: Reader, name: string): ShellNode {
  skipLines(reader);
  deeper(reader);
  const body = readCommand(reader);
  reader.depth -= 1;
  return { kind: "function", name, body };
}

function readRedirections(reader: Reader): readonly TreeRedirection[] {
  const redirections: TreeRedirection[] = [];
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    if (token.kind !== "operator" || !REDIRECTION.test(token.text)) break;
    reader.at += 1;
    const target = peek(reader);
    if (target?.kind !== "word") break;
    redirections.push({ operator: token.text, target: target.text });
    reader.at += 1;
  }
  return redirections;
}

function readSimple(reader: Reader): ShellNode {
  const [assignments, words, redirections] = [[], [], []] as [string[], string[], TreeRedirection[]];
  let bracketed = false;
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    if (token.kind === "word") {
      reader.at += 1;
      if (words.length === 0 && ASSIGNMENT.test(token.text)) {
        assignments.push(token.text);
        skipArray(reader, token.text);
      } else words.push(token.text);
      if (token.text === "[[" && words.length === 1) bracketed = true;
      if (token.text === "]]") bracketed = false;
    } else if (bracketed && token.text !== "\n") {
      reader.at += 1;
      words.push(token.text);
    } else if (REDIRECTION.test(token.text)) {
      const more = readRedirections(reader);
      redirections.push(...more);
    } else if (token.text === "(" && words.length === 1 && redirections.length === 0) {
      reader.at += 1;
      take(reader, ")");
      return readFunction(reader, words.join(""));
    } else break;
  }
  return { kind: "simple", assignments, words, redirections };
}

/** Passes the words of an assigned array: `A=(b c)`. */
function skipArray(reader: Reader, assignment: string): void {
  if (!assignment.endsWith("=") || !isOperator(reader, "(")) return;
  while (peek(reader) !== undefined && !isOperator(reader, ")")) reader.at += 1;
  reader.at += 1;
}
