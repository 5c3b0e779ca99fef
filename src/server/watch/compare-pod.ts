import type { Digest } from "../../contract/image-facts.ts";
import { parseReference } from "../../net/reference.ts";
import type { Admission, JudgedImage } from "../ports.ts";
import {
  type Finding,
  imageDiffers,
  imageUnresolved,
  mirrorPod,
  podEarlier,
  podUnadmitted,
} from "./findings.ts";
import { digestOfImageId } from "./image-id.ts";
import type { RunningImage, RunningPod } from "./running-pod.ts";

/** Digests of an image in a registry. */
export interface ImageDigests {
  /** Digest of the manifest for the policy's platform. */
  readonly manifest?: Digest;
  readonly config: Digest;
}

/** Sources of a comparison, beside the pod. */
export interface ComparisonPorts {
  /**
   * Newest admission of pods with this start in a namespace; undefined if there is none.
   *
   * @throws if the store does not answer
   */
  admission(namespace: string, start: Digest): Promise<Admission | undefined>;
  /** Time from which all admissions are known, ISO 8601. */
  readonly knownSince: string;
  /**
   * Whether an image with this manifest digest was judged.
   *
   * @throws if the store does not answer
   */
  isJudged(digest: Digest): Promise<boolean>;
  /**
   * Digests of the image with this digest in a repository; undefined if there is none, or if the registry
   * does not answer.
   */
  resolve(repository: string, digest: Digest): Promise<ImageDigests | undefined>;
}

/**
 * Compares a pod with its admission. An image that cannot be resolved by its imageID gives
 * `image-unresolved`; an imageID of another known image gives `image-differs`.
 *
 * @throws as the ports
 */
export async function comparePod(
  pod: RunningPod,
  ports: ComparisonPorts,
): Promise<{ readonly admission?: Admission; readonly findings: readonly Finding[] }> {
  const admission = await ports.admission(pod.namespace, pod.start);
  if (admission === undefined) return { findings: [unadmitted(pod, ports.knownSince)] };
  const findings: Finding[] = [];
  for (const image of pod.images) {
    const finding = await compareImage(pod, image, admission, ports);
    if (finding !== undefined) findings.push(finding);
  }
  return { admission, findings };
}

function unadmitted(pod: RunningPod, knownSince: string): Finding {
  if (pod.isMirror) return mirrorPod(pod);
  // The API server's timestamps have whole seconds.
  const isEarlier = Date.parse(pod.createdAt) + 1_000 < Date.parse(knownSince);
  return isEarlier ? podEarlier(pod) : podUnadmitted(pod);
}

async function compareImage(
  pod: RunningPod,
  image: RunningImage,
  { images }: Admission,
  ports: ComparisonPorts,
): Promise<Finding | undefined> {
  const all = images.filter(({ container }) => container === image.container);
  const [admitted] = all;
  const runs = digestOfImageId(image.imageId);
  if (admitted === undefined || runs === undefined) return imageUnresolved(pod, image);
  const known = new Set(all.flatMap(digestsOf));
  if (known.has(runs)) return undefined;
  if (known.size > 0 && (await ports.isJudged(runs))) return imageDiffers(pod, image, admitted.digest);
  // The repository is the judged one: the status is written by the node, which could name any repository.
  const found = await ports.resolve(admitted.repository, runs);
  if (found === undefined || known.size === 0) return imageUnresolved(pod, image);
  const isSame = known.has(found.config) || (found.manifest !== undefined && known.has(found.manifest));
  return isSame ? undefined : imageDiffers(pod, image, admitted.digest);
}

/**
 * Digests that identify an admitted image: of its manifest, its config, and the index or manifest named by
 * the pod.
 */
function digestsOf({ digest, config, reference }: JudgedImage): readonly Digest[] {
  return [digest, config, namedDigest(reference)].filter((one) => one !== undefined);
}

function namedDigest(reference: string): Digest | undefined {
  try {
    return parseReference(reference).digest;
  } catch {
    return undefined;
  }
}
