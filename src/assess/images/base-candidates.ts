import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { parseReference } from "../../net/reference.ts";
import { type BaseName, namesRepository } from "../../policy/bases.ts";

// Annotations of a base image: https://github.com/opencontainers/image-spec/blob/main/annotations.md
const DIGEST = "org.opencontainers.image.base.digest";
const NAME = "org.opencontainers.image.base.name";

/** Image as far as its base is looked for. */
export interface BasedImage extends Pick<OpenImage, "source" | "annotations"> {
  readonly config: Pick<OpenImage["config"], "config">;
}

/** Base that an image claims: a hint for queries, which a registry must confirm. */
interface ClaimedBase {
  readonly digest: Digest;
  /** Full repository without tag; absent if only the digest is stated. */
  readonly repository?: string;
}

/**
 * References of images that are possibly this image's base, by the policy: first the claimed base, then the
 * bases that the policy names; never images of the image's own repository. No registry outside the policy is
 * contacted, whatever the image claims.
 */
export function baseCandidates(image: BasedImage, names: readonly BaseName[]): readonly string[] {
  const claimed = claimedBase(image);
  // The image's own repository is excluded: its author can push any base there.
  const isOther = (one: string) => one !== repositoryOf(image.source);
  const exact = names.filter(({ below }) => !below);
  const own =
    claimed === undefined
      ? []
      : repositoriesOf(claimed, names, exact)
          .filter(isOther)
          .map((repository) => `${repository}@${claimed.digest}`);
  const named = exact.flatMap(({ repository, tag, digest }) => {
    if ((tag === undefined && digest === undefined) || !isOther(repository)) return [];
    return [`${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`];
  });
  return [...new Set([...own, ...named])].slice(0, LIMITS.baseCandidates);
}

/**
 * Repositories to search: the claimed repository; without a claim, all repositories that the policy allows as
 * a whole.
 */
function repositoriesOf(
  { repository }: ClaimedBase,
  names: readonly BaseName[],
  exact: readonly BaseName[],
): readonly string[] {
  if (repository !== undefined) return namesRepository(names, repository) ? [repository] : [];
  return exact
    .filter(({ tag, digest }) => tag === undefined && digest === undefined)
    .map((one) => one.repository);
}

/** Base claimed in annotations, or in labels by builders without annotations (a docker-archive has none). */
function claimedBase({ annotations, config }: BasedImage): ClaimedBase | undefined {
  const labels = config.config?.Labels ?? {};
  const digest = annotations[DIGEST] ?? labels[DIGEST];
  if (digest === undefined || digest === null || !isDigest(digest)) return undefined;
  const repository = repositoryOf(annotations[NAME] ?? labels[NAME]);
  return repository === undefined ? { digest } : { digest, repository };
}

function repositoryOf(name: string | null | undefined): string | undefined {
  if (name === undefined || name === null) return undefined;
  try {
    const { registry, repository } = parseReference(name);
    return `${registry}/${repository}`;
  } catch {
    return undefined;
  }
}
