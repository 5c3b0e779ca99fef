import { escapedUnits } from "../contract/code-units.ts";

/**
 * Characters that affect a reader's terminal, browser or eye instead of being read: controls (Cc: C0, DEL,
 * C1), formats (Cf: bidirectional overrides, zero-width characters, tags), line and paragraph separators,
 * lone surrogates, and the two noncharacters that XML 1.0 forbids. Also `##[command]`, which GitHub's runner
 * executes anywhere in a line of the log.
 */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{FFFE}\u{FFFF}]|#(?=#\[)/gu;

/** Hostile characters, except line breaks. */
const HOSTILE_IN_LINES = new RegExp(`(?!\\n)(?:${HOSTILE.source})`, "gu");

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/**
 * Text that needs no escaping. Nearly all text is ASCII, and a test without Unicode's properties is several
 * times as fast.
 */
const HARMLESS = /^(?:[ -"$-~]|#(?!#\[))*$/;

/** The text with all hostile characters escaped as in JSON (`\u202e`): always one line, safe to print. */
export function visible(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text.replace(HOSTILE, (character) => SHORT.get(character) ?? escapedUnits(character));
}

/** Text for a message of SARIF, in which `[words](address)` would be a link that viewers open (§3.11.6). */
export function messageText(text: string): string {
  return visible(text).replaceAll("](", "\\u005d(");
}

/**
 * Line for a log. At its beginning, even after spaces, `::command::` would be a command to GitHub's runner.
 */
export function logLine(line: string): string {
  return line.replace(/^(\s*):(?=:[a-z])/i, "$1\\u003a");
}

/** The value as indented JSON; exact for a parser, harmless in a terminal. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(HOSTILE_IN_LINES, escapedUnits);
}

/** Text for HTML or XML, in an element or a quoted attribute. */
export function escapeMarkup(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A sentence as HTML: text in backticks becomes code, and French punctuation never begins a line. */
export function htmlProse(text: string): string {
  return escapeMarkup(text)
    .replace(/(?<!\S)`([^`]+)`(?=[.,;:)]*(?:\s|$))/g, "<code>$1</code>")
    .replace(/<code>[^<]*<\/code>|(?<=«) | (?=[:;?!»])/g, (part) => (part === " " ? "\u00a0" : part));
}

/** Code span for any text: its fence is longer than every run of backticks inside (CommonMark 6.1). */
export function markdownCode(text: string): string {
  const content = visible(text);
  const runs = content.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const pad = /^[` ]|[` ]$/.test(content) || content === "" ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** Code span for the cell of a table; the text cannot end the cell. */
export function markdownCell(text: string): string {
  return markdownCode(text.replaceAll("|", "\\u007c"));
}

/**
 * Words, numbers and punctuation without a meaning in GitHub's or GitLab's dialect: not Markdown, HTML, a
 * link, a mention (`@name`), an emoji (`:name:`) or a reference (`#1`, `!1`, `GH-1`).
 */
const PLAIN = /^(?:[«("'’]*(?:\p{L}+(?:['’-]\p{L}+)*|\d{1,6})[,;:?!.)»"'’…]*|»[,;:.)]*|[«:;?!–—·…])$/u;

/**
 * Code span of the sentence itself, or a quotation in guillemets, with the punctuation after it; otherwise
 * one word.
 */
const PIECES = /`([^`]+)`([.,;:)]*)(?=\s|$)|« ([^«»]+) »([.,;:)]*)(?=\s|$)|\S+/gu;

/** A place, possibly in parentheses of the sentence: `(deploy.yaml:3),`. */
const PARENTHESISED = /^(\()?([^()]+?)(\)?[,;:.]?)$/u;

/**
 * Sentence for Markdown. Plain words stay; everything else becomes code spans, in which renderers do not look
 * for markup, links or mentions. Backslashes would not suffice: GitHub still resolves `\@name`.
 *
 * @param linkOf returns the address of a place in the user's files, `deploy.yaml:3:9`; undefined if there is
 * none
 */
export function markdownProse(text: string, linkOf: LinkOf = noLink): string {
  const out: string[] = [];
  let code: string[] = [];
  const flush = (): void => {
    // A full stop that ends the sentence is not part of a preceding path.
    const text = code.join(" ");
    const end = Math.max(1, text.search(/(?<![.,])[.,]*$/));
    if (text !== "") out.push(`${markdownLink(text.slice(0, end), linkOf)}${text.slice(end)}`);
    code = [];
  };
  for (const [piece, quoted, after, named, afterName] of withCommand(visible(text)).matchAll(PIECES)) {
    if (named !== undefined) {
      flush();
      out.push(`« ${isPlain(named) ? named : markdownCode(named)} »${afterName}`);
      continue;
    }
    // At the start of a line, "7." and "7)" would begin a list.
    const numbered = out.length === 0 && /^\d+[.)]/.test(piece);
    if (quoted === undefined && (numbered || !PLAIN.test(piece))) {
      const [, open = "", core = "", close = ""] = PARENTHESISED.exec(piece) ?? [];
      // A parenthesis or comma after a place ends the place's code span.
      if (numbered || (open === "" && !/^[),]/.test(close) && linkOf(core) === undefined)) {
        code.push(piece);
        continue;
      }
      flush();
      out.push(`${open}${markdownLink(core, linkOf)}${close}`);
      continue;
    }
    flush();
    out.push(quoted === undefined ? piece : `${markdownCode(quoted)}${after}`);
  }
  flush();
  return out.join(" ");
}

/** URL of a place in the user's files, if there is one. */
export type LinkOf = (place: string) => string | undefined;

const noLink: LinkOf = () => undefined;

/** A code span, linked to the place that it names. */
function markdownLink(text: string, linkOf: LinkOf): string {
  const address = linkOf(text);
  return address === undefined ? markdownCode(text) : `[${markdownCode(text)}](${address})`;
}

/** Beginnings of commands at the end of our sentences: `Run: helm template … | douane check -f -`. */
const PROGRAMS = ["(cd ", "docker ", "douane ", "helm ", "kubectl ", "kustomize ", "npm ", "podman "];

/** The text with the command at its end, if any, in backticks. */
function withCommand(text: string): string {
  const at = Math.max(...[": ", "→ "].map((mark) => text.lastIndexOf(mark) + mark.length));
  const command = text.slice(at);
  if (command.includes("`") || !PROGRAMS.some((program) => command.startsWith(program))) return text;
  const end = command.endsWith(".") ? command.length - 1 : command.length;
  return `${text.slice(0, at)}\`${command.slice(0, end)}\`${command.slice(end)}`;
}

function isPlain(text: string): boolean {
  return text.split(" ").every((word) => PLAIN.test(word));
}
