import { type HandedDocument, handedDocuments } from "../shell/here-documents.ts";
import {
  COMMAND_LENGTH,
  commandsIn,
  firstCommand,
  type WrittenFile,
  type WrittenWord,
  wordsOf,
  writtenFiles,
} from "../shell/written-files.ts";
import { credentialsOf } from "./credential-files.ts";
import { literalSettings } from "./literal-settings.ts";
import { isNamedSecret } from "./named-secret.ts";
import { ScannedText } from "./scanned-text.ts";
import { isShown, settingsForm } from "./settings-form.ts";
import type { SecretSpan } from "./spans.ts";

/** Words, at least one of which occurs in every finding. */
const HINT = /pass|pwd|pw|secret|token|key|cred|mdp|jeton|cl[e\xe9\xc3]|psk|auth/i;
/**
 * Test for a command: commands contain blanks, here-documents an operator, whereas most texts of a manifest
 * are single words.
 */
const COMMAND = /[ \t]|<</;
const SED = /(?<![\w./-])sed(?=[ \t])/g;

/**
 * Secrets that commands write into files: `echo "password: x" > app.yml`, `printf`, here-documents,
 * replacements by sed. The text is scanned as the resulting file.
 */
export function inWritten(text: string): readonly SecretSpan[] {
  if (!COMMAND.test(text)) return [];
  return [
    ...[...writtenFiles(text, mayHold), ...replacedIn(text)].flatMap((file) => spansOf(text, file)),
    ...programsIn(text).flatMap((program) => inProgram(text, program)),
  ];
}

function mayHold(part: string): boolean {
  return HINT.test(part);
}

/** Content of a shell archive without the letter that begins each line, which sed removes on unpacking. */
function withoutMarks(content: string): string {
  if (!content.startsWith("X")) return content;
  const lines = content.replace(/\n$/, "").split("\n");
  return lines.every((line) => line.startsWith("X")) ? content.replace(/^X/gm, " ") : content;
}

function spansOf(text: string, { path, content, start, words }: WrittenFile): readonly SecretSpan[] {
  const plain = withoutMarks(content);
  return inFile(path, plain).map((span) => {
    if (words === undefined) return { ...span, start: span.start + start, end: span.end + start };
    const part = text.slice(start, start + COMMAND_LENGTH);
    const holder = words.find((word) => word.text.includes(span.value));
    // If escapes split the value, the whole word is masked.
    const value = part.includes(span.value) ? span.value : (holder?.written ?? part);
    const from = start + Math.max(0, part.indexOf(value));
    return { ...span, value, start: from, end: from + value.length };
  });
}

/** Secrets in the written content; a file without an extension is read as settings. */
function inFile(name: string, content: string): readonly SecretSpan[] {
  const path = absolute(name);
  const found = credentialsOf(new ScannedText(() => content, path));
  const isKnown = settingsForm(path) !== undefined || /\.[^/]{1,100}$/.test(path);
  return found.length > 0 || isKnown
    ? found
    : literalSettings(new ScannedText(() => content, "/written.conf"));
}

const INTERPRETER = /(?<![\w./-])(?:php|python|node|ruby|perl|deno|bun)[\d.]{0,5}(?=[ \t])/g;
const CODE_OPTION = /^-{1,2}(?:r|c|e|p|eval|print|run|ne|pe)$/;
const ENDINGS: Readonly<Record<string, string>> = {
  python: "py",
  node: "js",
  deno: "js",
  bun: "js",
  ruby: "rb",
  php: "php",
  perl: "pl",
};

/** Programs in other languages inside commands: here-documents, `php -r CODE`, `node -e CODE`. */
function programsIn(text: string): readonly HandedDocument[] {
  const typed = commandsIn(text, INTERPRETER, mayHold).flatMap(({ start, tokens }) => {
    const words = wordsOf(firstCommand(tokens));
    const written = words[words.findIndex((word) => CODE_OPTION.test(word.text)) + 1]?.written;
    const at = written === undefined ? -1 : text.indexOf(written, start);
    const language = /^[a-z]{1,10}/.exec(text.slice(start, start + 10))?.[0];
    const isCode = at >= 0 && written !== words[0]?.written && language !== undefined;
    return isCode ? [{ language, start: at, end: at + (written ?? "").length }] : [];
  });
  return [...handedDocuments(text), ...typed];
}

const LITERAL = /"([^"\n]{6,900})"|'([^'\n]{6,900})'/g;
const WRITES_FILE = /\b(?:write\w*|open|dump|file_put_contents|spew|File)\b/;

/**
 * Secrets in a program's code: values under a secret's name, and settings in literals that the program writes
 * to files.
 */
function inProgram(text: string, { language, start, end }: HandedDocument): readonly SecretSpan[] {
  const code = text.slice(start, end);
  if (!mayHold(code)) return [];
  const named = literalSettings(new ScannedText(() => code, `/settings.${ENDINGS[language]}`));
  const literals = WRITES_FILE.test(code) ? [...code.matchAll(LITERAL)] : [];
  const written = literals.flatMap(({ 1: double = "", 2: literal = double, index }) => {
    const settings = new ScannedText(() => literal.replace(/\\[nr]/g, " \n"), "");
    return writtenSettings(settings).map((span) => moved(span, index + 1));
  });
  return [...named, ...written].map((span) => moved(span, start));
}

function moved(span: SecretSpan, by: number): SecretSpan {
  return { ...span, start: span.start + by, end: span.end + by };
}

/** A line of settings, a comment, the head of a section, or a blank line. */
const SETTING =
  /^\s{0,40}(?:[#;].*|\[.{0,200}\]|(?:- )?["']?[\w.-]{1,100}["']?\s{0,20}[:=].*|- .*|[{}[\],]{1,5})?\s{0,20}$/;
const MOST_SETTINGS = 64 * 1024;

/** Literal secrets of a text without a file name, if it is JSON or consists of settings alone. */
export function writtenSettings({ text, path }: ScannedText): readonly SecretSpan[] {
  if (text.length > MOST_SETTINGS || !HINT.test(text) || isShown(path)) return [];
  const isObject = /^\s{0,40}[{[]/.test(text);
  const plain = text.replace(/\0{1,3}$/, "");
  const isSettings = isObject ? isJson(plain) : plain.split("\n").every((line) => SETTING.test(line));
  if (!isSettings) return [];
  return literalSettings(new ScannedText(() => plain, isObject ? "/written.json" : "/written.conf"));
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** Absolute path of a file: `~` is root's home, relative paths start at the root. */
function absolute(name: string): string {
  const path = name.replace(/^~(?=\/)/, "/root").replace(/^(?:\.\/){1,10}/, "");
  return path.startsWith("/") ? path : `/${path}`;
}

/** Replacements by sed: `sed 's/password:.*\/password: x/' FILE`, `sed 's/__DB_PASSWORD__/x/' FILE`. */
function replacedIn(text: string): readonly WrittenFile[] {
  return commandsIn(text, SED, mayHold).flatMap(({ start, tokens }) => {
    const words: readonly WrittenWord[] = wordsOf(firstCommand(tokens));
    const path = words.at(-1)?.text ?? "";
    return [{ path, start, words, content: words.flatMap((word) => replacements(word.text)).join("\n") }];
  });
}

function replacements(script: string): readonly string[] {
  return script.split(/[;\n]/).flatMap((command) => {
    const head = /(?:^|[\d,$/}])\s{0,5}s([^\w\s\\])/.exec(command);
    if (head === null) return [];
    const [pattern = "", replacement = ""] = command.slice(head.index + head[0].length).split(head[1] ?? "");
    // The replacement may refer to parts of the original text, which are left out.
    const plain = replacement.replace(/\\[\d&]/g, "${}");
    return plain === "" ? [] : [namedValue(pattern, plain) ?? plain];
  });
}

/** Value for the name in the pattern. A plain word is not a value: `s/nullok_secure/nullok/`. */
function namedValue(pattern: string, value: string): string | undefined {
  const name = pattern.replace(/[^A-Za-z0-9]{1,100}/g, "_").replace(/^_|_$/g, "");
  const isValue = /[^A-Za-z_-]/.test(value) && !/[\s:=]/.test(value);
  return isValue && isNamedSecret(name, value) ? `${name}: ${value}` : undefined;
}
