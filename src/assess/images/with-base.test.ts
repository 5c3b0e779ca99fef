import { expect, test } from "vitest";
import { dpkgStatus, packagesOf } from "../../../test/fixtures/image-packages.ts";
import { maskSbom } from "../../secrets/sbom.ts";
import { withBase } from "./with-base.ts";

test("what the layers of a verified base state is the base's, hidden or not; without one nothing is", () => {
  const packages = packagesOf(
    [dpkgStatus("a@1")],
    [{ path: "app/node_modules/b/package.json", content: '{"name":"b","version":"1.0.0"}' }],
    [{ path: "var/lib/dpkg/.wh.status", content: "" }],
  );
  const sbom = maskSbom({ packages, documents: [], otherDocuments: 0 });
  expect(withBase(sbom, undefined)).toBe(sbom);
  const marked = withBase(sbom, { reference: "registry.example.com/base@sha256:0", layers: 1 });
  expect(marked.packages.components).toEqual([
    expect.not.objectContaining({ ofBase: true }),
    expect.objectContaining({ name: "a", hidden: true, ofBase: true }),
  ]);
});
