import { createHash } from "node:crypto";
import { type Component, type SbomContent, subjectVersion } from "./document.ts";
import { componentProperties, imageProperties } from "./properties.ts";

/** UUID that is the same for the same image with the same packages: version 8 of RFC 9562, from a hash. */
export function serialOf(content: SbomContent, components: readonly Component[], format: string): string {
  const hash = createHash("sha256").update(
    `${format}\n${content.douane}\n${subjectVersion(content.subject)}\n`,
  );
  hash.update(JSON.stringify(imageProperties(content)));
  for (const component of components) {
    const properties = componentProperties(component, content.subject.diffIds);
    hash.update(JSON.stringify([component.purl, component.facts.licenses, properties]));
  }
  const hex = hash.digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
