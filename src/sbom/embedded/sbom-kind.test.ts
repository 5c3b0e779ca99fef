import { expect, test } from "vitest";
import { JAR_SBOM, sbomKind } from "./embedded-sbom.ts";

test.each([
  // Extensions that the formats register.
  ["/app/portal.spdx", "document"],
  ["/app/portal.spdx.json", "document"],
  ["/app/portal.cdx.json", "document"],
  ["/app/portal.cdx.xml", "document"],
  ["/app/portal.bom.json", "document"],
  ["/app/portal.bom.xml", "document"],
  ["/app/portal.spdx.xml", undefined],
  ["/app/portal.cdx.json.gz", undefined],
  ["/app/portalcdx.json", undefined],
  // Names that others use as well.
  ["/app/sbom.json", "perhaps"],
  ["/app/bom.json", "perhaps"],
  ["/app/sbom.xml", "perhaps"],
  ["/app/bom.xml", "perhaps"],
  ["/app/sbom", "perhaps"],
  ["/app/my-sbom.json", undefined],
  ["/app/bom", undefined],
  // Folders of builders.
  ["/usr/share/sbom/a.json", "perhaps"],
  ["/usr/local/share/sbom/a.xml", "perhaps"],
  ["/opt/docker/sbom/a.json", "perhaps"],
  ["/opt/docker/sbom.json", "perhaps"],
  ["/layers/sbom/launch/x/sbom.syft.json", "perhaps"],
  ["/usr/share/sbom/a.spdx", "document"],
  ["/usr/share/sbom/a.txt", undefined],
  ["/usr/share/sbomx/a.json", undefined],
  ["/x/usr/share/sbom/a.json", undefined],
  ["/layers/sbom/build/a.json", undefined],
])("%s is %s", (path, kind) => {
  expect(sbomKind(path)).toBe(kind);
});

test.each([
  "node_modules/a",
  "site-packages/a",
  "dist-packages/a",
  "gems/a",
  "vendor/a",
  "pkg/mod/a",
  ".m2/a",
  ".cargo/a",
  "_cacache/a",
  "bower_components/a",
  "jspm_packages/a",
  "a.dist-info",
  "a.egg-info",
])("in %s, a document is a dependency's, and an ambiguous name is nothing", (folder) => {
  expect(sbomKind(`/app/${folder}/a.cdx.json`)).toBe("dependency");
  expect(sbomKind(`/app/${folder}/sbom.json`)).toBeUndefined();
});

test.each([
  ["/app/my-vendor/a.cdx.json", "document"],
  ["/app/vendor.cdx.json", "document"],
  ["/app/dist-info/a.cdx.json", "document"],
  [`/app/${JAR_SBOM}`, "document"],
  ["/app/META-INF/sbom/library.cdx.json", "dependency"],
  ["/app/META-INF/sbom/my-application.cdx.json", "dependency"],
  ["/app/META-INF/sbom/sbom.json", undefined],
])("%s is %s", (path, kind) => {
  expect(sbomKind(path)).toBe(kind);
});
