import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  attestationBlobs,
  type ImageValue,
  manifestOf,
  withAttestation,
} from "../../test/fixtures/image/image.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { smallImage } from "../../test/fixtures/small-image.ts";
import { LIMITS } from "../contract/limits.ts";
import { openImage } from "../image/open.ts";
import { type AttachedSbom, attachedSboms } from "./attached-sboms.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-attached-"));
afterAll(() => rmSync(cwd, { recursive: true }));
let count = 0;

const SPDX = {
  spdxVersion: "SPDX-2.3",
  dataLicense: "CC0-1.0",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "sbom",
  documentNamespace: "https://example.org/sbom",
  creationInfo: { created: "2026-01-01T00:00:00Z", creators: ["Tool: buildkit-1"] },
  packages: [
    {
      SPDXID: "SPDXRef-a",
      name: "a",
      downloadLocation: "NOASSERTION",
      externalRefs: [
        { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:npm/a@1.0.0" },
      ],
    },
  ],
};
const IMAGE = smallImage();
const DIGEST = manifestOf(IMAGE).digest.slice("sha256:".length);

/** The document, whose package lies in this layer, as trivy writes it. */
const inLayer = (diffId: string) => ({
  ...SPDX,
  packages: SPDX.packages.map((one) => ({ ...one, attributionTexts: [`LayerDiffID: ${diffId}`] })),
});
const HERE = inLayer(IMAGE.layers[0]?.diffId ?? "");
const ELSEWHERE = inLayer(`sha256:${"e".repeat(64)}`);

function statement(sha256: string | undefined, predicate: object = SPDX, type = "https://spdx.dev/Document") {
  return {
    _type: "https://in-toto.io/Statement/v0.1",
    predicateType: type,
    subject: sha256 === undefined ? [] : [{ name: "pkg:docker/portal", digest: { sha256 } }],
    predicate,
  };
}

async function attached(
  image: ImageValue,
  change: (folder: string) => void = () => {},
): Promise<readonly AttachedSbom[]> {
  const folder = join(cwd, String(count++));
  writeLayout(image, folder);
  change(folder);
  const opened = await openImage(`oci:${folder}`, { cwd, env: {} });
  try {
    return await attachedSboms(opened);
  } finally {
    await opened.close();
  }
}

test("a builder's SBOM beside the image is its own, and unsigned", async () => {
  const image = withAttestation(IMAGE, statement(DIGEST));
  const [found, ...others] = await attached(image);
  expect(others).toEqual([]);
  expect(found?.stated).toEqual(["npm/a@1.0.0"]);
  expect(found?.found).toMatchObject({
    at: { in: "attestation", manifest: attestationBlobs(image)[0]?.digest },
    format: { name: "SPDX", version: "2.3", encoding: "json" },
    state: "valid",
    components: 1,
    about: "this",
    signed: false,
  });
});

test.each([
  ["another image's digest", statement("f".repeat(64)), "foreign"],
  ["no digest: its index says whose it is", statement(undefined), "valid"],
  ["this digest, whose packages are in layers of another image", statement(DIGEST, ELSEWHERE), "foreign"],
  ["another's digest, whose packages are in this image's layers", statement("f".repeat(64), HERE), "foreign"],
  ["this digest, whose packages are in its layers", statement(DIGEST, HERE), "valid"],
  ["no packages", statement(DIGEST, { ...SPDX, packages: [] }), "empty"],
  ["a predicate that breaks its schema", statement(DIGEST, { ...SPDX, packages: "x" }), "invalid"],
] as const)("of a statement of %s", async (_, given, state) => {
  const [found] = await attached(withAttestation(IMAGE, given));
  expect([found?.found.state, found?.stated.length]).toEqual([state, state === "valid" ? 1 : 0]);
});

test("statements of other things are none, and an image without any has none", async () => {
  const provenance = statement(DIGEST, { buildType: "x" }, "https://slsa.dev/provenance/v1");
  expect(await attached(withAttestation(IMAGE, provenance))).toEqual([]);
  expect(await attached(IMAGE)).toEqual([]);
});

test.each([0, 2])("what is listed and not in the source is told as not read: blob %i", async (index) => {
  const image = withAttestation(IMAGE, statement(DIGEST));
  const blob = attestationBlobs(image)[index]?.digest.slice("sha256:".length) ?? "";
  const found = await attached(image, (folder) => rmSync(join(folder, "blobs", "sha256", blob)));
  expect(found).toMatchObject([
    { found: { state: "too-long", problem: { en: "not in the source" }, signed: false }, stated: [] },
  ]);
});

test("of an attestation's statements, LIMITS.attestationsRead are read", async () => {
  let image = IMAGE;
  for (let number = 0; number < LIMITS.attestationsRead + 3; number++) {
    image = withAttestation(image, statement(DIGEST, { ...SPDX, name: String(number) }));
  }
  expect(await attached(image)).toHaveLength(LIMITS.attestationsRead);
});
