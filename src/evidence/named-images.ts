import { DouaneError } from "../contract/error.ts";
import type { ReferenceFacts } from "../contract/evidence.ts";
import {
  containerName,
  imageField,
  imagePlacements,
  type PlacementFacts,
} from "../contract/pod-containers.ts";
import { quoted } from "../contract/shown.ts";
import { aboutWorkload, fileProblem, type SourceProblem } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import { invalidAt, type WorkloadFacts } from "../contract/workload-facts.ts";
import { parseReference } from "../net/reference.ts";
import { problemAt } from "../workload/objects/problem.ts";

/** An image that containers or volumes of workloads name. */
export interface NamedImage {
  readonly reference: ReferenceFacts;
  /** Containers and volumes that use the image, in the order of the workloads. */
  readonly users: readonly ImageUser[];
}

export interface ImageUser {
  readonly workload: WorkloadFacts;
  readonly placement: PlacementFacts;
}

export interface NamedImages {
  /** Images by their text in the manifests, in the order of first occurrence. */
  readonly images: ReadonlyMap<string, NamedImage>;
  /** Containers and volumes whose image is not a valid reference. */
  readonly problems: readonly SourceProblem[];
}

/**
 * Images that the workloads name, each once. A manifest can only name images of registries: `oci:app` is tag
 * `app` of a repository `oci`, as the kubelet reads it.
 */
export function namedImages(workloads: readonly WorkloadFacts[]): NamedImages {
  const images = new Map<string, { readonly reference: ReferenceFacts; readonly users: ImageUser[] }>();
  const problems: SourceProblem[] = [];
  for (const workload of workloads) {
    for (const placement of imagePlacements(workload)) {
      const { image: text = "" } = placement.spec;
      const user = { workload, placement };
      const known = images.get(text);
      if (known !== undefined) {
        known.users.push(user);
        continue;
      }
      const reference = referenceOf(text);
      if (reference !== undefined) images.set(text, { reference, users: [user] });
      else if (invalidAt(workload, imageField(placement)) === undefined) problems.push(misnamed(user));
    }
  }
  return { images, problems };
}

/** Facts from an image's text in a manifest; undefined if the text is not a reference. */
function referenceOf(text: string): ReferenceFacts | undefined {
  try {
    return { given: text, transport: "registry", ...parseReference(text) };
  } catch (error) {
    if (error instanceof DouaneError) return undefined;
    throw error;
  }
}

function misnamed({ workload, placement }: ImageUser): SourceProblem {
  const name = quoted(containerName(placement));
  const { fr, en } = says(placement.spec.image);
  const isVolume = placement.role === "volume";
  const message = {
    fr: `${isVolume ? "le volume" : "le conteneur"} ${name} ${fr}. Écrire registre/nom:tag ou registre/nom@sha256:…`,
    en: `${isVolume ? "volume" : "container"} ${name} ${en}. Write registry/name:tag or registry/name@sha256:…`,
  };
  const { at } = workload;
  if (at.in === "api") return { about: aboutWorkload(workload), message };
  return fileProblem(problemAt(at.file, at.line, message));
}

function says(image = ""): Text {
  if (image === "") return { fr: "ne nomme pas d'image", en: "names no image" };
  return {
    fr: `nomme l'image ${quoted(image)}, qui n'est pas une référence valide`,
    en: `names the image ${quoted(image)}, which is not a valid reference`,
  };
}
