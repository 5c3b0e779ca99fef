import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { parseReference } from "../../net/reference.ts";
import { type BaseName, namesRepository } from "../../policy/bases.ts";

// https://github.com/opencontainers/image-spec/blob/main/annotations.md
const DIGEST = "org.opencontainers.image.base.digest";
const NAME = "org.opencontainers.image.base.name";

/** What an image says of its base: a hint where to ask, which the registry confirms or not. */
interface ClaimedBase {
  readonly digest: Digest;
  /** In full, without tag; absent: only the digest is told. */
  readonly repository?: string;
}

/**
 * Images that may be this image's base by the policy's word, as references to ask registries for:
 * the one that the image itself names, then those that the policy does, none of the image's own
 * repository. No other registry is ever asked, whatever the image says.
 */
export function baseCandidates(image: OpenImage, names: readonly BaseName[]): readonly string[] {
  const claimed = claimedBase(image);
  // Who pushes the image pushes whatever else lies beside it.
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

/** The repository that the image names; where it names none, each of which the policy takes any image. */
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

/** Builders that keep no annotations (a docker archive has none) write the same as labels. */
function claimedBase({ annotations, config }: OpenImage): ClaimedBase | undefined {
  const labels = config.config?.Labels ?? {};
  const digest = annotations[DIGEST] ?? labels[DIGEST];
  if (digest === undefined || digest === null || !isDigest(digest)) return undefined;
  const repository = repositoryOf(annotations[NAME] ?? labels[NAME]);
  return repository === undefined ? { digest } : { digest, repository };
}

function repositoryOf(name: string | null | undefined): string | undefined {
  if (name === undefined || name === null || name === "") return undefined;
  try {
    const { registry, repository } = parseReference(name);
    return `${registry}/${repository}`;
  } catch {
    return undefined;
  }
}
