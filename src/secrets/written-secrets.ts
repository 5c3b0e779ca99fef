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
import { settingsForm } from "./settings-form.ts";
import type { SecretSpan } from "./spans.ts";

/** Without one of these words nothing is found in what is written. */
const HINT = /pass|pwd|pw|secret|token|key|cred|mdp|jeton|cl[e\xe9\xc3]|psk|auth/i;
/** Commands have blanks, here-documents an operator: most texts of a manifest are words. */
const COMMAND = /[ \t]|<</;
const SED = /(?<![\w./-])sed(?=[ \t])/g;

/**
 * The secrets that commands write into files: `echo "password: x" > app.yml`, `printf`, here-documents,
 * what sed puts in the place of something. The text is read as the file that it becomes.
 */
export function inWritten(text: string): readonly SecretSpan[] {
  if (!COMMAND.test(text)) return [];
  return [...writtenFiles(text, mayHold), ...replacedIn(text)].flatMap((file) => spansOf(text, file));
}

function mayHold(part: string): boolean {
  return HINT.test(part);
}

function spansOf(text: string, { path, content, start, words }: WrittenFile): readonly SecretSpan[] {
  return inFile(path, content).map((span) => {
    if (words === undefined) return { ...span, start: span.start + start, end: span.end + start };
    const part = text.slice(start, start + COMMAND_LENGTH);
    const holder = words.find((word) => word.text.includes(span.value));
    // Escapes may stand between its characters: all of the word is taken for it.
    const value = part.includes(span.value) ? span.value : (holder?.written ?? part);
    const from = start + Math.max(0, part.indexOf(value));
    return { ...span, value, start: from, end: from + value.length };
  });
}

/** What has no ending is read as settings: so it was written. */
function inFile(name: string, content: string): readonly SecretSpan[] {
  const path = absolute(name);
  const found = credentialsOf(new ScannedText(() => content, path));
  const isKnown = settingsForm(path) !== undefined || /\.[^/]{1,100}$/.test(path);
  return found.length > 0 || isKnown
    ? found
    : literalSettings(new ScannedText(() => content, "/written.conf"));
}

/** `~` is root's; what is relative begins at the root. */
function absolute(name: string): string {
  const path = name.replace(/^~(?=\/)/, "/root").replace(/^(?:\.\/){1,10}/, "");
  return path.startsWith("/") ? path : `/${path}`;
}

/** `sed 's/password:.*\/password: x/' FILE`, `sed 's/__DB_PASSWORD__/x/' FILE`. */
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
    // A part of what is replaced stays.
    const plain = replacement.replace(/\\[\d&]/g, "${}");
    return plain === "" ? [] : [namedValue(pattern, plain) ?? plain];
  });
}

/** The value of what the pattern names. A word may be anything: `s/nullok_secure/nullok/`. */
function namedValue(pattern: string, value: string): string | undefined {
  const name = pattern.replace(/[^A-Za-z0-9]{1,100}/g, "_").replace(/^_|_$/g, "");
  const isValue = /[^A-Za-z_-]/.test(value) && !/[\s:=]/.test(value);
  return isValue && isNamedSecret(name, value) ? `${name}: ${value}` : undefined;
}
