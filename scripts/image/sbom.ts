import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImageValue, withLayer } from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import type { SbomComponent } from "./bundle-sbom.ts";

const BIN = join(import.meta.dirname, "..", "..", "bin", "douane.cjs");

/**
 * The image with its SBOM in a last layer, as its own check requires.
 *
 * @param within components that no file of the image declares: of the bundle, of Node
 */
export function withSbom(
  image: ImageValue,
  seconds: string,
  step: object,
  within: readonly SbomComponent[],
): ImageValue {
  const folder = mkdtempSync(join(tmpdir(), "douane-sbom-"));
  try {
    writeLayout(image, join(folder, "image"), { ref: "douane" });
    const file = join(folder, "douane.cdx.json");
    const argv = [
      "sbom",
      `oci:${folder}/image:douane`,
      "--no-cache",
      "--quiet",
      "--format",
      `cyclonedx=${file}`,
    ];
    execFileSync(process.execPath, [BIN, ...argv], { env: { ...process.env, SOURCE_DATE_EPOCH: seconds } });
    // The document names the image by the place where it was read, which is another one each time.
    const text = readFileSync(file, "utf8").replaceAll(`oci:${folder}/image:douane`, "douane");
    const content = withComponents(text, within);
    return withLayer(image, layerOf([{ path: "usr/share/sbom/douane.cdx.json", content }]), step);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A document of ours with more components, on which the image depends like on the others. */
function withComponents(text: string, within: readonly SbomComponent[]): string {
  const document = JSON.parse(text);
  document.components.push(...within);
  document.dependencies[0].dependsOn.push(...within.map((one) => one["bom-ref"]));
  return `${JSON.stringify(document, null, 2)}\n`;
}
