import { DouaneError } from "../../contract/error.ts";
import { imageField, imagePlacements } from "../../contract/pod-containers.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { parseReference } from "../../net/reference.ts";
import { readObject } from "../../workload/read-object.ts";
import type { ReviewPorts, ReviewSettings } from "./ports.ts";
import { type AdmissionResponse, allowed } from "./response.ts";
import type { Asked } from "./review.ts";
import { scopeOf } from "./scope.ts";
import { isSignificantUpdate } from "./subject.ts";

/** An image of a pod that is named by a tag. */
interface TaggedImage {
  /** JSON pointer of the image's field: `/spec/containers/0/image`. */
  readonly pointer: string;
  readonly container: string;
  readonly reference: string;
  readonly repository: string;
}

/**
 * Pins images named by a tag to the digest that the tag means now, only in pods: GitOps tools would revert a
 * change of a Deployment. Never refuses; a tag that cannot be resolved stays unchanged, and the validating
 * webhook decides.
 */
export async function mutate(
  { request, until, verify }: Asked,
  settings: ReviewSettings,
  ports: Pick<ReviewPorts, "digestOf">,
): Promise<AdmissionResponse> {
  const { uid, oldObject } = request;
  const scope = scopeOf(request, settings.exempt);
  if (scope.kind !== "pod" || settings.admission.pinTags !== true) return allowed(uid);
  if (oldObject !== undefined && !isSignificantUpdate(scope.object, oldObject)) return allowed(uid);
  const images = taggedIn(scope.object, oldObject, settings);
  if (images.length > 0) verify();
  const pinned = await Promise.all(
    images.map(async (image) => ({ image, digest: await ports.digestOf(image.reference, until) })),
  );
  const done = pinned.flatMap(({ image, digest }) => (digest === undefined ? [] : [{ image, digest }]));
  return allowed(uid, {
    patch: done.map(({ image: { pointer, reference }, digest }) => ({
      op: "replace",
      path: pointer,
      value: `${reference}@${digest}`,
    })),
    warnings: done.map(({ image, digest }) => `douane: ${PINNED(image, digest)[settings.lang]}`),
    ...(done.length === 0 ? {} : { annotations: { pinned: `${done.length}` } }),
  });
}

/**
 * Images by tag in containers for which the policy requires digests; of an update, only the changed images.
 */
function taggedIn(
  object: Fields,
  oldObject: Fields | undefined,
  { admission: { movingTags = [] } }: ReviewSettings,
): readonly TaggedImage[] {
  const old = new Map(
    (oldObject === undefined ? [] : placed(oldObject)).map(({ field, reference }) => [field, reference]),
  );
  return placed(object).flatMap(({ field, container, reference }) => {
    const parsed = parsedOrNone(reference);
    if (parsed === undefined || parsed.digest !== undefined || old.get(field) === reference) return [];
    const repository = `${parsed.registry}/${parsed.repository}`;
    if (movingTags.some((one) => one.container === container && one.repository === repository)) return [];
    return [{ pointer: pointerOf(field), container, reference, repository }];
  });
}

/** Every image from which the pod can run code, with its field. */
function placed(object: Fields) {
  let workloads: readonly RawWorkload[] = [];
  try {
    ({ workloads } = readObject({ value: object, at: { in: "api", uid: "" } }));
  } catch (error) {
    // The validating webhook reports the problem of the object.
    if (!(error instanceof DouaneError)) throw error;
  }
  return workloads.flatMap(imagePlacements).map((placement) => ({
    field: imageField(placement),
    container: placement.spec.name ?? "",
    reference: placement.spec.image ?? "",
  }));
}

function parsedOrNone(reference: string) {
  try {
    return parseReference(reference);
  } catch {
    return undefined;
  }
}

/** `spec.volumes[2].image.reference` as `/spec/volumes/2/image/reference`. */
function pointerOf(field: string): string {
  return `/${field.replace(/\[(\d+)\]/g, ".$1").replaceAll(".", "/")}`;
}

const PINNED = ({ container, reference }: TaggedImage, digest: string): Text => ({
  fr: `conteneur ${quoted(container)} : image ${quoted(reference)} fixée à ${digest}`,
  en: `container ${quoted(container)}: image ${quoted(reference)} pinned to ${digest}`,
});
