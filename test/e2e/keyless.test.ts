// Signing without a key, and the update of a root, by the bundled program: code that only it loads.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { start } from "../fixtures/bundled.ts";
import { KEYLESS_ISSUER, KEYLESS_SUBJECT } from "../fixtures/fake-sigstore.ts";
import { emptyImage } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { type SigstoreServer, sigstoreServer } from "../fixtures/sigstore-server.ts";
import { type TufMirror, TufRepository, tufKey, tufMirror } from "../fixtures/tuf-repository.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-keyless-bundled-"));
let server: SigstoreServer;
let mirror: TufMirror;
let text: string;
beforeAll(async () => {
  server = await sigstoreServer();
  mirror = await tufMirror();
  text = JSON.stringify(server.sigstore.trustedRoot);
  const repository = new TufRepository();
  mirror.files = repository.files;
  writeFileSync(join(cwd, "root.json"), repository.root({ rootKeys: [tufKey()] }));
  repository.publish(Buffer.from(text));
  writeFileSync(join(cwd, "k.key"), generateKey("p256").secret);
  writeFileSync(join(cwd, "p.json"), "{}");
  writeFileSync(join(cwd, "signing.json"), JSON.stringify(server.config()));
  writeLayout(emptyImage("linux/amd64"), join(cwd, "image"));
});
afterAll(async () => {
  await server.close();
  await mirror.close();
  rmSync(cwd, { recursive: true });
});

/** Exit code, and which of the chunks that few runs need were loaded. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { ended, said } = start(argv, cwd, { env: { ...env, NODE_DEBUG: "module", HOME: cwd } });
  const [exit] = await ended;
  const chunks = ["keyless", "update-root", "verify-sigstore", "sign"];
  return [exit, ...chunks.filter((name) => said().includes(`/dist/chunk-${name}.cjs`))];
}

const ATTEST = ["attest", "oci:image", "--predicate", "p.json", "--type", "a:b"];

test("a key signs without the code of a Sigstore, and without a key nothing is loaded that verifies", async () => {
  expect(await run([...ATTEST, "--key", "k.key"])).toEqual([0, "sign"]);
  const token = server.token({ iss: KEYLESS_ISSUER, sub: KEYLESS_SUBJECT });
  const keyless = [...ATTEST, "--signing-config", "signing.json"];
  expect(await run(keyless, { SIGSTORE_ID_TOKEN: token })).toEqual([0, "keyless", "sign"]);
});

test("the update of a root loads the TUF client, and nothing that signs", async () => {
  const options = [
    "--tuf-mirror",
    mirror.origin,
    "--tuf-root",
    "root.json",
    "--trusted-root",
    "trusted_root.json",
  ];
  expect(await run(["verify", "--update-root", ...options])).toEqual([0, "update-root"]);
  expect(readFileSync(join(cwd, "trusted_root.json"), "utf8")).toBe(text);
});
