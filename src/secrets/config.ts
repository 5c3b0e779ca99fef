import { InvalidInputError } from "../contract/error.ts";
import type { SecretFacts } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { buildArguments } from "./build-arguments.ts";
import { byContent, inCommand, maskArguments } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import { looksRandom } from "./entropy.ts";
import { knownSecrets } from "./known-secrets.ts";
import { literalSettings } from "./literal-settings.ts";
import { maskValue, secretId } from "./mask.ts";
import { maskText } from "./scan.ts";
import { ScannedText } from "./scanned-text.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";

/** The fields of an image's config in which secrets are found. */
export interface ConfigText {
  /** Variables as `NAME=value`. */
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Texts of `created_by`, one per step. */
  readonly history: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly healthcheck: readonly string[];
  /** Texts of other fields, by the field's name in a report: `config.onBuild`, `history.comment`. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** Finds secrets by the names in a text. */
type Search = (text: string) => readonly SecretSpan[];

/**
 * Minimum length of a secret that is also masked in fields other than its own; shorter texts occur there by
 * chance.
 */
const TELLING = 6;

/**
 * Masks every secret in the fields of an image's config, and lists the secrets: each value once, at its first
 * place in the order env, labels, history, command, other fields. A value found in one field is masked in all
 * others, too, since the history repeats ENV unquoted.
 *
 * @throws InvalidInputError `config-secret-limit`
 */
export function maskConfig(raw: ConfigText): {
  readonly masked: ConfigText;
  readonly secrets: readonly SecretFacts[];
  /** Masks the secrets found here in any other text. */
  readonly elsewhere: (text: string) => string;
} {
  const found = new Map<string, SecretFacts>();
  const mask = (text: string, byName: Search, at: SecretFacts["at"]): string => {
    const spans = mergeSpans(text, [...byContent(text), ...byName(text), ...known(text, found)]);
    for (const span of spans) if (!found.has(span.value)) found.set(span.value, secretAt(span, at));
    assertBounded(found.size);
    return replaceSpans(text, spans);
  };
  const command = (text: string): string => mask(text, inCommand, { in: "command" });
  const masked: ConfigText = {
    env: raw.env.map((entry) =>
      mask(entry, inEntry, { in: "env", name: maskText(entry.split("=", 1)[0] ?? "") }),
    ),
    labels: mapValues(raw.labels, (value, name) =>
      mask(value, () => under(name, value), { in: "label", name: maskText(name) }),
    ),
    history: raw.history.map((text, step) => mask(text, inHistory, { in: "history", step })),
    entrypoint: maskArguments(raw.entrypoint, command),
    cmd: maskArguments(raw.cmd, command),
    healthcheck: maskArguments(raw.healthcheck, (text) =>
      mask(text, inCommand, { in: "field", name: "config.healthcheck" }),
    ),
    others: mapLists(raw.others, (text, name) => mask(text, inHistory, { in: "field", name })),
  };
  return {
    masked: mapTexts(masked, (text) => replaceSpans(text, mergeSpans(text, known(text, found)))),
    secrets: [...found.values()],
    elsewhere: (text) => {
      const random = new Map([...found].filter(([value]) => looksRandom(value)));
      return replaceSpans(text, mergeSpans(text, known(text, random)));
    },
  };
}

function assertBounded(count: number): void {
  if (count <= LIMITS.secretsPerConfig) return;
  throw new InvalidInputError("config-secret-limit", {
    fr: `la configuration de l'image contient plus de ${LIMITS.secretsPerConfig} secrets (borne secretsPerConfig) : retirer ces valeurs de ENV, ARG et LABEL.`,
    en: `the image's config holds more than ${LIMITS.secretsPerConfig} secrets (bound secretsPerConfig): take these values out of ENV, ARG and LABEL.`,
  });
}

function secretAt({ kind, confidence, value }: SecretSpan, at: SecretFacts["at"]): SecretFacts {
  return { kind, confidence, at, masked: maskValue(value), id: secretId(kind, placeOf(at), value) };
}

/**
 * Place without the number of the step, which changes when lines are inserted before it in the Dockerfile.
 */
function placeOf(at: SecretFacts["at"]): string {
  return "name" in at ? `${at.in} ${at.name}` : at.in;
}

/** Spans of values found in other fields, except values too common to be identified. */
function known(text: string, found: ReadonlyMap<string, SecretFacts>): readonly SecretSpan[] {
  return knownSecrets(
    text,
    [...found].filter(([value]) => value.length >= TELLING),
  );
}

function inEntry(entry: string): readonly SecretSpan[] {
  const cut = entry.indexOf("=");
  if (cut < 0) return [];
  const value = entry.slice(cut + 1);
  const named = namedSecret({ name: entry.slice(0, cut), value, start: cut + 1, end: entry.length });
  // Secrets inside a value: JAVA_OPTS=-Dspring.datasource.password=x, DSN=host=db password=x
  const within = inCommand(value).map((span) => {
    return { ...span, start: span.start + cut + 1, end: span.end + cut + 1 };
  });
  return [...named, ...within, ...inJson(value, cut + 1)];
}

/** Settings as JSON inside one variable, such as SPRING_APPLICATION_JSON and VCAP_SERVICES. */
function inJson(value: string, offset: number): readonly SecretSpan[] {
  if (!/^\s{0,20}[[{]/.test(value)) return [];
  return literalSettings(new ScannedText(() => value, "/variable.json")).map((span) => {
    return { ...span, start: span.start + offset, end: span.end + offset };
  });
}

function under(name: string, value: string): readonly SecretSpan[] {
  return namedSecret({ name, value, start: 0, end: value.length });
}

function inHistory(text: string): readonly SecretSpan[] {
  const spans = buildArguments(text).flatMap(namedSecret);
  const end = spans.at(-1)?.end ?? 0;
  return [...spans, ...inCommand(text).filter((span) => span.start >= end)];
}

/** `--password=x`, `TOKEN=x` in a command line. */
function mapTexts(config: ConfigText, change: (text: string) => string): ConfigText {
  return {
    env: config.env.map(change),
    labels: mapValues(config.labels, change),
    history: config.history.map(change),
    entrypoint: config.entrypoint.map(change),
    cmd: config.cmd.map(change),
    healthcheck: config.healthcheck.map(change),
    others: mapLists(config.others, change),
  };
}

function mapLists(
  lists: ConfigText["others"],
  change: (text: string, name: string) => string,
): ConfigText["others"] {
  return Object.fromEntries(
    Object.entries(lists).map(([name, texts]) => [name, texts.map((text) => change(text, name))]),
  );
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string, name: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [maskText(name), change(value, name)]),
  );
}
