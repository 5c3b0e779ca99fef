import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import { type Fields, objectAt, textAt } from "../../json/fields.ts";
import { mapsSource } from "../names/policy-patterns.ts";
import { NOTARY_FIELD } from "../notary/notary-record.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { StatedProvenance } from "./slsa-provenance.ts";
import { statedValue } from "./stated-value.ts";
import { MERGE_REQUEST, UNPROTECTED } from "./unaccepted-code.ts";

/**
 * Reason why a statement proves no row although its signature is valid: the notary signed it for a job whose
 * code is not reviewed. In a provenance, the predicate says so itself; in other statements, the notary's
 * record does.
 */
export function notaryProblem(predicate: Fields): Ignored | undefined {
  const record = objectAt(predicate, NOTARY_FIELD);
  for (const fields of [predicate, record]) {
    if (fields["mergeRequest"] === true) return MERGE_REQUEST;
    if (fields["refProtected"] === false) return UNPROTECTED;
  }
  const isRecorded = predicate[NOTARY_FIELD] !== undefined;
  // A record counts as one of a protected reference only if it states so.
  if (isRecorded && (record["mergeRequest"] !== false || record["refProtected"] !== true)) return UNKNOWN;
  return undefined;
}

/** Project of the job for which the notary signed; undefined if the notary did not sign. */
export function notarySource(predicate: Fields): string | undefined {
  if (predicate[NOTARY_FIELD] === undefined) return undefined;
  return textAt(objectAt(predicate, NOTARY_FIELD), "source") ?? "";
}

/**
 * Reason why the job's project may not attest an image: the notary names the project of a job, and the policy
 * maps the project to other repositories.
 *
 * @param repository repository of the image; absent for an image that is in no registry
 */
export function foreignProject(
  predicate: Fields,
  { applications, scanners = [] }: Pick<AttestationPolicy, "applications" | "scanners">,
  repository: string | undefined,
): Ignored | undefined {
  const source = notarySource(predicate);
  if (source === undefined) return undefined;
  const isMapped =
    repository !== undefined &&
    [...applications, ...scanners].some((one) => mapsSource(one, source, repository));
  return isMapped ? undefined : otherProject(source, repository);
}

/** Reason why the notary's record and the provenance that it signed name different builds. */
export function recordContradiction(
  predicate: Fields,
  stated: Pick<StatedProvenance, "source" | "commit" | "ref" | "builder">,
): Ignored | undefined {
  const record = objectAt(predicate, NOTARY_FIELD);
  const differs = (["source", "commit", "ref", "builder"] as const).some((field) => {
    const recorded = textAt(record, field);
    return recorded !== undefined && stated[field] !== undefined && recorded !== stated[field];
  });
  return differs ? CONTRADICTED : undefined;
}

/** Commit of the job for which the notary signed, if the job's project holds this source. */
export function notaryCommit(predicate: Fields, source: string): string | undefined {
  const record = objectAt(predicate, NOTARY_FIELD);
  return textAt(record, "source") === source ? textAt(record, "commit") : undefined;
}

function otherProject(source: string, repository: string | undefined): Ignored {
  const project = quoted(statedValue(source));
  if (repository === undefined)
    return ignored("notary-project", {
      fr: `signée pour un job de ${project} ; l'image n'est pas dans un registre, et aucun dépôt n'est à comparer avec les applications de la politique`,
      en: `signed for a job of ${project}; the image is not in a registry, so there is no repository to compare with the policy's applications`,
    });
  const image = quoted(excerpt(repository));
  return ignored("notary-project", {
    fr: `signée pour un job de ${project}, que la politique n'associe pas à ${image} (applications, avec builds: false s'il ne fait qu'analyser)`,
    en: `signed for a job of ${project}, which the policy does not map to ${image} (applications, with builds: false if it only scans)`,
  });
}

const CONTRADICTED = ignored("notary-record-contradicted", {
  fr: "la provenance et le job que le notaire a inscrit nomment des sources, des commits ou des références différents",
  en: "the provenance and the job that the notary recorded name different sources, commits or references",
});
const UNKNOWN = ignored("notary-record-invalid", {
  fr: "le notaire ne dit pas si la référence Git du job est protégée",
  en: "the notary does not say whether the job's Git reference is protected",
});
