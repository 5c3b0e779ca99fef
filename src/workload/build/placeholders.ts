// Templates: manifests with placeholders.

import type { RawWorkload } from "../../contract/workload-facts.ts";

/** Placeholders of Helm, Jinja, ERB, envsubst. */
const PLACEHOLDER = /\{\{|\{%|<%|\$\{/;
/** Delimiters of placeholders that may span lines. */
const BRACES = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["<%", "%>"],
] as const;

function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/**
 * Whether text that is invalid YAML at this offset is a template: its line, or the previous line, contains a
 * placeholder or the end of a placeholder. Elsewhere, `${HOME}` may be part of a script.
 */
export function standsAtPlaceholder(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", text.lastIndexOf("\n", offset - 1) - 1);
  const end = text.indexOf("\n", offset);
  return (
    hasPlaceholder(text.slice(Math.max(start, 0), end < 0 ? undefined : end)) ||
    BRACES.some(([open, close]) => text.lastIndexOf(open, start) > text.lastIndexOf(close, start))
  );
}

/**
 * Whether a workload still has placeholders for its images: `image: "{{ .Values.image }}"`. False if at least
 * one image is given, since its container starts in any case.
 */
export function isUnrendered({ name, namespace = "", pod }: RawWorkload): boolean {
  const { containers, initContainers, ephemeralContainers } = pod.spec;
  const images = [...containers, ...initContainers, ...ephemeralContainers].map(({ image = "" }) => image);
  return [name, namespace].some(hasPlaceholder) || (images.length > 0 && images.every(hasPlaceholder));
}
