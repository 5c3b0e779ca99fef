// Copies between two of Debian's docker-registries and an OCI layout, held to Debian's cosign 2.5 and skopeo: what
// cosign accepts at the source, it accepts at the destination, and the image is skopeo's.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../src/contract/digest.ts";
import { AS_BUNDLE, type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, withConfig } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";

const PROVENANCE = "https://slsa.dev/provenance/v1";
const cwd = mkdtempSync(join(tmpdir(), "douane-copy-e2e-"));
let from: TestRegistry;
let to: TestRegistry;
let tool: Cosign;
let source: string;

const raw = (name: string) =>
  execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${name}`]);
const tags = (name: string) =>
  (
    JSON.parse(
      execFileSync("skopeo", ["list-tags", "--tls-verify=false", `docker://${name}`]).toString(),
    ) as { Tags: string[] }
  ).Tags;

beforeAll(async () => {
  [from, to] = await Promise.all([startRegistry(), startRegistry()]);
  tool = cosign();
  tool.run("generate-key-pair", "--output-key-prefix", "key");
  writeFileSync(join(cwd, "predicate.json"), JSON.stringify({ buildDefinition: { buildType: "urn:test" } }));
  const image = (platform: string) => withConfig(emptyImage(platform), { User: "1000" });
  writeLayout([image("linux/amd64"), image("linux/arm64")], join(cwd, "image"));
  source = `${from.host}/team/portal:1.0.0`;
  execFileSync("skopeo", [
    "copy",
    "--quiet",
    "--all",
    "--dest-tls-verify=false",
    `oci:${cwd}/image`,
    `docker://${source}`,
  ]);
  writeFileSync(join(cwd, "key.key"), readFileSync(join(tool.folder, "key.key")));
  const argv = [
    "attest",
    source,
    "--key",
    "key.key",
    "--sign",
    "--predicate",
    "predicate.json",
    "--type",
    PROVENANCE,
  ];
  const { exit, stderr } = await douane(argv, { cwd, env: { COSIGN_PASSWORD: "pass" } });
  if (exit !== 0) throw new Error(stderr);
});
afterAll(async () => {
  tool.close();
  await Promise.all([from.stop(), to.stop()]);
  rmSync(cwd, { recursive: true });
});

function accepted(name: string): readonly boolean[] {
  const flags = ["--key", "key.pub", "--insecure-ignore-tlog", name];
  const type = ["--type", PROVENANCE];
  return [
    tool.accepts("verify", ...flags),
    tool.accepts("verify-attestation", ...type, ...flags),
    tool.accepts("verify-attestation", ...type, ...AS_BUNDLE, ...flags),
  ];
}

describe("what cosign accepts at the source, it accepts at the destination", () => {
  test("from registry to registry, of the index and of a platform's manifest", async () => {
    const target = `${to.host}/platform/portal`;
    expect(await douane(["copy", source, target], { cwd })).toMatchObject({ exit: 0, stderr: "" });
    expect(raw(`${target}:1.0.0`)).toEqual(raw(source));
    const index = JSON.parse(raw(source).toString()) as { manifests: { digest: string }[] };
    const digests = [sha256(raw(source)), ...index.manifests.map(({ digest }) => digest)];
    for (const digest of digests) {
      expect(accepted(`${source.replace(":1.0.0", "")}@${digest}`)).toEqual([true, true, true]);
      expect(accepted(`${target}@${digest}`)).toEqual([true, true, true]);
    }
    expect(tags(target).toSorted()).toEqual(tags(source.replace(":1.0.0", "")).toSorted());
    // Cosign's own copy is the oracle of its tags; ours has the same, with the same content.
    const theirs = `${to.host}/cosign/portal`;
    tool.run("copy", source, `${theirs}:1.0.0`);
    const own = tags(theirs).filter((tag) => /^1\.0\.0$|\.(?:att|sig)$/.test(tag));
    expect(own.length).toBeGreaterThanOrEqual(3);
    for (const tag of own) expect([tag, raw(`${target}:${tag}`)]).toEqual([tag, raw(`${theirs}:${tag}`)]);
  });

  test("through an OCI layout, which skopeo reads", async () => {
    const target = `${to.host}/isolated/portal:1.0.0`;
    expect(await douane(["copy", source, "oci:carried"], { cwd })).toMatchObject({ exit: 0, stderr: "" });
    const layout = execFileSync("skopeo", ["inspect", "--raw", `oci:${join(cwd, "carried")}:1.0.0`]);
    expect(layout).toEqual(raw(source));
    expect(await douane(["copy", "oci:carried:1.0.0", target], { cwd })).toMatchObject({
      exit: 0,
      stderr: "",
    });
    expect(raw(target)).toEqual(raw(source));
    expect(accepted(target)).toEqual([true, true, true]);
  });

  test("an image without attestations is copied as it is", async () => {
    const [plain, target] = [`${from.host}/team/plain:1`, `${to.host}/platform/plain:1`];
    execFileSync("skopeo", [
      "copy",
      "--quiet",
      "--all",
      "--dest-tls-verify=false",
      `oci:${cwd}/image`,
      `docker://${plain}`,
    ]);
    expect(await douane(["copy", plain, target], { cwd })).toMatchObject({ exit: 0, stderr: "" });
    expect(raw(target)).toEqual(raw(plain));
    expect(tags(target.replace(":1", ""))).toEqual(["1"]);
    expect(accepted(target)).toEqual([false, false, false]);
  });
});
