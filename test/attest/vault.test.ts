// Keys in Vault's transit engine (our fake: none is installed here), whose signatures openssl makes and cosign verifies.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPublicKey } from "../../src/attest/keys/public-key.ts";
import { readAttachments } from "../../src/attest/read/read-attachments.ts";
import { verifyAttachments } from "../../src/attest/read/verify-attachments.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { AS_BUNDLE, type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { type FakeVault, startVault, VAULT_TYPES } from "../fixtures/fake-vault.ts";
import { emptyImage, withConfig } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-vault-"));
let registry: TestRegistry;
let tool: Cosign;
let pushed = 0;

beforeAll(async () => {
  registry = await startRegistry();
  tool = cosign();
  writeFileSync(join(cwd, "p.json"), "{}");
  writeLayout(withConfig(emptyImage("linux/amd64"), { User: "1000" }), join(cwd, "one"));
});
afterAll(async () => {
  await registry.stop();
  tool.close();
  rmSync(cwd, { recursive: true });
});

function push(): string {
  const repository = `${registry.host}/team/app${++pushed}`;
  execFileSync("skopeo", [
    "copy",
    "--quiet",
    "--dest-tls-verify=false",
    `oci:${join(cwd, "one")}`,
    `docker://${repository}:1`,
  ]);
  const raw = execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${repository}:1`]);
  return `${repository}@${sha256(raw)}`;
}

const KEY = ["--key", "vault://portal"];
const byToken = ({ url, token }: FakeVault) => ({ VAULT_ADDR: url, VAULT_TOKEN: token });

async function attest(target: string, env: Readonly<Record<string, string>>, type: string) {
  const predicate = ["--predicate", "p.json", "--type", type];
  return douane(["attest", target, ...KEY, ...predicate, "--sign"], { cwd, env });
}

/** Public keys that `douane keys public` prints, each in a file of its own. */
async function publicKeys(vault: FakeVault): Promise<readonly string[]> {
  const { exit, stdout } = await douane(["keys", "public", ...KEY], { cwd, env: byToken(vault) });
  expect(exit).toBe(0);
  const blocks = stdout.match(/-----BEGIN[^#]+/g) ?? [];
  return blocks.map((pem, at) => {
    const file = join(cwd, `${pushed}-${at}.pub`);
    writeFileSync(file, pem);
    return file;
  });
}

async function typesIn(target: string, files: readonly string[]): Promise<readonly string[]> {
  const place = openStore(target, { env: {}, cwd });
  try {
    const digest = target.slice(target.indexOf("@") + 1) as Digest;
    const keys = files.map((file) => readPublicKey(readFileSync(file, "utf8"), file));
    const { statements } = verifyAttachments(await readAttachments(place.store, digest), digest, keys);
    return [...new Set(statements.map(({ statement }) => statement.predicateType))].toSorted();
  } finally {
    await place.close();
  }
}

describe.each(VAULT_TYPES)("a key of type %s", (type) => {
  test("signs what cosign verifies, before and after a rotation, as long as the window has both", async () => {
    const vault = await startVault(type);
    const target = push();
    expect(await attest(target, byToken(vault), "urn:before")).toMatchObject({ exit: 0, stderr: "" });
    vault.rotate();
    expect(await attest(target, byToken(vault), "urn:after")).toMatchObject({ exit: 0, stderr: "" });
    const [before = "", after = "", ...more] = await publicKeys(vault);
    expect(more).toEqual([]);
    const verify = (key: string, ...argv: readonly string[]) =>
      tool.accepts(...argv, "--key", key, "--insecure-ignore-tlog", target);
    for (const [key, own, foreign] of [
      [before, "urn:before", "urn:after"],
      [after, "urn:after", "urn:before"],
    ] as const) {
      expect(verify(key, "verify")).toBe(true);
      expect(verify(key, "verify-attestation", "--type", own)).toBe(true);
      expect(verify(key, "verify-attestation", "--type", own, ...AS_BUNDLE)).toBe(true);
      expect(verify(key, "verify-attestation", "--type", foreign)).toBe(false);
    }
    const sign = "https://sigstore.dev/cosign/sign/v1";
    expect(await typesIn(target, [before, after])).toEqual([sign, "urn:after", "urn:before"]);
    vault.keepFrom(2);
    const [kept = "", ...none] = await publicKeys(vault);
    expect([readFileSync(kept, "utf8"), none]).toEqual([readFileSync(after, "utf8"), []]);
    await vault.close();
  });
});

test("a job logs in by its identity token and the role of its branch", async () => {
  const vault = await startVault("ed25519", "team");
  const env = {
    VAULT_SERVER_URL: vault.url,
    VAULT_NAMESPACE: "team",
    VAULT_ID_TOKEN: vault.jwt,
    VAULT_AUTH_ROLE: vault.role,
  };
  expect(await attest(push(), env, "urn:a")).toMatchObject({ exit: 0, stderr: "" });
  expect(vault.requests.slice(0, 2)).toEqual(["POST /v1/auth/jwt/login", "GET /v1/transit/keys/portal"]);
  const other = await attest(push(), { ...env, VAULT_AUTH_ROLE: "production" }, "urn:a");
  expect(other).toMatchObject({ exit: 69, stdout: "", stderr: expect.stringContaining("refuses (400)") });
  expect(other.stderr).not.toContain("eyJ");
  await vault.close();
});
