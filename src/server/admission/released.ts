import { quoted } from "../../contract/shown.ts";
import type { Lang } from "../../contract/text.ts";
import type { Fields } from "../../json/fields.ts";
import type { DecisionCause, Release } from "../ports.ts";
import { namedImages } from "./image-registries.ts";
import type { ReviewPorts } from "./ports.ts";

/**
 * Releases that admit a pod whose images could not be examined; undefined unless every image of the pod has
 * one. A finding is never released: a row answered `no`, a tag, a registry that the policy does not list.
 */
export async function releasesOf(
  object: Fields,
  namespace: string,
  causes: readonly DecisionCause[],
  ports: Pick<ReviewPorts, "releases" | "now">,
): Promise<readonly Release[] | undefined> {
  if (!causes.every(isUnexamined)) return undefined;
  const digests = namedImages(object).map(({ parsed }) => parsed?.digest);
  if (digests.length === 0 || digests.includes(undefined)) return undefined;
  const now = new Date(ports.now());
  const all = await ports.releases(namespace, now).catch(() => []);
  // Namespace and end are compared here again, so that a faulty store cannot admit anything.
  const counting = all.filter((one) => one.namespace === namespace && Date.parse(one.until) > now.getTime());
  const used = [...new Set(digests)].map((digest) => counting.find((one) => one.digest === digest));
  return used.every((one) => one !== undefined) ? used : undefined;
}

/** Test for a cause that is a gap in what is known, and no finding. */
export function isUnexamined({ reason, answer }: DecisionCause): boolean {
  return answer === "unproven" || reason === "image-unknown" || reason === "image-unreadable";
}

/** Sentence about a release, for the warnings of an answer. */
export function releaseText({ digest, by, until, reason }: Release, lang: Lang): string {
  const [who, why] = [quoted(by), quoted(reason)];
  return lang === "fr"
    ? `douane : l'image ${digest} n'a pas pu être examinée entièrement ; ${who} la laisse entrer jusqu'au ${until} (${why}).`
    : `douane: the image ${digest} could not be examined completely; ${who} releases it until ${until} (${why}).`;
}
