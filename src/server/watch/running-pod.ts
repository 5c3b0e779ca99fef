import type { Digest } from "../../contract/image-facts.ts";
import { type Fields, objectAt, objectsAt, stringOf, textAt } from "../../json/fields.ts";
import { labelsDigest, startDigest } from "../admission/subject.ts";
import type { ObjectReference } from "../ports.ts";

/** Image that a node pulled for a pod. */
export interface RunningImage {
  /** Name of the container; of an image volume, `volumes/NAME`, as in verdicts. */
  readonly container: string;
  /** Reference as written in the pod. */
  readonly reference: string;
  /** imageID as reported by the runtime. */
  readonly imageId: string;
}

/** Running pod, reduced to the fields that a watcher needs. */
export interface RunningPod extends ObjectReference {
  /** Controller that owns the pod; absent if none does. */
  readonly owner?: ObjectReference;
  /** Time of creation by the API server's clock, ISO 8601. */
  readonly createdAt: string;
  /** Name of the node; empty before scheduling. */
  readonly node: string;
  /** Whether the pod is the mirror pod of a static pod. */
  readonly isMirror: boolean;
  readonly start: Digest;
  /** Digest of its labels, by which its template is found among those that start the same. */
  readonly labels: Digest;
  /** Images pulled so far. */
  readonly images: readonly RunningImage[];
}

/** Fields for containers in the spec, with the corresponding fields of the status. */
const CONTAINERS = [
  ["initContainers", "initContainerStatuses"],
  ["containers", "containerStatuses"],
  ["ephemeralContainers", "ephemeralContainerStatuses"],
] as const;

/**
 * Running pod of an object.
 *
 * @returns undefined for an object without a UID
 */
export function runningPod(object: Fields): RunningPod | undefined {
  const metadata = objectAt(object, "metadata");
  const spec = objectAt(object, "spec");
  const reference = referenceOf("v1", "Pod", metadata, stringOf(metadata["namespace"]));
  if (reference.uid === "") return undefined;
  const owner = controllerOf(metadata);
  const mirror = textAt(objectAt(metadata, "annotations"), "kubernetes.io/config.mirror");
  return {
    ...reference,
    ...(owner === undefined ? {} : { owner }),
    createdAt: stringOf(metadata["creationTimestamp"]),
    node: stringOf(spec["nodeName"]),
    isMirror: mirror !== undefined,
    start: startDigest(object),
    labels: labelsDigest(object),
    images: imagesOf(spec, objectAt(object, "status")),
  };
}

/** Controller that owns an object; undefined if none does. */
export function controllerOf(metadata: Fields): ObjectReference | undefined {
  const owner = objectsAt(metadata, "ownerReferences").find((one) => one["controller"] === true);
  if (owner === undefined) return undefined;
  // An owner is in the namespace of its object, except a node, which has none.
  const namespace = owner["kind"] === "Node" ? "" : stringOf(metadata["namespace"]);
  return referenceOf(stringOf(owner["apiVersion"]), stringOf(owner["kind"]), owner, namespace);
}

function referenceOf(apiVersion: string, kind: string, named: Fields, namespace: string): ObjectReference {
  return { apiVersion, kind, namespace, name: stringOf(named["name"]), uid: stringOf(named["uid"]) };
}

function imagesOf(spec: Fields, status: Fields): readonly RunningImage[] {
  const images: RunningImage[] = [];
  for (const [list, statuses] of CONTAINERS) {
    const references = byName(spec, list, (one) => stringOf(one["image"]));
    for (const one of objectsAt(status, statuses)) {
      const name = stringOf(one["name"]);
      const imageId = textAt(one, "imageID");
      if (imageId !== undefined)
        images.push({ container: name, reference: references.get(name) ?? "", imageId });
      images.push(...volumesOf(spec, one));
    }
  }
  return distinct(images);
}

/** Image volumes; the status of each container that mounts a volume has the reference that was pulled. */
function volumesOf(spec: Fields, containerStatus: Fields): readonly RunningImage[] {
  const references = byName(spec, "volumes", (one) => stringOf(objectAt(one, "image")["reference"]));
  return objectsAt(containerStatus, "volumeMounts").flatMap((mount) => {
    const imageId = textAt(objectAt(objectAt(mount, "volumeStatus"), "image"), "imageRef");
    const name = stringOf(mount["name"]);
    if (imageId === undefined) return [];
    return [{ container: `volumes/${name}`, reference: references.get(name) ?? "", imageId }];
  });
}

function byName(spec: Fields, list: string, of: (one: Fields) => string): ReadonlyMap<string, string> {
  return new Map(objectsAt(spec, list).map((one) => [stringOf(one["name"]), of(one)]));
}

function distinct(images: readonly RunningImage[]): readonly RunningImage[] {
  return [...new Map(images.map((one) => [`${one.container} ${one.imageId}`, one])).values()];
}
