import { quoted } from "../../contract/shown.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import type { LayerTree } from "./layer-tree.ts";
import { IMPLICIT, type Node } from "./node.ts";

/**
 * Merges a layer over the layers below, as overlayfs does. `upper` becomes part of `lower`.
 *
 * @param layer number of the layer of `upper`
 * @throws InvalidInputError layer-disputed
 */
export function mergeLayer(
  lower: Node,
  upper: Node,
  layer: Pick<LayerTree, "hasWhiteouts" | "disputed">,
): void {
  const disputed = layer.disputed.get(upper);
  if (disputed !== undefined && lower.children?.size) throw engineDecides(disputed);
  if (upper.opaque) lower.children?.clear();
  if (upper.place.entry !== IMPLICIT) {
    lower.kind = upper.kind;
    lower.place = upper.place;
    lower.source = upper.source;
  }
  for (const [name, node] of upper.children ?? []) {
    const below = lower.children?.get(name);
    if (typeof node === "number") lower.children?.set(name, node);
    else if (node.kind.type === "whiteout") lower.children?.delete(name);
    else if (typeof below === "object" && below.children !== undefined && node.children !== undefined) {
      mergeLayer(below, node, layer);
    } else {
      if (layer.hasWhiteouts) dropWhiteouts(node);
      lower.children?.set(name, node);
    }
  }
}

function dropWhiteouts(node: Node): void {
  for (const [name, child] of node.children ?? []) {
    if (typeof child === "number") continue;
    if (child.kind.type === "whiteout") node.children?.delete(name);
    else dropWhiteouts(child);
  }
}

function engineDecides(path: string): Error {
  return corruptImage("layer-disputed", {
    fr: `la couche remplace le répertoire ${quoted(path)} d'une façon que les moteurs appliquent différemment : les uns y montrent les fichiers des couches du dessous, d'autres non`,
    en: `the layer replaces the directory ${quoted(path)} in a way that engines apply differently: some show the files of the layers below in it, others do not`,
  });
}
