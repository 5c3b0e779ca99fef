import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeLayout } from "../test/fixtures/image/layout.ts";
import { portalImage } from "./portal/image.ts";
import { portalFixedImage } from "./portal-fixed/image.ts";

/** The example images, and the tag under which each lies in its layout. */
const EXAMPLES = {
  portal: { image: portalImage, tag: "latest" },
  "portal-fixed": { image: portalFixedImage, tag: "1.4.2" },
} as const;

export type Example = keyof typeof EXAMPLES;

/** Writes `examples/<name>/image`, an OCI layout, and returns how douane is asked for it. */
export function buildExample(name: Example): string {
  const { image, tag } = EXAMPLES[name];
  const folder = join(import.meta.dirname, name, "image");
  rmSync(folder, { recursive: true, force: true });
  writeLayout(image(), folder, { ref: tag });
  return `oci:${join("examples", name, "image")}:${tag}`;
}
