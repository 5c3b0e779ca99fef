import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Fields } from "../../json/fields.ts";
import { isAllowedRegistry, namedImages } from "./image-registries.ts";
import type { ReviewPorts, ReviewSettings } from "./ports.ts";
import { type AdmissionResponse, allowed } from "./response.ts";
import type { Asked } from "./review.ts";
import { scopeOf } from "./scope.ts";
import { isSignificantUpdate } from "./subject.ts";

/** Image of a pod, named by a tag. */
interface TaggedImage {
  /** JSON pointer of the image's field: `/spec/containers/0/image`. */
  readonly pointer: string;
  readonly container: string;
  readonly reference: string;
  readonly repository: string;
}

/**
 * Pins images named by a tag to the digest that the tag points to now, only in pods: GitOps tools would
 * revert a change of a Deployment. Never refuses; an unresolvable tag stays unchanged, and the validating
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

/** Images named by a tag, except tags that the policy lets move; for an update, only the changed images. */
function taggedIn(
  object: Fields,
  oldObject: Fields | undefined,
  { admission }: ReviewSettings,
): readonly TaggedImage[] {
  const { movingTags = [] } = admission;
  const old = new Map(
    (oldObject === undefined ? [] : namedImages(oldObject)).map(({ field, reference }) => [field, reference]),
  );
  return namedImages(object).flatMap(({ field, container, reference, parsed }) => {
    if (parsed === undefined || parsed.digest !== undefined || old.get(field) === reference) return [];
    if (!isAllowedRegistry(parsed, admission)) return [];
    const repository = `${parsed.registry}/${parsed.repository}`;
    if (movingTags.some((one) => one.container === container && one.repository === repository)) return [];
    return [{ pointer: pointerOf(field), container, reference, repository }];
  });
}

/**
 * Converts a field path to a JSON pointer: `spec.volumes[2].image.reference` to
 * `/spec/volumes/2/image/reference`.
 */
function pointerOf(field: string): string {
  return `/${field.replace(/\[(\d+)\]/g, ".$1").replaceAll(".", "/")}`;
}

const PINNED = ({ container, reference }: TaggedImage, digest: string): Text => ({
  fr: `conteneur ${quoted(container)} : image ${quoted(reference)} fixée à ${digest}`,
  en: `container ${quoted(container)}: image ${quoted(reference)} pinned to ${digest}`,
});
