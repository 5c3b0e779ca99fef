// Attestations and signatures over a registry that has the referrers API (our own: Debian's docker-registry has none),
// in both directions with Debian's cosign 2.5. What cosign 2.5 cannot do is asserted as such.

import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encryptKey } from "../../src/attest/keys/cosign-key.ts";
import { readPublicKey } from "../../src/attest/keys/public-key.ts";
import { readAttachments } from "../../src/attest/read/read-attachments.ts";
import { verifyAttachments } from "../../src/attest/read/verify-attachments.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { type ArtifactRegistry, startArtifactRegistry } from "../fixtures/artifact-registry.ts";
import { AS_BUNDLE, COSIGN_PASSWORD, type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { blobsOf, emptyImage, manifestOf, withConfig } from "../fixtures/image/image.ts";

const PROVENANCE = "https://slsa.dev/provenance/v1";
const SIGN = "https://sigstore.dev/cosign/sign/v1";
const KEYS = {
  "P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  Ed25519: ["-algorithm", "ED25519"],
  "RSA-3072": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
} as const;

const cwd = mkdtempSync(join(tmpdir(), "douane-referrers-"));
let tool: Cosign;

beforeAll(() => {
  tool = cosign();
  writeFileSync(join(cwd, "predicate.json"), JSON.stringify({ buildDefinition: { buildType: "urn:test" } }));
  for (const [name, options] of Object.entries(KEYS)) {
    const key = join(cwd, `${name}.key`);
    execFileSync("openssl", ["genpkey", ...options, "-out", key], { stdio: "ignore" });
    execFileSync("openssl", ["pkey", "-in", key, "-pubout", "-out", join(cwd, `${name}.pub`)]);
    const der = createPrivateKey(readFileSync(key)).export({ type: "pkcs8", format: "der" });
    writeFileSync(join(tool.folder, `${name}.key`), encryptKey(der, COSIGN_PASSWORD));
  }
});
afterAll(() => {
  tool.close();
  rmSync(cwd, { recursive: true });
});

interface Place {
  readonly registry: ArtifactRegistry;
  /** Image by its digest. */
  readonly target: string;
  readonly digest: Digest;
}

/** A registry with the API, and an image in it. */
async function place(): Promise<Place> {
  const registry = await startArtifactRegistry({ referrers: true });
  const image = withConfig(emptyImage("linux/amd64"), { User: "1000" });
  const { bytes, digest } = manifestOf(image);
  registry.manifests.set(digest, bytes);
  for (const blob of blobsOf(image)) registry.blobs.set(blob.digest, blob.bytes);
  return { registry, target: `${registry.host}/team/app@${digest}`, digest };
}

async function attest({ target }: Place, name: string, ...argv: readonly string[]): Promise<void> {
  const key = join(cwd, `${name}.key`);
  const ended = await douane(["attest", target, "--key", key, ...argv], { cwd });
  expect(ended).toMatchObject({ exit: 0, stderr: "" });
}

async function accepts({ target }: Place, name: string, ...argv: readonly string[]): Promise<boolean> {
  const flags = ["--key", join(cwd, `${name}.pub`), "--insecure-ignore-tlog"];
  return (await tool.runBeside([...argv, ...flags, target])).exit === 0;
}

async function verified({ target, digest }: Place, name: string) {
  const opened = openStore(target, { env: {}, cwd });
  try {
    const found = await readAttachments(opened.store, digest);
    const key = readPublicKey(readFileSync(join(cwd, `${name}.pub`), "utf8"), name);
    const { statements, refused, imageSigners } = verifyAttachments(found, digest, [key]);
    const types = statements.map(({ statement }) => statement.predicateType).toSorted();
    return { types, refused, problems: found.problems, signs: imageSigners.length };
  } finally {
    await opened.close();
  }
}

const tagsOf = ({ registry }: Place) => [...registry.manifests.keys()].filter((one) => !one.includes(":"));
const PREDICATE = ["--predicate", "predicate.json", "--type", PROVENANCE];
const attestation = (type: string) => ["verify-attestation", "--type", type] as const;

describe.each(Object.keys(KEYS))("with a key %s, ours to cosign", (name) => {
  test("an attestation in a bundle is a referrer without a tag, which cosign finds by the API", async () => {
    const at = await place();
    await attest(at, name, "--layout", "bundle", ...PREDICATE);
    expect(tagsOf(at)).toEqual([]);
    expect(await accepts(at, name, ...attestation(PROVENANCE), ...AS_BUNDLE)).toBe(true);
    expect(await accepts(at, name, ...attestation(PROVENANCE))).toBe(false);
    expect(await verified(at, name)).toEqual({ types: [PROVENANCE], refused: [], problems: [], signs: 0 });
  });

  test("an attestation in a tag is cosign's, too", async () => {
    const at = await place();
    await attest(at, name, "--layout", "tag", ...PREDICATE);
    expect(await accepts(at, name, ...attestation(PROVENANCE))).toBe(true);
    expect(await accepts(at, name, ...attestation(PROVENANCE), ...AS_BUNDLE)).toBe(false);
    expect(await verified(at, name)).toEqual({ types: [PROVENANCE], refused: [], problems: [], signs: 0 });
  });

  test("a signature in a tag is cosign's", async () => {
    const at = await place();
    await attest(at, name, "--layout", "tag", "--sign");
    expect(await accepts(at, name, "verify")).toBe(true);
    expect(await verified(at, name)).toEqual({ types: [], refused: [], problems: [], signs: 1 });
  });

  test("a signature in a bundle is an attestation to cosign 2, which has no bundle signatures", async () => {
    const at = await place();
    await attest(at, name, "--layout", "bundle", "--sign");
    expect(await accepts(at, name, "verify")).toBe(false);
    expect(await accepts(at, name, ...attestation(SIGN), ...AS_BUNDLE)).toBe(true);
    expect(await verified(at, name)).toEqual({ types: [SIGN], refused: [], problems: [], signs: 0 });
  });

  test("another key's attestation is no one's", async () => {
    const at = await place();
    const other = name === "P-256" ? "Ed25519" : "P-256";
    await attest(at, other, ...PREDICATE, "--sign");
    expect(await accepts(at, name, ...attestation(PROVENANCE), ...AS_BUNDLE)).toBe(false);
    expect(await accepts(at, name, ...attestation(PROVENANCE))).toBe(false);
    expect(await accepts(at, name, "verify")).toBe(false);
    expect(await verified(at, name)).toMatchObject({ types: [], signs: 0 });
  });
});

describe.each(Object.keys(KEYS))("with a key %s, cosign to ours", (name) => {
  const common = ["--yes", "--tlog-upload=false", "--key", `${name}.key`];
  const predicate = ["--type", PROVENANCE, "--predicate", join(cwd, "predicate.json")];

  test.each([
    ["an attestation in a bundle", ["attest", ...predicate, "--new-bundle-format"], [PROVENANCE], 0],
    ["an attestation in a tag", ["attest", ...predicate], [PROVENANCE], 0],
    ["a signature in a tag", ["sign"], [], 1],
  ] as const)("%s", async (_, argv, types, signs) => {
    const at = await place();
    const { exit, said } = await tool.runBeside([...argv, ...common, at.target]);
    expect([exit, said]).toEqual([0, said]);
    expect(await verified(at, name)).toEqual({ types, refused: [], problems: [], signs });
  });

  test("a signature as a referrer of its own type, cosign's experiment, is read", async () => {
    const at = await place();
    const argv = ["sign", ...common, "--registry-referrers-mode", "oci-1-1", at.target];
    const { exit, said } = await tool.runBeside(argv, { COSIGN_EXPERIMENTAL: "1" });
    expect([exit, said]).toEqual([0, said]);
    expect(tagsOf(at)).toEqual([]);
    expect(await verified(at, name)).toEqual({ types: [], refused: [], problems: [], signs: 1 });
    const other = name === "P-256" ? "Ed25519" : "P-256";
    expect(await verified(at, other)).toMatchObject({ signs: 0 });
  });
});
