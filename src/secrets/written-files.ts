import { type ShellToken, shellTokens } from "../shell/words.ts";
import { credentialsOf } from "./credential-files.ts";
import { hereDocuments } from "./here-documents.ts";
import { ScannedText } from "./scanned-text.ts";
import { settingsForm } from "./settings-form.ts";
import type { SecretSpan } from "./spans.ts";
import { type Word, writtenContent } from "./written-content.ts";

/** Programs whose arguments become the content of a file. */
const WRITER = /(?<![\w./-])(?:echo|printf|sed)(?=[ \t])/g;
/** As much of a command is read as people write. */
const COMMAND = 2_048;
/** Without one of these words nothing is found in what is written. */
const HINT = /pass|pwd|pw|secret|token|key|cred|mdp|jeton|cl[e\xe9\xc3]|psk|auth/i;
/** More such commands stand in no text that somebody wrote. */
const COMMANDS = 500;

/**
 * The secrets that commands write into files: `echo "password: x" > app.yml`, `printf`, here-documents,
 * what sed puts in the place of something. The text is read as the file that it becomes.
 */
export function inWritten(text: string): readonly SecretSpan[] {
  return [...inDocuments(text), ...inArguments(text)];
}

function inDocuments(text: string): readonly SecretSpan[] {
  return hereDocuments(text).flatMap(({ path, start, end }) => {
    const spans = inFile(path, text.slice(start, end));
    return spans.map((span) => ({ ...span, start: span.start + start, end: span.end + start }));
  });
}

function inArguments(text: string): readonly SecretSpan[] {
  return [...text.matchAll(WRITER)].slice(0, COMMANDS).flatMap(({ index }) => {
    const part = text.slice(index, index + COMMAND);
    if (!HINT.test(part)) return [];
    const tokens = shellTokens(part);
    const own = command(tokens);
    const words = wordsOf(own);
    const behind = tokens.slice(own.length);
    const path = words[0]?.text === "sed" ? words.at(-1)?.text : (target(own) ?? handedTo(behind));
    if (path === undefined) return [];
    return inFile(path, writtenContent(words)).map((span) => {
      const holder = words.find((word) => word.text.includes(span.value));
      // Escapes may stand between its characters: all of the word is taken for it.
      const value = part.includes(span.value) ? span.value : (holder?.written ?? part);
      const start = index + Math.max(0, part.indexOf(value));
      return { ...span, value, start, end: start + value.length };
    });
  });
}

/** What has no ending is read as settings: so it was written. */
function inFile(name: string, content: string): readonly SecretSpan[] {
  const path = absolute(name);
  const isKnown = settingsForm(path) !== undefined || /\.[^/]{1,100}$/.test(path);
  return credentialsOf(new ScannedText(() => content, isKnown ? path : `${path}.conf`));
}

/** `~` is root's; what is relative begins at the root. */
function absolute(name: string): string {
  const path = name.replace(/^~(?=\/)/, "/root").replace(/^(?:\.\/){1,10}/, "");
  return path.startsWith("/") ? path : `/${path}`;
}

/** The tokens up to the operator that ends the command. */
function command(tokens: readonly ShellToken[]): readonly ShellToken[] {
  const end = tokens.findIndex(endsCommand);
  return end < 0 ? tokens : tokens.slice(0, end);
}

function endsCommand({ kind, text }: ShellToken): boolean {
  return kind === "operator" && !/[<>]/.test(text);
}

function wordsOf(tokens: readonly ShellToken[]): readonly Word[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const isTarget = before?.kind === "operator" && /[<>]/.test(before.text);
    return token.kind === "word" && !isTarget ? [token] : [];
  });
}

/** Of `> FILE`, `>> FILE`. */
function target(tokens: readonly ShellToken[]): string | undefined {
  const at = tokens.findIndex(({ kind, text }) => kind === "operator" && /^1?(?:>{1,2}|>\|)$/.test(text));
  return at < 0 ? undefined : nameOf(tokens[at + 1]);
}

/** What follows the command: `| tee -a FILE`, or `} > FILE` of the group in which it stands. */
function handedTo(tokens: readonly ShellToken[]): string | undefined {
  if (tokens[0]?.text === "|") {
    const words = wordsOf(command(tokens.slice(1))).map(({ text }) => text);
    const tee = words.indexOf("tee");
    return tee < 0 ? undefined : words.slice(tee + 1).find((word) => !word.startsWith("-"));
  }
  const closing = tokens.findIndex(
    ({ text }, index) => (text === "}" || text === ")") && tokens[index + 1]?.text.startsWith(">") === true,
  );
  return closing < 0 ? undefined : nameOf(tokens[closing + 2]);
}

/** The quotation around the command ends with it: `sh -c 'echo x > FILE'`. */
function nameOf(token: ShellToken | undefined): string | undefined {
  return token?.kind === "word" ? /^[^"'\\]{1,4096}/.exec(token.text)?.[0] : undefined;
}
