import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { manifestOf } from "../test/fixtures/image/image.ts";
import { writeLayout } from "../test/fixtures/image/layout.ts";
import { portalImage } from "./portal/image.ts";
import { portalFixedImage } from "./portal-fixed/image.ts";
import { portalRunningImage } from "./portal-running/image.ts";

/** The example images, and the tag under which each lies in its layout. */
const EXAMPLES = {
  portal: { image: portalImage, tag: "latest" },
  "portal-fixed": { image: portalFixedImage, tag: "1.4.2" },
  "portal-running": { image: portalRunningImage, tag: "1.4.2" },
} as const;

export type Example = keyof typeof EXAMPLES;

/** Writes `examples/<name>/image`, an OCI layout, unless it is there, and returns how douane is asked for it. */
export function buildExample(name: Example): string {
  const { image, tag } = EXAMPLES[name];
  const folder = join(import.meta.dirname, name, "image");
  const value = image();
  if (writtenDigest(folder) !== manifestOf(value).digest) {
    rmSync(folder, { recursive: true, force: true });
    writeLayout(value, folder, { ref: tag });
  }
  return `oci:${join("examples", name, "image")}:${tag}`;
}

/** Of the image in a layout; its index.json is written last. */
function writtenDigest(folder: string): string | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "index.json"), "utf8")).manifests[0].digest;
  } catch {
    return undefined; // Absent or half written.
  }
}
