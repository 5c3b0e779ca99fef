import { join } from "node:path";
import { expect, test } from "vitest";
import { recordedPorts } from "../../test/fixtures/assessment.ts";
import { POLICY } from "../../test/fixtures/attested.ts";
import { attestedImage } from "../../test/fixtures/attested-image.ts";
import { serveImage } from "../../test/fixtures/fake-registry.ts";
import { manifestOf, withAnnotations, withLayer } from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { smallImage } from "../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { collectImage } from "./collect-image.ts";

async function collected(given: string, policy: object = {}) {
  const cwd = temporaryDirectory();
  writeLayout(smallImage(), join(cwd, "one"), { ref: "1" });
  const { ports, events } = recordedPorts({ cwd });
  const evidence = await collectImage(given, { policy, platform: "linux/amd64" }, ports);
  return { evidence, events };
}

test("evidence of an image is what a check collects of it, and progress is told", async () => {
  const { evidence, events } = await collected("oci:one");
  expect(evidence).toMatchObject({ image: { source: "oci:one" }, reference: {}, origin: { by: "own-run" } });
  expect(evidence).toHaveProperty("sbom");
  expect(evidence).not.toHaveProperty("documents");
  expect(new Set(events.map(({ kind }) => kind))).toEqual(
    new Set(["reading-image", "reading-layers", "images-read"]),
  );
});

test("a base that the policy names is verified, and one that it does not name is none", async () => {
  const setting = layerOf([{ path: "opt/x/.env", content: "API_URL=https://api.recette.gouv.fr\n" }]);
  const base = withLayer(smallImage(), setting);
  const { host } = await serveImage(base);
  const { digest } = manifestOf(base);
  const app = withAnnotations(withLayer(base, layerOf([{ path: "app", content: "app" }])), {
    "org.opencontainers.image.base.digest": digest,
    "org.opencontainers.image.base.name": `${host}/socle/java`,
  });
  const cwd = temporaryDirectory();
  writeLayout(app, join(cwd, "app"), { ref: "1" });
  const { ports } = recordedPorts({ cwd });
  const baseBy = async (bases: readonly string[]) => {
    const asked = { policy: { bases: [...bases] }, platform: "linux/amd64" };
    return (await collectImage("oci:app", asked, ports)).image.base?.reference;
  };
  expect(await baseBy([`${host}/socle/*`])).toBe(`${host}/socle/java@${digest}`);
  expect(await baseBy([`${host}/autre/*`])).toBeUndefined();
});

test("attested SBOMs are among the image's, and with the documents they come from", async () => {
  const attested = await attestedImage();
  const component = { type: "library", name: "a", version: "1", purl: "pkg:npm/a@1" };
  await attested.attach("https://cyclonedx.org/bom", {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    components: [component],
  });
  const statements = { ...POLICY.statements, sbom: { signers: ["notary"] } };
  const policy: object = { attestations: { ...POLICY, statements } };
  const asked = { policy, platform: "linux/amd64" };
  const { ports } = recordedPorts({ cwd: temporaryDirectory() });
  const evidence = await collectImage(attested.target, asked, ports);
  expect(evidence.sbom?.documents).toMatchObject([{ signed: true, signer: "notary", state: "valid" }]);
  expect(evidence.documents?.problems).toEqual([]);
});

test("an image that cannot be read is its error alone, and no event", async () => {
  const cwd = temporaryDirectory();
  const { ports, events } = recordedPorts({ cwd });
  await expect(collectImage("oci:none", { policy: {} }, ports)).rejects.toMatchObject({ exit: 64 });
  expect(events.filter(({ kind }) => kind === "failed")).toEqual([]);
});
