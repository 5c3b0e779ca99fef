import type {
  DockerfileFacts,
  DockerfileSecret,
  InstructionFacts,
  RawDockerfile,
  SearchedDockerfile,
} from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { byContent, inCommand } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import { type ChangeText, mapTexts } from "./map-texts.ts";
import { maskValue, secretId } from "./mask.ts";
import { masked } from "./masked.ts";
import { maskText } from "./scan.ts";
import { mergeSpans, type SecretSpan } from "./spans.ts";

/** A variable in the old form, `ENV NAME value`. */
const OLD_FORM =
  /(?<![^\n])[ \t]{0,100}ENV[ \t]{1,100}(?<name>[A-Za-z_][\w.-]{0,100})[ \t]{1,100}(?<value>[^\s=][^\r\n]{0,4096})(?![^\r\n])/dgi;

/** `NAME=value` of ENV, ARG and LABEL, where no shell ends the value at `&` or `;`. */
const ASSIGNED = /(?<![\w.$-])(?<name>[A-Za-z_][\w.-]{0,100})["']?=(?<value>[^\s"']{1,4096})/dg;
/** Fields kept unmasked: the path as the user typed it. */
const STAYS = ["file"];
/**
 * Fields with names of the format, of variables and of stages. A secret value that equals a common word is
 * not masked there.
 */
const NAMES: ReadonlySet<unknown> = new Set(["name", "form", "instruction", "code", "unknown"]);

/**
 * Masks every secret of the text throughout the facts, and lists the secrets with their places.
 *
 * @throws InvalidInputError `dockerfile-secret-limit`
 */
export function maskDockerfile(
  text: string,
  parsed: RawDockerfile,
  around: Pick<SearchedDockerfile, "context" | "builds"> = {},
): DockerfileFacts {
  const spans = mergeSpans(text, [
    ...byContent(text),
    ...inCommand(text),
    ...oldForm(text),
    ...assigned(text, parsed),
    ...inExecForm(text, parsed),
  ]);
  if (spans.length > LIMITS.secretsPerConfig) throw tooMany();
  const values = [...new Set(spans.map(({ value }) => value))].sort((a, b) => b.length - a.length);
  const facts = mapTexts({ ...parsed, ...around }, maskIn(values), STAYS);
  return masked({ ...facts, secrets: secretsOf(text, spans, parsed.instructions) });
}

function oldForm(text: string): readonly SecretSpan[] {
  return [...text.matchAll(OLD_FORM)].flatMap(named);
}

function assigned(text: string, { instructions }: RawDockerfile): readonly SecretSpan[] {
  const lines = lineStarts(text);
  return instructions
    .filter(({ name, onbuild }) => /^(?:ENV|ARG|LABEL)$/.test(name) && onbuild === undefined)
    .flatMap(({ line, endLine }) => {
      const begin = lines[line - 1] ?? 0;
      const part = text.slice(begin, lines[endLine]);
      return [...part.matchAll(ASSIGNED)]
        .flatMap(named)
        .map((span) => ({ ...span, start: span.start + begin, end: span.end + begin }));
    });
}

/**
 * Secrets in the words of a list, `CMD ["app", "--password", "x"]`, found as in a command line, each with its
 * place.
 */
function inExecForm(text: string, { instructions }: RawDockerfile): readonly SecretSpan[] {
  const lines = lineStarts(text);
  return instructions.flatMap(({ name, text: own, line, endLine }) => {
    if (!/^(?:CMD|ENTRYPOINT|RUN|HEALTHCHECK)$/.test(name) || !/\[\s{0,100}"/.test(own)) return [];
    const begin = lines[line - 1] ?? 0;
    const part = text.slice(begin, lines[endLine]).replace(/[[\]",]/g, " ");
    return inCommand(part).flatMap((span) => {
      const [start, end] = [span.start + begin, span.end + begin];
      const value = text.slice(start, end);
      return /[[\]",]/.test(value) ? [] : [{ ...span, start, end, value }];
    });
  });
}

function named(match: RegExpExecArray): readonly SecretSpan[] {
  const [start, end] = match.indices?.groups?.["value"] ?? [0, 0];
  const value = match.input.slice(start, end);
  return namedSecret({ name: match.groups?.["name"] ?? "", value, start, end });
}

/**
 * Mask of values that were found anywhere in the file, and of secrets that appear only after variables are
 * replaced.
 */
function maskIn(secrets: readonly string[]): ChangeText {
  return (text, { path, isKey }) => {
    if (isKey) return text;
    const known = NAMES.has(path.at(-1)) ? text : secrets.reduce(maskOne, text);
    return maskText(known);
  };
}

function maskOne(text: string, secret: string): string {
  return text.includes(secret) ? text.replaceAll(secret, () => maskValue(secret)) : text;
}

function secretsOf(
  text: string,
  spans: readonly SecretSpan[],
  instructions: readonly InstructionFacts[],
): readonly DockerfileSecret[] {
  const lines = lineStarts(text);
  return spans.flatMap(({ kind, confidence, start, value }) => {
    const index = lines.findLastIndex((offset) => offset <= start);
    const line = index + 1;
    const holder = instructions.findLast((one) => one.line <= line && line <= one.endLine);
    const begin = lines[index] ?? 0;
    const isComment = /^\s*#/.test(text.slice(begin, start));
    // A comment goes into no image.
    if (holder === undefined || isComment) return [];
    return [
      {
        kind,
        confidence,
        masked: maskValue(value),
        id: secretId(kind, holder.name, value),
        at: { line, column: 1 + start - begin },
        instruction: holder.name,
        ...(holder.stage === undefined ? {} : { stage: holder.stage }),
      },
    ];
  });
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function tooMany(): InvalidInputError {
  const limit = String(LIMITS.secretsPerConfig);
  return new InvalidInputError("dockerfile-secret-limit", {
    fr: `le Dockerfile contient plus de ${limit} secrets (borne secretsPerConfig) : les en retirer`,
    en: `the Dockerfile holds more than ${limit} secrets (bound secretsPerConfig): take them out`,
  });
}
