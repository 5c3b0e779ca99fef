import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { AndOrList, ShellList, ShellNode, ShellPipeline, ShellRedirection } from "./script-nodes.ts";
import { type ShellToken, shellTokens } from "./tokens.ts";

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
  const line = lineAt(reader);
  const redirections = readRedirections(reader);
  return redirections.length === 0 ? node : { kind: "redirected", node, redirections, line };
}

function readCompound(reader: Reader): ShellNode | undefined {
  if (take(reader, "("))
    return closed(reader, ")", { kind: "group", body: readList(reader), subshell: true });
  if (take(reader, "{"))
    return closed(reader, "}", { kind: "group", body: readList(reader), subshell: false });
  if (take(reader, "if")) return readIf(reader);
  if (take(reader, "while")) return readLoop(reader, false, readList(reader));
  if (take(reader, "until")) return readLoop(reader, true, readList(reader));
  if (take(reader, "for") || take(reader, "select")) {
    while (peek(reader) !== undefined && !isWord(reader, "do")) reader.at += 1;
    return readLoop(reader, false, []);
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

function readLoop(reader: Reader, isUntil: boolean, test: ShellList): ShellNode {
  take(reader, "do");
  return closed(reader, "done", { kind: "loop", isUntil, test, body: readList(reader) });
}

function readCase(reader: Reader): ShellNode {
  const subject = peek(reader)?.text ?? "";
  const branches: { patterns: readonly string[]; body: ShellList }[] = [];
  reader.at += 1;
  skipLines(reader);
  take(reader, "in");
  skipLines(reader);
  while (peek(reader) !== undefined && !isWord(reader, "esac")) {
    branches.push({ patterns: readPatterns(reader), body: readList(reader) });
    if (!isWord(reader, "esac")) reader.at += 1;
    skipLines(reader);
  }
  return closed(reader, "esac", { kind: "case", subject, branches });
}

/** Patterns up to their bracket, `a|b)`. An extended pattern of bash, `@(a|b)`, has its own brackets. */
function readPatterns(reader: Reader): readonly string[] {
  const patterns: string[] = [];
  let pattern = "";
  let depth = 0;
  take(reader, "(");
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    reader.at += 1;
    if (isBracket(token, ")") && depth === 0) break;
    if (isBracket(token, "(")) depth += 1;
    if (isBracket(token, ")")) depth -= 1;
    if (isBracket(token, "|") && depth === 0) {
      patterns.push(pattern);
      pattern = "";
    } else pattern += token.text;
  }
  return [...patterns, pattern];
}

function isBracket({ kind, text }: ShellToken, sign: string): boolean {
  return kind === "operator" && text === sign;
}

function readFunction(reader: Reader, name: string): ShellNode {
  skipLines(reader);
  deeper(reader);
  const body = readCommand(reader);
  reader.depth -= 1;
  return { kind: "function", name, body };
}

function readRedirections(reader: Reader): readonly ShellRedirection[] {
  const redirections: ShellRedirection[] = [];
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
  const [assignments, words, written]: [string[], string[], string[]] = [[], [], []];
  const redirections: ShellRedirection[] = [];
  const line = lineAt(reader);
  let bracketed = false;
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    if (token.kind === "word") {
      reader.at += 1;
      const isAssignment = ASSIGNMENT.test(token.text);
      // An argument may be an array, too: `local A=(b c)`.
      const array = isAssignment ? readArray(reader, token.text) : "";
      if (isAssignment && words.length === 0) {
        assignments.push(token.text + array);
        continue;
      }
      words.push(token.text + array);
      written.push(token.written + array);
      if (token.text === "[[" && words.length === 1) bracketed = true;
      if (token.text === "]]") bracketed = false;
    } else if (bracketed && token.text !== "\n") {
      reader.at += 1;
      words.push(token.text);
      written.push(token.text);
    } else if (REDIRECTION.test(token.text)) {
      const more = readRedirections(reader);
      redirections.push(...more);
    } else if (token.text === "(" && words.length === 1 && redirections.length === 0) {
      reader.at += 1;
      take(reader, ")");
      return readFunction(reader, words.join(""));
    } else break;
  }
  return { kind: "simple", assignments, words, written: written.join(" "), redirections, line };
}

/** Words of an assigned array: `A=(b c)`. */
function readArray(reader: Reader, assignment: string): string {
  if (!assignment.endsWith("=") || !take(reader, "(")) return "";
  const words: string[] = [];
  for (let token = peek(reader); token !== undefined; token = peek(reader)) {
    reader.at += 1;
    if (token.kind === "word") words.push(token.text);
    else if (token.text === ")") break;
  }
  return `(${words.join(" ")})`;
}

function lineAt(reader: Reader): number {
  return peek(reader)?.line ?? 0;
}
