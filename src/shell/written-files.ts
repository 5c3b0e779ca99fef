import { hereDocuments } from "./here-documents.ts";
import { type ShellToken, shellTokens } from "./tokens.ts";

/** A text that a command puts into a file. */
export interface WrittenFile {
  /** Path as written, without quotes around the command. */
  readonly path: string;
  readonly content: string;
  /** Offset of the command or of the content. */
  readonly start: number;
  /** The words of echo or printf; absent for a here-document. */
  readonly words?: readonly WrittenWord[];
}

/** Word of a command line, without and with its quotes. */
export interface WrittenWord {
  readonly text: string;
  readonly written: string;
}

const WRITER = /(?<![\w./-])(?:echo|printf)(?=[ \t])/g;

/**
 * Files whose content a shell script or Dockerfile contains: here-documents of cat, tee and COPY, `echo … >
 * FILE`, `printf … | tee FILE`, `{ echo …; } > FILE`.
 *
 * @param isWanted whether a command is relevant, by its text
 */
export function writtenFiles(
  text: string,
  isWanted: (part: string) => boolean = () => true,
): readonly WrittenFile[] {
  const documents = hereDocuments(text).map(({ path, start, end }) => {
    return { path, start, content: text.slice(start, end) };
  });
  const written = commandsIn(text, WRITER, isWanted).flatMap(({ start, tokens }): readonly WrittenFile[] => {
    const own = firstCommand(tokens);
    const words = wordsOf(own);
    const path = target(own) ?? handedTo(tokens.slice(own.length));
    return path === undefined ? [] : [{ path, start, words, content: contentOf(words) }];
  });
  return [...documents, ...written];
}

/** Maximum number of characters of a command that are read. */
export const COMMAND_LENGTH = 2_048;
/** Maximum number of commands of one text that are read. */
const COMMANDS = 500;

/** Calls of a program, each with the text after its name. */
export function commandsIn(
  text: string,
  program: RegExp,
  isWanted: (part: string) => boolean,
): readonly { readonly start: number; readonly tokens: readonly ShellToken[] }[] {
  return [...text.matchAll(program)].slice(0, COMMANDS).flatMap(({ index }) => {
    const part = text.slice(index, index + COMMAND_LENGTH);
    return isWanted(part) ? [{ start: index, tokens: shellTokens(part) }] : [];
  });
}

/** The tokens up to the operator that ends the command. */
export function firstCommand(tokens: readonly ShellToken[]): readonly ShellToken[] {
  const end = tokens.findIndex(({ kind, text }) => kind === "operator" && !/[<>]/.test(text));
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** Words of a command, without redirections and their targets. */
export function wordsOf(tokens: readonly ShellToken[]): readonly WrittenWord[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const isTarget = before?.kind === "operator" && /[<>]/.test(before.text);
    return token.kind === "word" && !isTarget ? [token] : [];
  });
}

/** Target of a redirection, `> FILE` or `>> FILE`. */
function target(tokens: readonly ShellToken[]): string | undefined {
  const at = tokens.findIndex(({ kind, text }) => kind === "operator" && /^1?(?:>{1,2}|>\|)$/.test(text));
  return at < 0 ? undefined : nameOf(tokens[at + 1]);
}

/** Target of the output, written after the command: `| tee -a FILE`, or `} > FILE` of the enclosing group. */
function handedTo(tokens: readonly ShellToken[]): string | undefined {
  if (tokens[0]?.text === "|") {
    const words = wordsOf(firstCommand(tokens.slice(1))).map(({ text }) => text);
    const tee = words.indexOf("tee");
    return tee < 0 ? undefined : words.slice(tee + 1).find((word) => !word.startsWith("-"));
  }
  const closing = tokens.findIndex(
    ({ text }, index) => (text === "}" || text === ")") && tokens[index + 1]?.text.startsWith(">") === true,
  );
  return closing < 0 ? undefined : nameOf(tokens[closing + 2]);
}

/**
 * File name of a word, without the closing quote of a quotation around the command: `sh -c 'echo x > FILE'`.
 */
function nameOf(token: ShellToken | undefined): string | undefined {
  return token?.kind === "word" ? /^[^"'\\]{1,4096}/.exec(token.text)?.[0] : undefined;
}

function contentOf(words: readonly WrittenWord[]): string {
  const [program, ...args] = words.map(({ text }) => text);
  if (program === "printf") return formatted(args.filter((word) => word !== "--"));
  const first = args.findIndex((word) => !/^-[neE]{1,3}$/.test(word));
  return first < 0 ? "" : withNewlines(args.slice(first).join(" "));
}

/** The text with `\n`, `\r` and `\t` replaced by as many characters, so that offsets stay valid. */
function withNewlines(text: string): string {
  return text.replace(/\\[nr]/g, " \n").replace(/\\t/g, "\t ");
}

/** Maximum number of repetitions of one format. */
const ROUNDS = 200;

/** Text that printf prints; printf repeats its format until all arguments are used. */
function formatted([format = "", ...args]: readonly string[]): string {
  const parts: string[] = [];
  let left = args;
  for (let round = 0; round < ROUNDS && (round === 0 || left.length > 0); round++) {
    const given = left;
    let taken = 0;
    const part = withNewlines(format).replace(/%(?:%|-?\d{0,3}(?:\.\d{1,3})?[sbqdiu])/g, (directive) => {
      if (directive === "%%") return "%";
      taken += 1;
      return given[taken - 1] ?? "";
    });
    parts.push(part);
    if (taken === 0) break;
    left = left.slice(taken);
  }
  return parts.join("");
}
