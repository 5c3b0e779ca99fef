import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { containerName, placements } from "../contract/placement.ts";
import type { WorkloadFacts, WorkloadSecretFacts } from "../contract/workload-facts.ts";
import { byContent } from "./command-secrets.ts";
import { knownSecrets } from "./known-secrets.ts";
import { maskValue, secretId } from "./mask.ts";
import { looksRandom } from "./randomness.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";
import { mapWorkloadTexts, type WorkloadText } from "./workload-texts.ts";

/** Shorter values stand in too many texts by chance. */
const TELLING = 4;

/**
 * The same facts with every literal secret in variables, commands, probes, hooks and annotations
 * masked, and these secrets (`secrets`), by field. A value that was found in one field is masked in
 * the others, too, unless it is a common word; in annotations always: kubectl keeps a copy of the
 * whole manifest there. Facts that were masked before stay as they are.
 *
 * @throws InvalidInputError `workload-secret-limit`
 */
export function maskWorkload(facts: WorkloadFacts): WorkloadFacts {
  if (facts.secrets !== undefined) return facts;
  const containers = new Map(placements(facts).map((one) => [one.path, containerName(one)]));
  const secrets = new Map<string, WorkloadSecretFacts>();
  const found = new Map<string, SecretSpan>();
  const masked = mapWorkloadTexts(facts, (text, place) => {
    const seen = [...byContent(text), ...place.byName(text)].map((span) => inCluster(text, span));
    const spans = mergeSpans(text, seen);
    for (const span of spans) {
      found.set(span.value, span);
      const secret = secretAt(span, place, containers.get(place.container ?? "") ?? "");
      // A Pod's own annotations are its template's, too.
      secrets.set(`${secret.path} ${secret.id}`, secret);
    }
    if (secrets.size > LIMITS.secretsPerWorkload) throw exceeded(facts);
    return replaceSpans(text, spans);
  });
  if (found.size === 0) return { ...facts, secrets: [] };
  const known = [...found].filter(([value]) => value.length >= TELLING);
  const random = known.filter(([value]) => looksRandom(value));
  const everywhere = mapWorkloadTexts(masked, (text, { container }) => {
    const spans = knownSecrets(text, container === undefined ? known : random);
    return replaceSpans(text, mergeSpans(text, spans));
  });
  return { ...everywhere, secrets: [...secrets.values()] };
}

/** In a manifest a host of one word is a service of the cluster: only a pod's own address is local. */
function inCluster(text: string, span: SecretSpan): SecretSpan {
  if (span.kind !== "local-url-password" || OWN_ADDRESS.test(text.slice(span.end))) return span;
  return { ...span, kind: "url-password" };
}

const OWN_ADDRESS = /^@(?:localhost|127\.|\[?::1)/i;

/** The id names the container and the field, no position: it stays when lines are added. */
function secretAt(
  { kind, confidence, value }: SecretSpan,
  { path, name }: WorkloadText,
  container: string,
): WorkloadSecretFacts {
  const id = secretId(kind, `${container} ${name}`, value);
  return { path, name, kind, masked: maskValue(value), id, confidence };
}

function exceeded({ kind, name }: WorkloadFacts): InvalidInputError {
  return new InvalidInputError("workload-secret-limit", {
    fr: `le manifeste de ${kind}/${name} contient plus de ${LIMITS.secretsPerWorkload} secrets en clair (borne secretsPerWorkload) : les déplacer dans un Secret.`,
    en: `the manifest of ${kind}/${name} holds more than ${LIMITS.secretsPerWorkload} secrets in plain text (bound secretsPerWorkload): move them into a Secret.`,
  });
}
