import { excerpt, quoted } from "../../contract/shown.ts";
import { mapsSource } from "../names/policy-patterns.ts";
import type { Job } from "./job.ts";
import { NotaryRefusal } from "./refusal.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Statements that a project may have signed about an image's repository. */
interface Statements {
  /** Types of predicates, as URIs. */
  readonly predicates: readonly string[];
  /**
   * Whether the project holds the image's source, so that a statement that names a commit must name the job's.
   * False for a deployment repository, whose pipeline scans an image that another project built.
   */
  readonly isSource: boolean;
}

/** Entry of the policy's map, by the project's URI, which begins with the forge's. */
interface MappedProject extends Statements {
  /** URI of the project, or its beginning and `/*`. */
  readonly source: string;
  /** Repositories with their registry; a `/*` stands for the same path as the `*` of `source`. */
  readonly repositories: readonly string[];
}

/** Entry of the notary's own list. */
interface ListedProject extends Statements {
  /** `url` of the issuer, since projects of two forges may have the same path. */
  readonly issuer: string;
  /** Path of the project: `social/portal`. */
  readonly project: string;
  /** Registry and repository, without tag: `registry.example/social/portal`. */
  readonly repository: string;
}

export type Application = MappedProject | ListedProject;

/**
 * Statements that this job may make about the repository. Without an entry, no connection is made and nothing
 * is signed. If several entries match, the job may make the statements of all of them, and is the source if
 * any entry allows it.
 *
 * @throws NotaryRefusal project-not-allowed
 */
export function applicationOf(
  applications: readonly Application[],
  request: { readonly job: Job; readonly issuer: TrustedIssuer; readonly repository: string },
): Statements {
  const found = applications.filter((one) => fits(one, request));
  if (found.length > 0)
    return {
      predicates: found.flatMap(({ predicates }) => predicates),
      isSource: found.some(({ isSource }) => isSource),
    };
  const [project, image] = [quoted(request.job.project), quoted(excerpt(request.repository))];
  throw new NotaryRefusal(403, "project-not-allowed", {
    fr: `la politique n'associe pas le projet ${project} au dépôt d'images ${image}. Demander à la plateforme d'ajouter cette application.`,
    en: `the policy does not map the project ${project} to the image repository ${image}. Ask the platform to add this application.`,
  });
}

function fits(one: Application, { job, issuer, repository }: Parameters<typeof applicationOf>[1]): boolean {
  if ("source" in one) return mapsSource(one, job.source, repository);
  return one.issuer === issuer.url && one.project === job.project && one.repository === repository;
}
