import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage, withConfig } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { generateKey } from "../../attest/keys/generate-key.ts";
import { readPublicKey } from "../../attest/keys/public-key.ts";
import { readAttachments } from "../../attest/read/read-attachments.ts";
import { verifyAttachments } from "../../attest/read/verify-attachments.ts";
import { openStore } from "../../attest/store/open-store.ts";
import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-attest-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const PAIR = generateKey("p256");
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const write = (name: string, value: unknown) =>
  writeFileSync(join(cwd, name), typeof value === "string" ? value : JSON.stringify(value));
write("k.key", PAIR.secret);
write("k.pub", PAIR.open);
write("bom.json", { bomFormat: "CycloneDX", specVersion: "1.6" });
write("p.json", { a: 1 });
write("broken.json", "{");

const image = (platform: string) => withConfig(emptyImage(platform), { User: "1000" });
let layouts = 0;
function layout(...platforms: readonly string[]): { readonly source: string; readonly digest: string } {
  const name = `layout${++layouts}`;
  const values = platforms.map(image);
  const [only, ...others] = values;
  const { digest } = writeLayout(only !== undefined && others.length === 0 ? only : values, join(cwd, name));
  return { source: `oci:${name}`, digest };
}

const attest = (...argv: readonly string[]) =>
  douane(["attest", ...argv], { cwd, env: { KEY: PAIR.secret } });

/** Predicate types that our key signed about a digest in a layout. */
async function typesIn(source: string, digest: string): Promise<readonly string[]> {
  const { store } = openStore(source, { env: {}, cwd });
  if (!isDigest(digest)) throw new Error(digest);
  const { statements } = verifyAttachments(await readAttachments(store, digest), digest, [
    readPublicKey(PAIR.open, "k"),
  ]);
  return [...new Set(statements.map(({ statement }) => statement.predicateType))].toSorted();
}

describe("an OCI layout", () => {
  test("gets all that was asked for, and says so", async () => {
    const { source, digest } = layout("linux/amd64");
    const provenance = [
      "--provenance",
      "--builder",
      "https://ci.example",
      "--source",
      "https://git.example/a",
      "--commit",
      COMMIT,
    ];
    const predicate = ["--predicate", "p.json", "--type", "https://example.test/a"];
    const { exit, stdout, stderr } = await attest(
      source,
      "--key",
      "k.key",
      ...provenance,
      "--sbom",
      "bom.json",
      ...predicate,
      "--sign",
    );
    const types = ["https://slsa.dev/provenance/v1", "https://cyclonedx.org/bom", "https://example.test/a"];
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toBe(
      `${source.slice(4)}@${digest}: ${types.join(", ")}, signature of the image (key ${PAIR.id})\n`,
    );
    expect(await typesIn(source, digest)).toEqual(
      [...types, "https://sigstore.dev/cosign/sign/v1"].toSorted(),
    );
  });

  test("is still the image that is judged", async () => {
    const { source } = layout("linux/amd64");
    const before = await douane(["check", source, "--format", "json"], { cwd });
    await attest(source, "--key", "k.key", "--sign", "--predicate", "p.json", "--type", "a:a");
    const after = await douane(["check", source, "--format", "json"], { cwd });
    const verdicts = ({ stdout }: { readonly stdout: string }) =>
      (JSON.parse(stdout) as { readonly verdicts: readonly { readonly rows: unknown }[] }).verdicts.map(
        ({ rows }) => rows,
      );
    expect(verdicts(after)).toEqual(verdicts(before));
    expect(await attest(source, "--key", "k.key", "--sign")).toMatchObject({ exit: 0 });
  });

  test("of several platforms: the index and each", async () => {
    const { source, digest } = layout("linux/amd64", "linux/arm64");
    const { stdout } = await attest(source, "--key", "env://KEY", "--sign");
    const digests = [...stdout.matchAll(/@(sha256:[0-9a-f]{64}):/g)].map(([, one]) => one as Digest);
    expect(digests).toHaveLength(3);
    expect(digests[0]).toBe(digest);
    for (const one of digests)
      expect(await typesIn(source, one)).toEqual(["https://sigstore.dev/cosign/sign/v1"]);
  });

  test("of several platforms takes an SBOM for one of them", async () => {
    const { source, digest } = layout("linux/amd64", "linux/arm64");
    const { exit, stderr } = await attest(source, "--key", "k.key", "--sbom", "bom.json");
    expect(exit).toBe(64);
    expect(stderr).toContain(
      "this image has several (linux/amd64, linux/arm64). Say which for each SBOM: --sbom FILE,platform=",
    );
    const { stdout } = await attest(
      source,
      "--key",
      "k.key",
      "--sbom",
      "bom.json",
      "--platform",
      "linux/arm64",
    );
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stdout).not.toContain(digest);
  });

  test("of several platforms takes the SBOM of each at once, beside what is about all", async () => {
    const { source, digest } = layout("linux/amd64", "linux/arm64");
    const sboms = ["linux/arm64", "linux/amd64"].map((one) => `bom.json,platform=${one}`);
    const flags = sboms.flatMap((one) => ["--sbom", one]);
    const all = ["--predicate", "p.json", "--type", "a:a"];
    const { exit, stdout } = await attest(source, "--key", "k.key", ...flags, ...all);
    expect(exit).toBe(0);
    const [index = "", ...manifests] = stdout.trim().split("\n");
    expect(index).toContain(`@${digest}: a:a (key `);
    expect(manifests).toHaveLength(2);
    for (const line of manifests) {
      const [, one = ""] = /@(sha256:[0-9a-f]{64}): https:\/\/cyclonedx.org\/bom, a:a /.exec(line) ?? [];
      expect(await typesIn(source, one)).toEqual(["a:a", "https://cyclonedx.org/bom"]);
    }
    expect(await typesIn(source, digest)).toEqual(["a:a"]);
  });

  test.each([
    [
      "a platform that it lacks",
      ["linux/amd64", "linux/arm64"],
      "linux/s390x",
      65,
      'Available: "linux/amd64"',
    ],
    ["a platform where there is no index", ["linux/amd64"], "linux/amd64", 64, "Leave out platform="],
    ["no platform", ["linux/amd64", "linux/arm64"], "arm", 64, 'invalid platform "arm"'],
  ])("does not take the SBOM of %s", async (_, platforms, platform, exit, said) => {
    const { source } = layout(...platforms);
    const ended = await attest(source, "--key", "k.key", "--sbom", `bom.json,platform=${platform}`);
    expect(ended).toMatchObject({ exit, stdout: "", stderr: expect.stringContaining(said) });
  });

  test("is repaired without a key", async () => {
    const { source } = layout("linux/amd64");
    expect(await attest(source, "--repair")).toEqual({
      exit: 0,
      stdout: "shared lists complete\n",
      stderr: "",
    });
    expect(await attest(source, "--repair", "--quiet")).toMatchObject({ exit: 0, stdout: "" });
  });

  test("in French", async () => {
    const { source } = layout("linux/amd64");
    const { stdout } = await attest(source, "--lang", "fr", "--key", "k.key", "--sign", "--repair");
    expect(stdout).toMatch(/ : signature de l'image \(clé .*\)\nlistes partagées complètes\n$/);
  });
});

test("a key that not every tool reads signs, with a warning", async () => {
  const { source } = layout("linux/amd64");
  const { generateKeyPairSync } = await import("node:crypto");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  write("p384.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  const { exit, stderr } = await attest(source, "--key", "p384.key", "--sign");
  expect({ exit, stderr }).toEqual({
    exit: 0,
    stderr: expect.stringContaining("ECDSA P-384 signature: cosign 2 reads it"),
  });
});

const { source: here } = layout("linux/amd64");
describe("what is wrong is named, and nothing is written", () => {
  test.each<[string, readonly string[], number, string]>([
    ["no image", ["--sign", "--key", "k.key"], 64, "name one image"],
    ["two images", ["a", "b", "--sign", "--key", "k.key"], 64, "name one image"],
    ["nothing to attest", [here, "--key", "k.key"], 64, "say what to attest"],
    ["no key", [here, "--sign"], 64, "a key is needed to sign: --key FILE, env://NAME or vault://KEY"],
    ["a key that is not there", [here, "--sign", "--key", "none.key"], 64, '"none.key" cannot be read'],
    ["a variable that is not set", [here, "--sign", "--key", "env://NONE"], 64, "this variable is not set"],
    ["a public key", [here, "--sign", "--key", "k.pub"], 64, "a public key, which cannot sign"],
    ["the key itself", [here, "--sign", "--key", PAIR.secret], 64, "was given the key itself"],
    ["a predicate without its type", [here, "--key", "k.key", "--predicate", "p.json"], 64, "go together"],
    ["a type without its predicate", [here, "--key", "k.key", "--type", "a:a"], 64, "go together"],
    [
      "a broken predicate",
      [here, "--key", "k.key", "--predicate", "broken.json", "--type", "a:a"],
      65,
      "not valid JSON",
    ],
    [
      "an SBOM that is none",
      [here, "--key", "k.key", "--sbom", "p.json"],
      64,
      "not an SBOM in CycloneDX or SPDX",
    ],
    ["a provenance of no CI", [here, "--key", "k.key", "--provenance"], 64, "--source is missing"],
    [
      "a notary for an OCI layout",
      [here, "--via", "https://n.example", "--provenance"],
      64,
      "cannot do of an OCI",
    ],
    [
      "a notary and a key",
      ["r.example/app:1", "--via", "https://n.example", "--key", "k.key", "--provenance"],
      64,
      "--key and --via do not go together",
    ],
    [
      "a notary and a signature of the image",
      ["r.example/app:1", "--via", "https://n.example", "--sign"],
      64,
      "--sign and --via do not go together",
    ],
    [
      "a notary and a builder of the job's own",
      ["r.example/app:1", "--via", "https://n.example", "--provenance", "--build-type", "urn:a"],
      64,
      "--build-type and --via do not go together",
    ],
    [
      "a notary over HTTP",
      ["r.example/app:1", "--via", "http://n.example", "--provenance"],
      64,
      "a notary's address is in https",
    ],
    [
      "a notary without a token",
      ["r.example/app:1", "--via", "https://n.example", "--provenance"],
      64,
      'the job has no identity token (variable "DOUANE_ID_TOKEN")',
    ],
    [
      "a token on the command line",
      [
        "r.example/app:1",
        "--via",
        "https://n.example",
        "--token",
        "eyJhbGciOiJub25lIn0.e30.c2ln",
        "--provenance",
      ],
      64,
      "--token expects env://NAME",
    ],
    [
      "a token without a notary",
      ["r.example/app:1", "--token", "env://A", "--key", "k.key", "--sign"],
      64,
      "--token and --audience go with --via",
    ],
    ["a layout that is none", [here, "--key", "k.key", "--sign", "--layout", "x"], 64, "both, bundle, tag"],
    ["an image without its registry", ["portal:dev", "--key", "k.key", "--sign"], 64, "names no registry"],
    ["an archive", ["docker-archive:p.json", "--key", "k.key", "--sign"], 64, "Push the image first"],
    ["a folder that is not there", ["oci:none", "--key", "k.key", "--sign"], 64, "no file or directory"],
    ["a folder that is no layout", ["oci:.", "--key", "k.key", "--sign"], 64, "Push the image first"],
    [
      "an image that the layout lacks",
      [`${here}:none`, "--key", "k.key", "--sign"],
      64,
      'Name one image of this OCI layout after ":"',
    ],
    [
      "a platform that the image lacks",
      [layout("linux/amd64", "linux/arm64").source, "--key", "k.key", "--sign", "--platform", "linux/s390x"],
      65,
      "does not exist for platform",
    ],
  ])("%s", async (_, argv, exit, message) => {
    const before = readFileSync(join(cwd, here.slice(4), "index.json"), "utf8");
    const ended = await attest(...argv);
    expect(ended).toMatchObject({ exit, stdout: "", stderr: expect.stringContaining(message) });
    expect(ended.stderr).not.toMatch(/BEGIN PRIVATE|eyJ/);
    expect(readFileSync(join(cwd, here.slice(4), "index.json"), "utf8")).toBe(before);
  });
});
