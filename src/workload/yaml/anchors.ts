import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { YamlError } from "./yaml-error.ts";

/** Anchors of one document, and the document's size with all aliases expanded. */
export interface Anchors {
  readonly byName: Map<string, Anchor | "open">;
  /** Number of nodes and characters so far, with alias content counted every time. */
  size: number;
  /** Size contributed by alias expansion. */
  aliased: number;
}

interface Anchor {
  readonly value: unknown;
  readonly size: number;
}

export function newAnchors(): Anchors {
  return { byName: new Map(), size: 0, aliased: 0 };
}

/** Opens an anchor before its node's content is read; the result must be passed to closeAnchor(). */
export function openAnchor(anchors: Anchors, name: string): number {
  anchors.byName.set(name, "open");
  return anchors.size;
}

export function closeAnchor(anchors: Anchors, name: string, value: unknown, sizeBefore: number): void {
  anchors.byName.set(name, { value, size: anchors.size - sizeBefore + 1 });
}

/** Value of an alias. @throws YamlError if there is none, or the document expands too much */
export function followAlias(anchors: Anchors, name: string, offset: number): unknown {
  const anchor = anchors.byName.get(name);
  if (anchor === undefined) {
    throw new YamlError(
      { fr: `l'ancre ${quoted(name)} n'existe pas`, en: `there is no anchor ${quoted(name)}` },
      offset,
    );
  }
  if (anchor === "open") {
    throw new YamlError(
      {
        fr: `l'ancre ${quoted(name)} se contient elle-même`,
        en: `the anchor ${quoted(name)} contains itself`,
      },
      offset,
    );
  }
  anchors.size += anchor.size;
  anchors.aliased += anchor.size;
  if (anchors.aliased <= LIMITS.yamlAliasSize) return anchor.value;
  throw new YamlError(
    {
      fr: `les alias font grossir le document de plus de ${LIMITS.yamlAliasSize} nœuds et caractères (limite yamlAliasSize)`,
      en: `aliases grow the document by more than ${LIMITS.yamlAliasSize} nodes and characters (limit yamlAliasSize)`,
    },
    offset,
  );
}
