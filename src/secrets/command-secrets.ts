import { namedSecret } from "./credential-files.ts";
import { codeUnits, findSecrets, mayHoldSecret } from "./find.ts";
import { inPrograms, programBefore } from "./program-secrets.ts";
import { ScannedText } from "./scanned-text.ts";
import { nameKind } from "./secret-name.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";
import { inWritten } from "./written-secrets.ts";

/** `NAME=value` in a command line; a version pin (`libtoken=1.2-r0`) is not a literal secret, see isLiteralSecret. */
const IN_COMMAND =
  /(?<![\w.$-])(?:--?)?(?<name>[A-Za-z_][\w.-]{1,100})=(?:"(?<double>[^"]{0,4096})"|'(?<single>[^']{0,4096})'|(?<bare>[^\s;&|"'`)]{1,4096}))/dg;

/**
 * Value after its flag, `--db-password x`. A flag at the end of the command, or before another flag, has no
 * value.
 */
const BEHIND_FLAG =
  /(?<![\w.$-])--(?<name>[A-Za-z][\w.-]{1,100})[ \t]{1,5}(?:"(?<double>[^"]{0,4096})"|'(?<single>[^']{0,4096})'|(?<bare>[^\s;&|"'`)\\<>-][^\s;&|"'`)]{0,4096}))/dg;

/** Pair of JSON in a command, such as `-d '{"password":"x"}'`, with or without quotes around. */
const IN_JSON =
  /(?<![\w\\])\\?"(?<name>[A-Za-z_][\w.-]{1,100})\\?"\s{0,5}:\s{0,5}\\?"(?<double>[^"\\\n]{1,4096})/dg;

/** An assignment in an expression of yq or jq: `.db.password = "x"`. */
const IN_QUERY = /\.(?<name>[A-Za-z_][\w.-]{1,100})[ ]{0,3}\|?=[ ]{0,3}\\?"(?<double>[^"\\\n]{1,4096})/dg;

/** Secrets recognised by their content alone, anywhere in the text. */
export function byContent(text: string): readonly SecretSpan[] {
  if (!mayHoldSecret(text)) return [];
  const scanned = new ScannedText(() => text, "");
  return findSecrets(scanned, codeUnits(text));
}

/**
 * Secrets given by name (`--password=x`, `PGPASSWORD=x psql`) or where a known program expects a secret
 * (`mysql -px`).
 */
export function inCommand(text: string): readonly SecretSpan[] {
  return [
    ...named(text, "=", IN_COMMAND),
    ...named(text, "--", BEHIND_FLAG),
    ...named(text, ":", IN_JSON),
    ...named(text, "=", IN_QUERY),
    ...inPrograms(text),
    ...inWritten(text),
  ];
}

/** Levels of nested quoting that are searched. */
const DEPTH = 3;

function named(text: string, hint: string, pattern: RegExp, depth = DEPTH): readonly SecretSpan[] {
  if (depth === 0 || !text.includes(hint)) return [];
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { double, single, bare } = match.indices?.groups ?? {};
    const [start, end] = double ?? single ?? bare ?? [0, 0];
    const value = text.slice(start, end);
    const found = namedSecret({ name: match.groups?.["name"] ?? "", value, start, end });
    if (found.length > 0) return found;
    // Assignments inside a value: JAVA_OPTS="-Dspring.datasource.password=x", --from-literal=password=x
    return named(value, hint, pattern, depth - 1).map((span) => ({
      ...span,
      start: span.start + start,
      end: span.end + start,
    }));
  });
}

/** A command line with its secrets masked, including secrets identified only by a flag's name. */
export function maskCommand(argv: readonly string[]): readonly string[] {
  return maskArguments(argv, (text) =>
    replaceSpans(text, mergeSpans(text, [...byContent(text), ...inCommand(text)])),
  );
}

/**
 * Words of a command line with their secrets masked: `--password=x` in one word, and `--password`, `x` in
 * two.
 */
export function maskArguments(
  argv: readonly string[],
  mask: (text: string, index: number) => string,
): readonly string[] {
  return argv.map((argument, index) => {
    const flag = /^--?([\w.-]{2,100})$/.exec(argv[index - 1] ?? "")?.[1] ?? "";
    const prefix = nameKind(flag) === undefined ? programBefore(argv, index) : `${flag}=`;
    return mask(prefix + argument, index).slice(prefix.length);
  });
}
