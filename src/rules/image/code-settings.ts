import { type CodeToken, codeTokens } from "./code-tokens.ts";
import { isEnvironmentName } from "./environment-values.ts";
import type { SettingLine } from "./setting-line.ts";

/** Formats and languages in which settings are literal texts under a name. */
export const CODE_SETTINGS = /\.(?:json5?|hcl|py|php|rb|exs|[cm]?[jt]s)$/i;

const DATA = /\.(?:json5?|hcl)$/i;

const OPENS = new Set(["{", "[", "("]);
const CLOSES = new Set(["}", "]", ")"]);
const GIVES = new Set(["=", ":", "=>", ":="]);
/** Signs after which a text is the complete value: nothing is appended, and nothing replaces it. */
const ENDS = new Set([",", ";", "\n", ...CLOSES]);
/** Words before a block that runs under a condition, or when it is called. */
const CONDITION = new Set(
  "if elif elseif elsif else unless switch case when match try except catch for foreach while function def".split(
    " ",
  ),
);
/** Words before an opening sign that name no section. */
const NAMELESS = new Set(["return", "define", "default", "exports", "module.exports"]);
const NAME = /^[A-Za-z_][\w.-]{0,120}$/;
/** Lines that begin a conditional block, or a class of one environment, in languages without braces. */
const BRANCH =
  /^[ \t]{0,200}(?:(?:async )?(?:if|elif|elsif|else|unless|case|when|match|try|except|rescue|for|while|def)\b|(?:class|configure|group)\b.{0,200}(?:prod|staging|recette|qualif|preprod|uat|dev|local|test))/i;
const INDENTED = /\.(?:py|rb|exs)$/i;

/**
 * Literal texts under a name (`HOST = "x"`, `'host' => 'x'`, `"host": "x"`, `define('HOST', 'x')`), with the
 * names of the enclosing sections. Omitted: values with a default, a condition or a function around
 * (`env("X", "y")`, `a || "x"`, `if … { host = "x" }`), and sections named for an environment, since the
 * program chooses among them.
 */
export function codeSettings(content: string, path: string): readonly SettingLine[] {
  const text = INDENTED.test(path) ? withoutBranches(content) : content;
  const tokens = codeTokens(text, path);
  const found: SettingLine[] = [];
  const open: Section[] = [];
  const isData = DATA.test(path);
  let waiting = false;
  for (const [at, token] of tokens.entries()) {
    const { kind, value } = token;
    if (kind === "word" && CONDITION.has(value)) waiting = true;
    if (kind === "sign" && value === ";") waiting = false;
    if (kind === "sign" && OPENS.has(value)) {
      open.push({ name: sectionName(tokens, at), isBranch: waiting && value === "{" });
      if (value === "{") waiting = false;
    }
    if (kind === "sign" && CLOSES.has(value)) open.pop();
    const setting = open.some((section) => isChosen(section, isData)) ? undefined : settingAt(tokens, at);
    if (setting !== undefined) found.push({ ...setting, name: joined(open, setting.name) });
  }
  return found;
}

interface Section {
  readonly name: string;
  readonly isBranch: boolean;
}

/** Whether a program chooses the section. In data, a section named for an environment may be the only one. */
function isChosen({ name, isBranch }: Section, isData: boolean): boolean {
  return isBranch || (!isData && isEnvironmentName(name));
}

function joined(open: readonly Section[], name: string): string {
  return [...open.map((section) => section.name).filter((section) => section !== ""), name].join(".");
}

/** Name before an opening sign: `database {`, `"db": {`, `$config = [`. */
function sectionName(tokens: readonly CodeToken[], at: number): string {
  const before = tokens[at - 1];
  const named = before?.kind === "sign" && GIVES.has(before.value) ? tokens[at - 2] : before;
  if (named === undefined || named.kind === "sign") return "";
  if (named.kind === "word" && NAMELESS.has(named.value)) return "";
  return NAME.test(named.value) ? named.value : "";
}

function settingAt(tokens: readonly CodeToken[], at: number): SettingLine | undefined {
  const name = tokens[at];
  if (name === undefined || name.kind === "sign" || !NAME.test(name.value)) return undefined;
  const isDefined = tokens[at - 1]?.value === "(" && tokens[at - 2]?.value === "define";
  const gives = tokens[at + 1];
  if (gives?.kind !== "sign" || !(GIVES.has(gives.value) || (isDefined && gives.value === ",")))
    return undefined;
  const value = tokens[at + 2];
  const end = tokens[at + 3];
  if (value?.kind !== "text" || !(end === undefined || (end.kind === "sign" && ENDS.has(end.value)))) {
    return undefined;
  }
  return { name: name.value, value: value.value.replaceAll("\\/", "/"), line: value.line };
}

/** The text with the lines of conditional blocks empty, so that line numbers stay. */
function withoutBranches(content: string): string {
  let branch = Number.POSITIVE_INFINITY;
  return content
    .split("\n")
    .map((line) => {
      if (line.trim() === "") return line;
      const indent = line.length - line.trimStart().length;
      if (indent <= branch) branch = BRANCH.test(line) ? indent : Number.POSITIVE_INFINITY;
      return indent > branch || BRANCH.test(line) ? "" : line;
    })
    .join("\n");
}
