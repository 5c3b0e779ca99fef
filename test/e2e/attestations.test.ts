// Attestations and signatures as other programs read and write them: Debian's cosign 2.5 and openssl, over
// docker-registry 2.8.3, which has no referrers API.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preAuthEncoding } from "../../src/attest/dsse/pae.ts";
import { statementOf } from "../../src/attest/in-toto/signed-statement.ts";
import { readPublicKey } from "../../src/attest/keys/public-key.ts";
import { readAttachments } from "../../src/attest/read/read-attachments.ts";
import { verifyAttachments } from "../../src/attest/read/verify-attachments.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import { hexOf, sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { AS_BUNDLE, COSIGN_PASSWORD, type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";

const PROVENANCE = "https://slsa.dev/provenance/v1";
const SIGN = "https://sigstore.dev/cosign/sign/v1";
const KEYS = {
  "P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  Ed25519: ["-algorithm", "ED25519"],
  "RSA-3072": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
  "P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "P-521": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
} as const;
type KeyName = keyof typeof KEYS;

const cwd = mkdtempSync(join(tmpdir(), "douane-attest-"));
let registry: TestRegistry;
let tool: Cosign;
let pushed = 0;

function image(platform: string) {
  return withConfig(withLayer(emptyImage(platform), layerOf([{ path: "app", content: platform }])), {
    User: "1000",
  });
}

beforeAll(async () => {
  registry = await startRegistry();
  tool = cosign();
  for (const [name, options] of Object.entries(KEYS)) {
    execFileSync("openssl", ["genpkey", ...options, "-out", join(cwd, `${name}.key`)], { stdio: "ignore" });
    const open = ["pkey", "-in", join(cwd, `${name}.key`), "-pubout", "-out", join(cwd, `${name}.pub`)];
    execFileSync("openssl", open);
  }
  writeFileSync(join(cwd, "predicate.json"), JSON.stringify({ buildDefinition: { buildType: "urn:test" } }));
  writeLayout(image("linux/amd64"), join(cwd, "one"));
  writeLayout([image("linux/amd64"), image("linux/arm64")], join(cwd, "several"));
});

afterAll(async () => {
  await registry.stop();
  tool.close();
  rmSync(cwd, { recursive: true });
});

/** Pushes an image to a repository of its own, and gives its name by digest. */
function push(layout: "one" | "several" = "one"): string {
  const repository = `${registry.host}/team/app${++pushed}`;
  const flags = ["--quiet", "--all", "--dest-tls-verify=false"];
  execFileSync("skopeo", ["copy", ...flags, `oci:${join(cwd, layout)}`, `docker://${repository}:1.0.0`]);
  const inspect = ["inspect", "--raw", "--tls-verify=false", `docker://${repository}:1.0.0`];
  return `${repository}@${sha256(execFileSync("skopeo", inspect))}`;
}

async function attest(target: string, key: string, ...argv: readonly string[]) {
  const ended = await douane(["attest", target, "--key", key, ...argv], { cwd, env: { COSIGN_PASSWORD } });
  expect({ exit: ended.exit, error: ended.stderr.replace(/^Warning.*\n/gm, "") }).toEqual({
    exit: 0,
    error: "",
  });
}

const PREDICATE = ["--predicate", "predicate.json", "--type", PROVENANCE];

/** Statements and signatures that our reader finds attached to an image. */
async function verified(target: string, publicKey: string) {
  const place = openStore(target, { env: {}, cwd });
  try {
    const digest = target.slice(target.indexOf("@") + 1) as Digest;
    const key = readPublicKey(readFileSync(publicKey, "utf8"), publicKey);
    const found = await readAttachments(place.store, digest);
    const { statements, refused, imageSigners } = verifyAttachments(found, digest, [key]);
    const types = statements.map(({ statement }) => statement.predicateType).toSorted();
    return { types, refused, problems: found.problems, signs: imageSigners.length, found };
  } finally {
    await place.close();
  }
}

const verify = (key: string, ...argv: readonly string[]) => [...argv, "--key", key, "--insecure-ignore-tlog"];

describe.each(Object.keys(KEYS) as KeyName[])("with a key %s", (name) => {
  const key = join(cwd, `${name}.key`);
  const open = join(cwd, `${name}.pub`);
  const attestation = (type: string) => verify(open, "verify-attestation", "--type", type);

  test("an attestation in a tag is cosign's, and ours", async () => {
    const target = push();
    await attest(target, key, "--layout", "tag", ...PREDICATE);
    expect(tool.accepts(...attestation(PROVENANCE), target)).toBe(true);
    expect(tool.accepts(...attestation(PROVENANCE), ...AS_BUNDLE, target)).toBe(false);
    expect(await verified(target, open)).toMatchObject({ types: [PROVENANCE], refused: [], problems: [] });
  });

  test("an attestation in a bundle is cosign's, and ours", async () => {
    const target = push();
    await attest(target, key, "--layout", "bundle", ...PREDICATE);
    expect(tool.accepts(...attestation(PROVENANCE), target)).toBe(false);
    expect(tool.accepts(...attestation(PROVENANCE), ...AS_BUNDLE, target)).toBe(true);
    expect(await verified(target, open)).toMatchObject({ types: [PROVENANCE], refused: [], problems: [] });
  });

  test("a signature in a tag is cosign's, and ours", async () => {
    const target = push();
    await attest(target, key, "--layout", "tag", "--sign");
    expect(tool.accepts(...verify(open, "verify"), target)).toBe(true);
    expect(await verified(target, open)).toMatchObject({ types: [], signs: 1, problems: [] });
  });

  test("a signature in a bundle is an attestation to cosign 2, which has no bundle signatures", async () => {
    const target = push();
    await attest(target, key, "--layout", "bundle", "--sign");
    expect(tool.accepts(...verify(open, "verify"), target)).toBe(false);
    expect(tool.accepts(...attestation(SIGN), ...AS_BUNDLE, target)).toBe(true);
    expect(await verified(target, open)).toMatchObject({ types: [SIGN], signs: 0, problems: [] });
  });

  test("openssl verifies the signature over the encoding", async () => {
    const target = push();
    await attest(target, key, "--layout", "tag", ...PREDICATE);
    const { found } = await verified(target, open);
    const [envelope] = found.attestations.map((one) => one.envelope);
    const folder = join(cwd, `openssl-${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "sig"), envelope?.signatures[0]?.bytes ?? "");
    const encoded = preAuthEncoding(envelope?.payloadType ?? "", envelope?.payload ?? Buffer.alloc(0));
    writeFileSync(join(folder, "pae"), encoded);
    expect(opensslAccepts(name, open, folder)).toBe(true);
    writeFileSync(join(folder, "pae"), Buffer.concat([encoded, Buffer.from(" ")]));
    expect(opensslAccepts(name, open, folder)).toBe(false);
  });
});

function opensslAccepts(name: KeyName, open: string, folder: string): boolean {
  const argv =
    name === "Ed25519"
      ? ["pkeyutl", "-verify", "-pubin", "-inkey", open, "-rawin", "-in", "pae", "-sigfile", "sig"]
      : ["dgst", "-sha256", "-verify", open, "-signature", "sig", "pae"];
  try {
    execFileSync("openssl", argv, { cwd: folder, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("cosign accepts no other key's attestation", async () => {
  const target = push();
  await attest(target, join(cwd, "P-256.key"), "--sign", ...PREDICATE);
  const other = join(cwd, "P-384.pub");
  expect(tool.accepts(...verify(other, "verify"), target)).toBe(false);
  expect(tool.accepts(...verify(other, "verify-attestation", "--type", PROVENANCE), target)).toBe(false);
  const { types, refused, signs } = await verified(target, other);
  expect({ types, signs, codes: refused.map(({ code }) => code) }).toEqual({
    types: [],
    signs: 0,
    codes: ["untrusted-signature", "untrusted-signature", "untrusted-signature"],
  });
});

test("index and every platform's manifest are attested, in both layouts", async () => {
  const target = push("several");
  const key = join(cwd, "P-256.key");
  const open = join(cwd, "P-256.pub");
  await attest(target, key, "--sign", ...PREDICATE);
  const raw = execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${target}`], {
    encoding: "utf8",
  });
  const { manifests } = JSON.parse(raw) as { readonly manifests: readonly { readonly digest: Digest }[] };
  expect(manifests).toHaveLength(2);
  for (const name of [target, ...manifests.map(({ digest }) => `${target.split("@")[0]}@${digest}`)]) {
    expect(tool.accepts(...verify(open, "verify"), name)).toBe(true);
    expect(tool.accepts(...verify(open, "verify-attestation", "--type", PROVENANCE), name)).toBe(true);
    // The statement is in both places, under two names; the signature of the image in a bundle.
    expect(await verified(name, open)).toMatchObject({ types: [SIGN, PROVENANCE, PROVENANCE], signs: 1 });
  }
});

describe("what cosign writes", () => {
  test.each([
    ["tags", [], [PROVENANCE]],
    ["bundles", ["--new-bundle-format"], [PROVENANCE]],
  ])("as %s is read and verified", async (_, flags, types) => {
    const target = push();
    await douane(["keys", "generate", "--out", `ours${pushed}`], { cwd, env: { COSIGN_PASSWORD } });
    const key = join(cwd, `ours${pushed}.key`);
    const open = join(cwd, `ours${pushed}.pub`);
    const common = ["--yes", "--tlog-upload=false", "--key", key];
    const predicate = ["--type", PROVENANCE, "--predicate", join(cwd, "predicate.json")];
    tool.run("attest", ...common, ...predicate, ...flags, target);
    tool.run("sign", ...common, target);
    expect(await verified(target, open)).toMatchObject({ types, refused: [], problems: [], signs: 1 });
  });

  test("as SPDX, a text instead of an object, is read", async () => {
    const target = push();
    tool.run("generate-key-pair", "--output-key-prefix", "spdx");
    const [key, open] = ["key", "pub"].map((end) => join(tool.folder, `spdx.${end}`));
    const documents = ["SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n", '{"spdxVersion":"SPDX-2.3"}\n'];
    for (const [index, text] of documents.entries()) {
      const file = join(cwd, `sbom-${index}.spdx`);
      writeFileSync(file, text);
      const argv = [
        "--yes",
        "--tlog-upload=false",
        "--key",
        key ?? "",
        "--predicate",
        file,
        "--type",
        "spdx",
      ];
      tool.run("attest", ...argv, target);
    }
    const { found, ...others } = await verified(target, open ?? "");
    const types = ["https://spdx.dev/Document", "https://spdx.dev/Document"];
    expect(others).toMatchObject({ types, refused: [], problems: [] });
    const texts = found.attestations.map((one) => statementOf(one.envelope, one.name).predicateText ?? "");
    expect(texts.toSorted()).toEqual(documents.toSorted());
  });

  test("stays where ours is added, and cosign accepts both", async () => {
    const target = push();
    tool.run("generate-key-pair", "--output-key-prefix", "theirs");
    const key = join(tool.folder, "theirs.key");
    const open = join(tool.folder, "theirs.pub");
    const common = ["--yes", "--tlog-upload=false", "--key", key, "--predicate", join(cwd, "predicate.json")];
    tool.run("attest", ...common, "--type", "https://example.test/one", target);
    tool.run("attest", ...common, "--type", "https://example.test/two", "--new-bundle-format", target);
    await attest(target, key, ...PREDICATE);
    const types = ["https://example.test/one", "https://example.test/two", PROVENANCE, PROVENANCE];
    expect(await verified(target, open)).toMatchObject({ types, refused: [], problems: [] });
    for (const [type, ...flags] of [
      ["https://example.test/one"],
      ["https://example.test/two", ...AS_BUNDLE],
      [PROVENANCE],
      [PROVENANCE, ...AS_BUNDLE],
    ] as const) {
      expect(tool.accepts(...verify(open, "verify-attestation", "--type", type), ...flags, target)).toBe(
        true,
      );
    }
  });
});

test("ten writers at once lose nothing", async () => {
  const target = push();
  const open = join(cwd, "Ed25519.pub");
  await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      attest(
        target,
        join(cwd, "Ed25519.key"),
        "--predicate",
        "predicate.json",
        "--type",
        `https://example.test/${at}`,
      ),
    ),
  );
  await attest(target, join(cwd, "Ed25519.key"), "--sign", "--repair");
  const types = Array.from({ length: 10 }, (_, at) => `https://example.test/${at}`);
  const seen = await verified(target, open);
  expect([...new Set(seen.types)]).toEqual([...types, SIGN]);
  for (const type of types) {
    const asked = verify(open, "verify-attestation", "--type", type);
    expect(tool.accepts(...asked, target)).toBe(true);
    expect(tool.accepts(...asked, ...AS_BUNDLE, target)).toBe(true);
  }
});

test("an attachment whose own tag alone is left is found, and --repair lists it again", async () => {
  const target = push();
  const key = join(cwd, "P-256.key");
  const open = join(cwd, "P-256.pub");
  await attest(target, key, "--layout", "bundle", ...PREDICATE);
  const [repository = "", digest = ""] = target.split("@");
  const fallback = `sha256-${hexOf(digest as Digest)}`;
  const empty = join(cwd, "empty.json");
  const mediaType = "application/vnd.oci.image.index.v1+json";
  writeFileSync(empty, JSON.stringify({ schemaVersion: 2, mediaType, manifests: [] }));
  const [host = "", ...path] = repository.split("/");
  const url = `http://${host}/v2/${path.join("/")}/manifests/${fallback}`;
  const put = await fetch(url, {
    method: "PUT",
    headers: { "content-type": mediaType },
    body: readFileSync(empty),
  });
  expect(put.status).toBe(201);
  const asked = [...verify(open, "verify-attestation", "--type", PROVENANCE), ...AS_BUNDLE, target];
  expect(tool.accepts(...asked)).toBe(false);
  expect((await verified(target, open)).types).toEqual([PROVENANCE]);
  expect(await douane(["attest", target, "--repair"], { cwd })).toMatchObject({ exit: 0 });
  expect(tool.accepts(...asked)).toBe(true);
});
