import { excerpt, quoted } from "../../contract/shown.ts";
import type { Job } from "./job.ts";
import { NotaryRefusal } from "./refusal.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Statements that a project may have signed about an image's repository. */
export interface Application {
  /** `url` of the issuer; projects of two forges may have one path. */
  readonly issuer: string;
  /** Path of the project: `social/portal`. */
  readonly project: string;
  /** Registry and repository, without tag: `registry.example/social/portal`. */
  readonly repository: string;
  /** Types of predicates, as URIs. */
  readonly predicates: readonly string[];
  /**
   * Whether the project holds the image's source, so that a statement that names a commit must name the job's.
   * False for a deployment repository, whose pipeline scans an image that another project built.
   */
  readonly isSource: boolean;
}

/**
 * Entry for this job and repository. Without one, no connection is made and nothing is signed.
 *
 * @throws NotaryRefusal project-not-allowed
 */
export function applicationOf(
  applications: readonly Application[],
  {
    job,
    issuer,
    repository,
  }: { readonly job: Job; readonly issuer: TrustedIssuer; readonly repository: string },
): Application {
  const found = applications.find(
    (one) => one.issuer === issuer.url && one.project === job.project && one.repository === repository,
  );
  if (found !== undefined) return found;
  const [project, image] = [quoted(job.project), quoted(excerpt(repository))];
  throw new NotaryRefusal(403, "project-not-allowed", {
    fr: `la politique n'associe pas le projet ${project} au dépôt d'images ${image}. Demander à la plateforme d'ajouter cette application.`,
    en: `the policy does not map the project ${project} to the image repository ${image}. Ask the platform to add this application.`,
  });
}
