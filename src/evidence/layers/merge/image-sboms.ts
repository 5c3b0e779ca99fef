import type { Digest } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { FoundSbom, SbomState } from "../../../contract/sbom-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { aboutImage, DescribedScripts, foundSbom } from "../../../sbom/embedded/embedded-sbom.ts";
import type { LayerFacts, LayerSbom } from "../facts/facts.ts";
import type { ImageSboms } from "../facts/image-contents.ts";

/** SBOMs of an image, and the JavaScript files whose packages are stated by valid SBOMs. */
export interface DescribedImage {
  readonly sboms: ImageSboms;
  readonly scripts: DescribedScripts;
}

/**
 * @param diffIds diffIds of all layers, lowest first: the only digests of the image that an SBOM in one of
 * its layers can contain
 */
export function imageSboms(
  layers: readonly Pick<LayerFacts, "entries" | "packages">[],
  root: RootFs,
  diffIds: readonly Digest[],
): DescribedImage {
  const all = layers.flatMap(({ entries, packages: { documents } }, layer) =>
    documents.map((document) => ({
      layer,
      path: entries.paths[document.entry] ?? "",
      isShown: root.shows({ layer, entry: document.entry }),
      document,
    })),
  );
  const stated = new Set<string>();
  const scripts = new DescribedScripts();
  const documents: FoundSbom[] = [];
  for (const { layer, path, isShown, document } of all) {
    // A hidden document that would not count anyway is not reported.
    if (!isShown && document.state !== "valid") continue;
    const about = aboutImage(document.subject, { digests: [], layers: diffIds });
    const state = stateOf(document, isShown, about);
    const { inside } = document;
    const at = { in: "file" as const, path, layer, ...(inside === undefined ? {} : { inside }) };
    if (documents.length < LIMITS.sbomsPerImage) documents.push(foundSbom(document, { at, state, about }));
    if (state !== "valid") continue;
    for (const key of document.packages) stated.add(key);
    if (document.scripts !== undefined) scripts.add(document.scripts);
  }
  const more = layers.reduce((sum, { packages }) => sum + packages.otherDocuments, 0);
  const cut = Math.max(0, all.length - LIMITS.sbomsPerImage);
  return {
    sboms: { documents, otherDocuments: more + cut, stated: [...stated].toSorted() },
    scripts,
  };
}

function stateOf({ state }: LayerSbom, isShown: boolean, about: FoundSbom["about"]): SbomState {
  if (!isShown) return "hidden";
  return state === "valid" && about === "foreign" ? "foreign" : state;
}
