import { type Fields, objectAt, textAt } from "../../json/fields.ts";
import { isMergeRequestRef, isUnreviewedEvent } from "../names/unreviewed-code.ts";
import { type Ignored, ignored } from "./ignored.ts";

export const MERGE_REQUEST = ignored("merge-request", {
  fr: "signée pour le pipeline d'une merge request, ou d'un événement qui en exécute le code : personne ne l'a encore accepté",
  en: "signed for the pipeline of a merge request, or of an event that runs its code: nobody has accepted that yet",
});
export const UNPROTECTED = ignored("unprotected-ref", {
  fr: "signée pour une branche ou un tag qui n'est pas protégé",
  en: "signed for a branch or tag that is not protected",
});

/**
 * Reason why a provenance's code was not accepted by the project, by the parameters of the build: the event
 * of a merge request, a Git reference of a merge request, or an unprotected reference. Absent parameters have
 * no effect.
 */
export function unacceptedCode(predicate: Fields): Ignored | undefined {
  const definition = objectAt(predicate, "buildDefinition");
  const external = objectAt(definition, "externalParameters");
  const internal = objectAt(definition, "internalParameters");
  // SLSA provenance v0.2, as Tekton Chains and generators for GitHub write it.
  const invocation = objectAt(predicate, "invocation");
  const parameters = [
    external,
    objectAt(external, "workflow"),
    objectAt(external, "variables"),
    internal,
    objectAt(internal, "github"),
    objectAt(invocation, "parameters"),
    objectAt(invocation, "environment"),
  ];
  for (const one of parameters) {
    const isOfMergeRequest =
      MERGE_REQUEST_MARKS.some((name) => ![undefined, null, ""].includes(one[name] as string)) ||
      EVENTS.some((name) => isUnreviewedEvent(textAt(one, name))) ||
      REFS.some((name) => isMergeRequestRef(textAt(one, name)));
    if (isOfMergeRequest) return MERGE_REQUEST;
    if (PROTECTION.some((name) => ![undefined, null, "", true, "true"].includes(one[name] as string)))
      return UNPROTECTED;
  }
  return undefined;
}

const EVENTS = [
  "pipelineSource",
  "CI_PIPELINE_SOURCE",
  "event_name",
  "github_event_name",
  "GITHUB_EVENT_NAME",
];
const REFS = ["ref", "github_ref", "GITHUB_REF"];
const MERGE_REQUEST_MARKS = ["changeRequest", "CHANGE_ID", "CI_MERGE_REQUEST_IID"];
const PROTECTION = [
  "refProtected",
  "ref_protected",
  "CI_COMMIT_REF_PROTECTED",
  "github_ref_protected",
  "GITHUB_REF_PROTECTED",
];
