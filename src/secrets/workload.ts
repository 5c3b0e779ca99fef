import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { containerName, placements } from "../contract/pod-containers.ts";
import type { RawWorkload, WorkloadFacts, WorkloadSecretFacts } from "../contract/workload-facts.ts";
import { type CarriedSecrets, carriedKey, carriedSecrets } from "./carried-secrets.ts";
import { byContent } from "./command-secrets.ts";
import { looksRandom } from "./entropy.ts";
import { mayHoldSecret } from "./find.ts";
import { knownSecrets } from "./known-secrets.ts";
import { mapTexts, type TextPlace } from "./map-texts.ts";
import { maskValue, secretId } from "./mask.ts";
import { masked } from "./masked.ts";
import { maskText } from "./scan.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";
import { isAnnotation, suspectedBy, wordBefore } from "./workload-names.ts";
import { type FieldPlace, fieldPlace } from "./workload-place.ts";

/**
 * Minimum length of a value that is masked in other fields; shorter values occur by chance in too many texts.
 */
const TELLING = 4;
/** Field kept unmasked: the location of the object, which is a file's name as the user typed it, or a UID. */
const STAYS = ["at"];

/**
 * Masks every literal secret in a workload's facts, in any field, and lists the secrets (`secrets`) by field.
 * A value found in one field is masked in the others, too, unless it is a common word; in annotations it is
 * always masked, since kubectl stores a copy of the whole manifest there. Masking twice changes nothing.
 *
 * @throws InvalidInputError `workload-secret-limit`
 */
export function maskWorkload(raw: RawWorkload): WorkloadFacts {
  const search = new Search(raw);
  const facts = mapTexts(raw, (text, place) => search.mask(text, place), STAYS);
  const { found } = search;
  const { secrets = [] } = facts;
  if (found.size === 0) return masked({ ...facts, secrets });
  const known = [...found].filter(([value]) => value.length >= TELLING);
  const random = known.filter(([value]) => looksRandom(value));
  const change = (text: string, { path }: TextPlace): string => {
    const spans = knownSecrets(text, isAnnotation(path) ? known : random);
    return spans.length === 0 ? text : replaceSpans(text, mergeSpans(text, spans));
  };
  const everywhere = mapTexts({ ...facts, secrets }, change, STAYS);
  return masked({ ...everywhere, secrets: [...everywhere.secrets, ...search.secrets()] });
}

/** Secrets found in one workload. */
class Search {
  readonly found = new Map<string, SecretSpan>();
  readonly #facts: RawWorkload;
  /** Secrets by path and id, so that equal annotations of a Pod and its template count once. */
  readonly #secrets = new Map<string, WorkloadSecretFacts>();

  readonly #carried: CarriedSecrets;

  constructor(facts: RawWorkload) {
    this.#facts = facts;
    this.#carried = carriedSecrets(facts);
  }

  mask(text: string, place: TextPlace): string {
    if (place.isKey && isHarmlessKey(text)) return text;
    // The preceding word may define the meaning: `--password`, `x`.
    const before = wordBefore(place);
    const whole = before + text;
    const [content, names] = [byContent(whole), [...suspectedBy(whole, place), ...this.#carriedBy(place)]];
    if (content.length + names.length === 0) return text;
    const spans = mergeSpans(whole, [...content, ...names]);
    const at = fieldPlace(this.#facts, place);
    for (const span of spans) {
      this.found.set(span.value, span);
      if (at !== undefined) this.#note(span, at);
    }
    return replaceSpans(whole, spans).slice(before.length);
  }

  #carriedBy({ path, isKey }: TextPlace): readonly SecretSpan[] {
    if (isKey || this.#carried.size === 0) return [];
    const span = this.#carried.get(carriedKey(path));
    return span === undefined ? [] : [span];
  }

  /** Secrets of containers first, in the order of placements(). */
  secrets(): readonly WorkloadSecretFacts[] {
    const paths = placements(this.#facts).map(({ path }) => `${path}.`);
    const rank = ({ path }: WorkloadSecretFacts): number => {
      const index = paths.findIndex((container) => path.startsWith(container));
      return index < 0 ? paths.length : index;
    };
    return [...this.#secrets.values()].toSorted((a, b) => rank(a) - rank(b));
  }

  /**
   * Records a secret. Its id consists of the container and the field without positions, so that added lines
   * do not change it.
   */
  #note({ kind, confidence, value }: SecretSpan, { path, name }: FieldPlace): void {
    const holder = placements(this.#facts).find((one) => path.startsWith(`${one.path}.`));
    const container = holder === undefined ? "" : containerName(holder);
    const id = secretId(kind, `${container} ${name}`, value);
    this.#secrets.set(`${path} ${id}`, { path, name, kind, masked: maskValue(value), id, confidence });
    if (this.#secrets.size > LIMITS.secretsPerWorkload) throw exceeded(this.#facts);
  }
}

/** The keys of an API are the same in every workload. */
const HARMLESS_KEYS = new Set<string>();
const MOST_KEYS = 2_000;

function isHarmlessKey(key: string): boolean {
  if (HARMLESS_KEYS.has(key)) return true;
  if (mayHoldSecret(key)) return false;
  if (HARMLESS_KEYS.size < MOST_KEYS) HARMLESS_KEYS.add(key);
  return true;
}

function exceeded({ kind, name }: RawWorkload): InvalidInputError {
  const of = maskText(`${kind}/${name}`);
  return new InvalidInputError("workload-secret-limit", {
    fr: `le manifeste de ${of} contient plus de ${LIMITS.secretsPerWorkload} secrets en clair (borne secretsPerWorkload) : les déplacer dans un Secret.`,
    en: `the manifest of ${of} holds more than ${LIMITS.secretsPerWorkload} secrets in plain text (bound secretsPerWorkload): move them into a Secret.`,
  });
}
