import type { BaseFacts, Digest } from "../contract/image-facts.ts";
import { HOST, PATH } from "./image-names.ts";

/** Base images in a policy: a repository, all repositories below a name, or one image. */
export interface BaseName {
  /** Name such as `docker.io/library/debian`; with `below`, `docker.io/library` or a registry alone. */
  readonly repository: string;
  readonly below: boolean;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Every repository below a name. */
export const BELOW = new RegExp(`^(${HOST}(?:/${PATH})*)/\\*$`);
/** Repository, or a single image of it. */
export const IMAGE = new RegExp(
  `^(${HOST}(?:/${PATH})+)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);

/** Publishers with a namespace to which only they can push. */
export const PUBLISHERS: readonly string[] = [
  "docker.io/library/*",
  "docker.io/paketobuildpacks/*",
  "public.ecr.aws/docker/library/*",
  "gcr.io/distroless/*",
  "cgr.dev/chainguard/*",
  "mcr.microsoft.com/*",
  "registry.access.redhat.com/*",
];

/**
 * Base names of a policy.
 *
 * @param bases base images in the policy; absent: those of well-known publishers
 */
export function baseNames(bases: readonly string[] = PUBLISHERS): readonly BaseName[] {
  return bases.flatMap((text): readonly BaseName[] => {
    const [, prefix] = BELOW.exec(text) ?? [];
    if (prefix !== undefined) return [{ repository: prefix.toLowerCase(), below: true }];
    const image = imageOf(text);
    return image === undefined ? [] : [{ ...image, below: false }];
  });
}

/** Whether the policy counts every image of this repository as a base. */
export function namesRepository(names: readonly BaseName[], repository: string): boolean {
  const name = repository.toLowerCase();
  return names.some((one) => {
    if (one.below) return name.startsWith(`${one.repository}/`);
    return one.tag === undefined && one.digest === undefined && one.repository === name;
  });
}

/** Whether the policy counts a verified base, of this run or another, as a base. */
export function namesBase(names: readonly BaseName[], { reference }: BaseFacts): boolean {
  const image = imageOf(reference);
  if (image === undefined) return false;
  if (namesRepository(names, image.repository)) return true;
  return names.some(
    (one) =>
      !one.below &&
      one.repository === image.repository &&
      (one.tag === undefined || one.tag === image.tag) &&
      (one.digest === undefined || one.digest === image.digest),
  );
}

function imageOf(text: string): Omit<BaseName, "below"> | undefined {
  const [, repository, tag, digest] = IMAGE.exec(text) ?? [];
  if (repository === undefined) return undefined;
  return {
    repository: repository.toLowerCase(),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest: digest as Digest }),
  };
}
