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

/** Digests by which a registry knows an image. */
export interface ImageDigests {
  /** Of the manifest, for the policy's platform. */
  readonly manifest?: Digest;
  readonly config: Digest;
}

/** Knowledge outside of the pod. */
export interface ComparisonPorts {
  /** Admission that let pods of this start into a namespace last; undefined if none did. @throws if it cannot be told */
  admission(namespace: string, start: Digest): Promise<Admission | undefined>;
  /** Time since which admissions are known, ISO 8601. */
  readonly knownSince: string;
  /** Whether an image with this digest of its manifest was judged. @throws if it cannot be told */
  isJudged(digest: Digest): Promise<boolean>;
  /** Digests of the image that a repository has under a digest; undefined if it has none, or cannot be asked. */
  resolve(repository: string, digest: Digest): Promise<ImageDigests | undefined>;
}

/**
 * Compares a pod with what was admitted. An imageID that is that of no image is reported without a measure; one that
 * is known as another image's is critical.
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
  // The API server counts whole seconds.
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
  // The repository is the judged one, never that of the status, which names whatever a node likes.
  const found = await ports.resolve(admitted.repository, runs);
  if (found === undefined || known.size === 0) return imageUnresolved(pod, image);
  const isSame = known.has(found.config) || (found.manifest !== undefined && known.has(found.manifest));
  return isSame ? undefined : imageDiffers(pod, image, admitted.digest);
}

/** Digests that stand for an admitted image: its manifest, its config, and the index or manifest that the pod names. */
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
