import { expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import type { LayerSbom, PackagesFacts } from "../facts/facts.ts";
import { LayerTask } from "../read/layer-task.ts";
import { WantedContent } from "./wanted-content.ts";

function factsOf(entries: readonly TarEntry[]): PackagesFacts {
  const { diffId, blob } = layerOf(entries, "none");
  const request = { diffId, size: blob.length, asked: { packages: true } } as const;
  const task = new LayerTask(request, new WantedContent([]), new ImageBudget());
  for (let at = 0; at < blob.length; at += 100_000) task.push(blob.subarray(at, at + 100_000));
  const { packages } = task.end();
  task.close();
  if (packages === undefined) throw new Error("no packages");
  return packages;
}

function documentsOf(entries: readonly TarEntry[]): readonly LayerSbom[] {
  return factsOf(entries).documents;
}

function bom(purls: readonly string[], metadata: object = {}): string {
  return JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata,
    components: purls.map((purl) => ({ type: "library", name: nameIn(purl), "bom-ref": purl, purl })),
  });
}

function nameIn(purl: string): string {
  return purl.slice(purl.lastIndexOf("/") + 1).replace(/@.*/, "");
}

const A = "pkg:npm/a@1.0.0";

test("a document is kept by what it names, once each, and by what it says that it is about", () => {
  const layer = `sha256:${"1".repeat(64)}`;
  const subject = {
    component: {
      type: "container",
      name: "team/portal",
      version: `sha256:${"2".repeat(64)}`,
      properties: [{ name: "douane:image:layer", value: layer }],
    },
  };
  const content = bom([A, A, "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13"], subject);
  expect(documentsOf([{ path: "usr/share/sbom/portal.cdx.json", content }])).toEqual([
    {
      entry: 0,
      bytes: content.length,
      format: { name: "CycloneDX", version: "1.6", encoding: "json" },
      state: "valid",
      subject: {
        name: `team/portal sha256:${"2".repeat(64)}`,
        digests: [`sha256:${"2".repeat(64)}`],
        layers: [layer],
      },
      packages: ["deb/libc6@2.41-12", "npm/a@1.0.0"],
    },
  ]);
});

test("the digest of a program is none of an image", () => {
  const hashes = [{ alg: "SHA-256", content: "3".repeat(64) }];
  const subject = { component: { type: "application", name: "portal", version: "1.4.2", hashes } };
  const [document] = documentsOf([{ path: "app/portal.cdx.json", content: bom([A], subject) }]);
  expect(document?.subject).toEqual({ name: "portal 1.4.2", digests: [], layers: [] });
});

test.each([
  ["app/portal.cdx.json", "valid"],
  ["app/portal.bom.json", "valid"],
  ["app/sbom.json", "valid"],
  ["bom.json", "valid"],
  ["usr/share/sbom/of-portal.json", "valid"],
  ["layers/sbom/launch/paketo_node/sbom.cdx.json", "valid"],
  ["opt/docker/sbom/x.json", "valid"],
  ["app/META-INF/sbom/application.cdx.json", "valid"],
  ["app/META-INF/sbom/library.cdx.json", "dependency"],
  ["app/node_modules/a/sbom.cdx.json", "dependency"],
  ["usr/lib/python3.13/site-packages/a-1.dist-info/sboms/a.cdx.json", "dependency"],
  ["app/node_modules/a/bom.json", undefined],
  ["app/package.json", undefined],
])("%s is %s", (path, state) => {
  expect(documentsOf([{ path, content: bom([A]) }])[0]?.state).toBe(state);
});

test.each([
  ["app/x.cdx.json", "", "unknown-format"],
  ["app/x.cdx.json", "{", "unreadable"],
  ["app/x.cdx.json", '{"a": 1}', "unknown-format"],
  ["app/bom.json", '{"parts": ["table", "chair"]}', undefined],
  ["app/x.cdx.json", '{"bomFormat": "CycloneDX", "specVersion": "0.1"}', "unknown-format"],
  ["app/x.cdx.json", bom([]), "empty"],
  ["app/x.cdx.json", bom(["pkg:npm/%20", "pkg:npm/%20@1.0.0", "*", "pkg:*/*@*"]), "empty"],
])("%s with %j is %s", (path, content, state) => {
  expect(documentsOf([{ path, content }])[0]?.state).toBe(state);
});

test("links are named, and not read", () => {
  const documents = documentsOf([
    { path: "data", content: bom([A]) },
    { path: "sbom.cdx.json", type: "symlink", link: "data" },
  ]);
  expect(documents).toEqual([{ entry: 1, bytes: 0, state: "link", packages: [] }]);
});

test("what is longer than LIMITS.embeddedSbomBytes is named, and not read", () => {
  const content = Buffer.alloc(LIMITS.embeddedSbomBytes + 1, " ");
  expect(documentsOf([{ path: "sbom.cdx.json", content }])).toEqual([
    { entry: 0, bytes: content.length, state: "too-long", packages: [] },
  ]);
});

test("a jar's own document counts, that of a jar within it does not", () => {
  const name = "META-INF/sbom/application.cdx.json";
  const inner = zipOf([{ name, content: bom(["pkg:maven/b/b@1"]) }]);
  const jar = zipOf([
    { name, content: bom(["pkg:maven/a/a@1"]) },
    { name: "META-INF/sbom/other.cdx.json", content: bom(["pkg:maven/c/c@1"]) },
    { name: "BOOT-INF/lib/b.jar", content: inner },
  ]);
  const documents = documentsOf([{ path: "app/app.jar", content: jar }]);
  expect(documents.map(({ inside, packages }) => [inside, packages])).toEqual([[name, ["maven/a/a@1"]]]);
});

test("of documents of dependencies some are named; past LIMITS.sbomsPerImage all are counted", () => {
  const dependencies = Array.from({ length: 8 }, (_, index) => ({
    path: `app/node_modules/${index}/a.cdx.json`,
    content: "{}",
  }));
  const many = Array.from({ length: LIMITS.sbomsPerImage + 3 }, (_, index) => ({
    path: `app/${index}.cdx.json`,
    content: "{}",
  }));
  const { documents, otherDocuments } = factsOf([...dependencies, ...many]);
  expect(documents.filter(({ state }) => state === "dependency")).toHaveLength(5);
  expect([documents.length, otherDocuments]).toEqual([LIMITS.sbomsPerImage, 8]);
});

test("no secret of a document is kept", () => {
  const token = ["ghp", "2mZ8kQx7Vb4TnR6yLw1cJd9sHf3gPa0uEeXo"].join("_");
  const content = bom([A, `pkg:npm/${token}@1`], { component: { type: "application", name: token } });
  expect(JSON.stringify(documentsOf([{ path: "x.cdx.json", content }]))).not.toContain(token);
});
