import type { Digest } from "../../contract/image-facts.ts";
import { type Fields, objectAt, objectsAt, stringOf, textAt } from "../../json/fields.ts";
import { startDigest } from "../admission/subject.ts";
import type { ObjectReference } from "../ports.ts";

/** An image that a node pulled for a pod. */
export interface RunningImage {
  /** Name of the container; of an image volume, `volumes/NAME`, as in verdicts. */
  readonly container: string;
  /** As the pod names it. */
  readonly reference: string;
  /** As the runtime names it. */
  readonly imageId: string;
}

/** Part of a pod that a watcher keeps. */
export interface RunningPod extends ObjectReference {
  /** Controller that owns the pod; absent if none does. */
  readonly owner?: ObjectReference;
  /** ISO 8601, by the API server's clock. */
  readonly createdAt: string;
  /** Empty while no node has the pod. */
  readonly node: string;
  /** Whether a kubelet shows one of its static pods. */
  readonly isMirror: boolean;
  readonly start: Digest;
  /** Images that the node pulled so far. */
  readonly images: readonly RunningImage[];
}

/** Lists of containers in a spec, with those of their status. */
const CONTAINERS = [
  ["initContainers", "initContainerStatuses"],
  ["containers", "containerStatuses"],
  ["ephemeralContainers", "ephemeralContainerStatuses"],
] as const;

/** @returns undefined for an object without a UID */
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
    images: imagesOf(spec, objectAt(object, "status")),
  };
}

/** Controller that owns an object; undefined if none does. */
export function controllerOf(metadata: Fields): ObjectReference | undefined {
  const owner = objectsAt(metadata, "ownerReferences").find((one) => one["controller"] === true);
  if (owner === undefined) return undefined;
  // Owners of a namespaced object are in its namespace, nodes in none.
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

/** Image volumes, of which the status of each container that mounts one has the reference that was pulled. */
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
