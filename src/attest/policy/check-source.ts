import type { AttestationCheck } from "../../contract/attestation-facts.ts";
import type { SourceApplication } from "../../contract/attestation-policy.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { fillsRepository, mapsSource, matchesRef } from "../names/policy-patterns.ts";
import { type Ignored, ignored, separate } from "./ignored.ts";
import type { AcceptedProvenance } from "./judge-provenance.ts";
import type { SourceVerifications } from "./source-verifications.ts";
import { statedValue } from "./stated-value.ts";

/** Result of the check of the source, with the provenances that pass. */
export interface SourceCheck {
  readonly check: AttestationCheck;
  readonly provenances: readonly AcceptedProvenance[];
}

/**
 * Check that the image comes from a project that may fill its repository. Without a repository (an image in a
 * folder), all provenances are returned, and the check is unproven.
 *
 * @param provenances accepted provenances, best first
 */
export function checkSource(
  provenances: readonly AcceptedProvenance[],
  applications: readonly SourceApplication[],
  repository: string | undefined,
  verifications: SourceVerifications,
): SourceCheck {
  if (provenances.length === 0)
    return { check: { id: "source", answer: "no", text: NONE, ignored: [] }, provenances };
  if (repository === undefined)
    return { check: { id: "source", answer: "unproven", text: NO_REPOSITORY, ignored: [] }, provenances };
  const known = applications.filter((one) => fillsRepository(one, repository));
  if (known.length === 0)
    return {
      check: { id: "source", answer: "no", text: notMapped(repository), ignored: [] },
      provenances: [],
    };
  const problems = provenances.map(
    (one) => sourceProblem(one, known, repository) ?? verifications.problemOf(one),
  );
  const { passing, refused } = separate(provenances, problems);
  const [best] = passing;
  const result =
    best === undefined
      ? { answer: "no" as const, text: OTHER_SOURCE }
      : {
          answer: "yes" as const,
          text: sourceText(best, verifications.wordOf(best)),
          by: best.statement.name,
        };
  const notCounted = [...refused, ...verifications.refusedFor(provenances)];
  return { check: { id: "source", ...result, ignored: notCounted }, provenances: passing };
}

function sourceProblem(
  { source, ref }: AcceptedProvenance,
  applications: readonly SourceApplication[],
  repository: string,
): Ignored | undefined {
  const mapped = applications.filter((one) => mapsSource(one, source, repository));
  const [project, image] = [quoted(statedValue(source)), quoted(excerpt(repository))];
  if (mapped.length === 0) {
    return ignored("other-source", {
      fr: `construite depuis ${project}, que la politique n'associe pas à ${image}`,
      en: `built from ${project}, which the policy does not map to ${image}`,
    });
  }
  if (mapped.some(({ refs }) => refs === undefined || (ref !== undefined && matchesRef(refs, ref))))
    return undefined;
  const seen = ref === undefined ? "?" : quoted(statedValue(ref));
  return ignored("ref-not-allowed", {
    fr: `construite depuis la référence Git ${seen}, que la politique n'admet pas pour ${image}`,
    en: `built from the Git reference ${seen}, which the policy does not allow for ${image}`,
  });
}

function sourceText({ source, commit, ref }: AcceptedProvenance, verified: Text) {
  const at = ref === undefined ? "" : `, ${statedValue(ref)}`;
  const seen = `${statedValue(source)} (${commit}${at})`;
  return { fr: `construite depuis ${seen}${verified.fr}`, en: `built from ${seen}${verified.en}` };
}

const NONE = {
  fr: "sans provenance admise, la source de l'image n'est pas connue",
  en: "without an accepted provenance, the image's source is not known",
};
const NO_REPOSITORY = {
  fr: "l'image n'est pas dans un registre : aucun dépôt à comparer avec les applications de la politique",
  en: "the image is not in a registry: there is no repository to compare with the policy's applications",
};
const OTHER_SOURCE = {
  fr: "aucune provenance admise n'est d'une source que la politique associe à ce dépôt",
  en: "no accepted provenance is of a source that the policy maps to this repository",
};

function notMapped(repository: string) {
  const image = quoted(excerpt(repository));
  return {
    fr: `la politique n'associe aucune source à ${image} (applications)`,
    en: `the policy maps no source to ${image} (applications)`,
  };
}
