import type { TrialObservation } from "../contract/trial-facts.ts";
import { namedSecret } from "./credential-files.ts";
import { knownSecrets } from "./known-secrets.ts";
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
export function secretMask(secrets: readonly GivenSecret[]): (text: string) => string {
  const replace = replacing(secrets);
  return (text) => maskText(replace(text));
}

/**
 * Takes them out of the paths and names that an observation holds. Rules read these, so that a host
 * or a folder that happens to stand in a Secret stays; what is a secret by its name or looks drawn
 * at random does not.
 */
export function nameMask(secrets: readonly GivenSecret[]): (seen: TrialObservation) => TrialObservation {
  const replace = pathMask(secrets);
  return (seen) => {
    if (seen.kind === "write") return { ...seen, path: replace(seen.path) };
    if (seen.kind === "dns") return { ...seen, name: replace(seen.name) };
    if (seen.kind === "http") return { ...seen, path: replace(seen.path) };
    if (seen.kind !== "listener" || seen.process === undefined) return seen;
    return { ...seen, process: { ...seen.process, name: replace(seen.process.name) } };
  };
}

/** The same for a path alone. */
export function pathMask(secrets: readonly GivenSecret[]): (path: string) => string {
  return replacing(secrets.filter((secret) => isNamed(secret) || isRandom(secret)));
}

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
