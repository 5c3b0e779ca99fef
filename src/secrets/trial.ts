import type { TrialDependencyFacts } from "../contract/trial-dependency.ts";
import type { RawTrial, TrialFacts } from "../contract/trial-facts.ts";
import { namedSecret } from "./credential-files.ts";
import { knownSecrets } from "./known-secrets.ts";
import { mapTexts } from "./map-texts.ts";
import { masked } from "./masked.ts";
import { type MaskText, maskObservation } from "./observation.ts";
import { looksRandom } from "./randomness.ts";
import { maskText } from "./scan.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";

/** Shorter values stand in too many texts by chance. */
const TELLING = 4;
/** The same for what nobody calls a secret: `true`, `info`, `8080`. */
const TELLING_PLAIN = 8;
const RANDOM = 12;

/** A value that the container was given and that nobody may read, under the name that it had. */
export type GivenSecret = readonly [name: string, value: string];

/**
 * Of the values that the settings give (variables, files), what is masked as Secrets are: whole when
 * the name betrays it, otherwise the lines that are long enough to be no one else's.
 */
export function telling(values: readonly GivenSecret[]): readonly GivenSecret[] {
  return values.flatMap((given) => {
    if (isNamed(given)) return [given];
    const [name, value] = given;
    const lines = value.split("\n").filter((line) => line.trim().length >= TELLING_PLAIN);
    return lines.map((line) => [name, line] as const);
  });
}

/** Takes secrets out of what a container says: those that it was given, line by line, and what looks like one. */
export function secretMask(secrets: readonly GivenSecret[]): MaskText {
  const replace = replacing(secrets);
  return (text, path) => maskText(replace(text), path);
}

/** Everything that a trial's evidence says, without the secrets that the pod's containers were given. */
export interface TrialMask {
  /** What a container says. */
  readonly text: MaskText;
  /**
   * Names and paths. Rules read these, so that a host or a folder that happens to stand in a Secret
   * stays; what is a secret by its name or its content or looks drawn at random does not.
   */
  readonly name: MaskText;
}

/** @param secrets that any container of the pod was given */
export function trialMask(secrets: readonly GivenSecret[]): TrialMask {
  return { text: secretMask(secrets), name: pathMask(secrets) };
}

/** What was seen of a container, masked; of a trial that was handed in, by content alone. */
export function maskTrial(raw: RawTrial, mask: TrialMask = trialMask([])): TrialFacts {
  const { observations, dependencies, ...rest } = raw;
  // What it is bound to is compared with what is judged, whose secrets are masked by the manifest's own.
  const bound = mapTexts(rest, (text) => maskText(text));
  return masked({
    ...bound,
    ...(dependencies === undefined
      ? {}
      : { dependencies: dependencies.map((one) => maskDependency(one, mask)) }),
    observations: observations.map((seen) => maskObservation(seen, mask)),
  });
}

/** The settings name it; what it said last may hold any secret of the trial. */
export function maskDependency(facts: TrialDependencyFacts, { text }: TrialMask): TrialDependencyFacts {
  return mapTexts(facts, (value, { path }) => (path.at(-1) === "said" ? text(value) : maskText(value)));
}

/** For names and paths. */
export function pathMask(secrets: readonly GivenSecret[]): (path: string) => string {
  const known = secrets.filter((secret) => isNamed(secret) || isRandom(secret));
  const replace = replacing(known);
  return (path) => maskText(replace(isCut(path, known) ? "…" : path));
}

/** The kernel cuts a program's name; half a secret is not recognized any more. */
function isCut(name: string, secrets: readonly GivenSecret[]): boolean {
  if (name.length !== PROGRAM_NAME) return false;
  return secrets.some(([, value]) => value.length > name.length && value.includes(name));
}

const PROGRAM_NAME = 15;

function isNamed([name, value]: GivenSecret): boolean {
  return namedSecret({ name, value, start: 0, end: value.length }).length > 0;
}

/** Neither a host nor a path. */
function isRandom([, value]: GivenSecret): boolean {
  return value.length >= RANDOM && !/[./]/.test(value) && looksRandom(value);
}

function replacing(secrets: readonly GivenSecret[]): (text: string) => string {
  const lines = secrets.flatMap(([, value]) => [value, ...value.split("\n")]).map((value) => value.trim());
  const known = [...new Set(lines.filter(({ length }) => length >= TELLING).flatMap(writings))]
    .toSorted((a, b) => b.length - a.length)
    .map((value) => [value, { kind: "given", confidence: "confirmed" }] as const);
  return (text) => replaceSpans(text, mergeSpans(text, knownSecrets(text, known)));
}

/** As logs, URLs and headers write a value. */
function writings(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString("base64");
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.toWellFormed()), base64];
}
