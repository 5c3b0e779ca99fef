import { originName } from "../../contract/origin.ts";
import { imagePlacements } from "../../contract/pod-containers.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import { isOneImage } from "../run/evidence-store.ts";
import type { KnownImage } from "../run/known-image.ts";

/** Images of a run, read on demand. */
export interface Images {
  /**
   * Evidence of a workload's images, by their text in the manifest; `image` is absent if the image was not
   * read.
   */
  of(workload: WorkloadFacts): Promise<ReadonlyMap<string, KnownImage>>;
  /** Images that the user named, in order; undefined for an image that could not be read. */
  readonly given: readonly (() => Promise<ImageEvidence | undefined>)[];
  /** Releases evidence that no other workload needs, after judging this one. */
  release(workload: WorkloadFacts): void;
  close(): Promise<void>;
}

/** Images of manifests that are judged without reading images. */
export function unreadImages(named: ReadonlyMap<string, NamedImage>): Images {
  return imagesKnown((text) => named.get(text), []);
}

/**
 * Images from stored evidence only. A tag may have moved between two evidence files, so a workload uses
 * images of its own file, and no image if a name has several.
 *
 * @param originOf name of a workload's origin
 * @param warn called for ambiguous names
 */
export function storedImages(
  named: ReadonlyMap<string, NamedImage>,
  read: readonly ImageEvidence[],
  given: readonly ImageEvidence[],
  originOf: (workload: WorkloadFacts) => string,
  warn: (text: Text) => Promise<void>,
): Images {
  const byText = Map.groupBy(read, ({ reference }) => reference.given);
  return imagesKnown(async (text, workload) => {
    const all = byText.get(text) ?? [];
    const own = all.filter((evidence) => originName(evidence.origin) === originOf(workload));
    const candidates = own.length > 0 ? own : all;
    if (isOneImage(candidates)) return candidates[0] ?? named.get(text);
    await warn(ambiguous(text));
    return named.get(text);
  }, given);
}

function imagesKnown(
  find: (text: string, workload: WorkloadFacts) => Promise<KnownImage | undefined> | KnownImage | undefined,
  given: readonly ImageEvidence[],
): Images {
  return {
    async of(workload) {
      const known = new Map<string, KnownImage>();
      for (const text of imageTexts(workload)) {
        const image = await find(text, workload);
        if (image !== undefined) known.set(text, image);
      }
      return known;
    },
    given: given.map((evidence) => async () => evidence),
    release: () => {},
    close: async () => {},
  };
}

/** Names of all images that containers and volumes of a workload use, each once. */
export function imageTexts(workload: WorkloadFacts): ReadonlySet<string> {
  return new Set(imagePlacements(workload).map(({ spec }) => spec.image ?? ""));
}

function ambiguous(text: string): Text {
  const name = quoted(text);
  return {
    fr: `preuves ignorées : elles connaissent deux images différentes sous le nom ${name}, et rien ne dit laquelle est la bonne. Donner les preuves d'une seule.`,
    en: `evidence ignored: it knows two different images by the name ${name}, and nothing tells which one is meant. Give the evidence of one only.`,
  };
}
