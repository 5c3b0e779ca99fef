import type { TrialDependencyFacts } from "../contract/trial-dependency.ts";
import type { RawTrial, TrialFacts } from "../contract/trial-facts.ts";
import { namedSecret } from "./credential-files.ts";
import { looksRandom } from "./entropy.ts";
import { mapTexts } from "./map-texts.ts";
import { masked } from "./masked.ts";
import { type MaskText, maskObservation } from "./observation.ts";
import { maskText } from "./scan.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";
import { ValueSearch } from "./value-search.ts";

/** Minimum length of a masked value; shorter values occur by chance in too many texts. */
const TELLING = 4;
/** Shortest value without a secret's name that is masked: `true`, `info` and `8080` are not. */
const TELLING_PLAIN = 8;
const RANDOM = 12;

/** A secret value given to the container, under its name. */
export type GivenSecret = readonly [name: string, value: string];

/**
 * Values of the settings (variables, files) that are masked like those of Secrets: as a whole if the name
 * denotes a secret, otherwise lines that are long enough to be distinctive.
 */
export function telling(values: readonly GivenSecret[]): readonly GivenSecret[] {
  return values.flatMap((given) => {
    if (isNamed(given)) return [given];
    const [name, value] = given;
    const lines = value.split("\n").filter((line) => line.trim().length >= TELLING_PLAIN);
    return lines.map((line) => [name, line] as const);
  });
}

/**
 * Masks a container's output: the secret values given to the container, line by line, and anything that looks
 * like a secret.
 */
export function secretMask(secrets: readonly GivenSecret[]): MaskText {
  const replace = replacing(secrets);
  return (text, path) => maskText(replace(text), path);
}

/** Masks for all texts of a trial's evidence. */
export interface TrialMask {
  /** Mask for a container's output. */
  readonly text: MaskText;
  /**
   * Mask for names and paths. Rules read these, so a host or folder that also occurs in a Secret stays; a
   * value is masked only if its name, content or randomness marks it as secret.
   */
  readonly name: MaskText;
}

/**
 * Masks for one trial.
 *
 * @param secrets secrets given to any container of the pod
 */
export function trialMask(secrets: readonly GivenSecret[]): TrialMask {
  return { text: secretMask(secrets), name: pathMask(secrets) };
}

/** Masked facts of a trial. A trial that the user supplied is masked by content only. */
export function maskTrial(raw: RawTrial, mask: TrialMask = trialMask([])): TrialFacts {
  const { observations, dependencies, ...rest } = raw;
  // Bindings are masked by content alone, since they are compared with the subject, which is masked by the
  // manifest's own secrets.
  const bound = mapTexts(rest, (text) => maskText(text));
  return masked({
    ...bound,
    ...(dependencies === undefined
      ? {}
      : { dependencies: dependencies.map((one) => maskDependency(one, mask)) }),
    observations: observations.map((seen) => maskObservation(seen, mask)),
  });
}

/**
 * Masks a dependency's facts: its name comes from the settings; its last output may contain any secret of the
 * trial.
 */
export function maskDependency(facts: TrialDependencyFacts, { text }: TrialMask): TrialDependencyFacts {
  return mapTexts(facts, (value, { path }) => (path.at(-1) === "said" ? text(value) : maskText(value)));
}

/** Mask for names and paths. */
export function pathMask(secrets: readonly GivenSecret[]): (path: string) => string {
  const known = secrets.filter((secret) => isNamed(secret) || isRandom(secret));
  const replace = replacing(known);
  return (path) => maskText(replace(isCut(path, known) ? "…" : path));
}

/**
 * Whether a program's name may be a secret cut short: the kernel cuts the name, and no detector recognises
 * half a secret.
 */
function isCut(name: string, secrets: readonly GivenSecret[]): boolean {
  if (name.length !== PROGRAM_NAME) return false;
  return secrets.some(([, value]) => value.length > name.length && value.includes(name));
}

const PROGRAM_NAME = 15;

function isNamed([name, value]: GivenSecret): boolean {
  return namedSecret({ name, value, start: 0, end: value.length }).length > 0;
}

/** Whether the value looks random and is neither a host nor a path. */
function isRandom([, value]: GivenSecret): boolean {
  return value.length >= RANDOM && !/[./]/.test(value) && looksRandom(value);
}

function replacing(secrets: readonly GivenSecret[]): (text: string) => string {
  const lines = secrets.flatMap(([, value]) => [value, ...value.split("\n")]).map((value) => value.trim());
  const search = new ValueSearch([...new Set(lines)].filter(({ length }) => length >= TELLING));
  return (text) => replaceSpans(text, mergeSpans(text, search.spans(text)));
}
