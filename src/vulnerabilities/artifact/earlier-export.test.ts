import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { signatureOver } from "../../attest/keys/sign.ts";
import { readEarlierExport } from "./earlier-export.ts";
import { verifySignature } from "./verify-signature.ts";

const HASH = "0".repeat(64);
const SOURCE = {
  name: "osv:npm",
  feed: "osv",
  records: 2,
  date: "2026-06-14",
  dateFrom: "server",
  imported: "2026-06-15",
  ecosystems: { npm: 2 },
  file: `${HASH}.table`,
  bytes: 10,
  sha256: HASH,
  content: HASH,
};
const INDEX = { format: 2, created: "2026-06-15T00:00:00Z", sources: [SOURCE], deltas: [] };

function put(folder: string, value: unknown): string {
  const bytes = JSON.stringify(value);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
  writeFileSync(join(folder, "blobs", "sha256", sha256), bytes);
  return `sha256:${sha256}`;
}

/** A folder whose index.json lists a manifest with a config, each replaced where a test says so. */
function exported({ manifests, config }: { manifests?: unknown; config?: unknown } = {}): string {
  const folder = temporaryDirectory();
  const manifest = { config: config ?? { digest: put(folder, INDEX) } };
  const listed = manifests ?? [{ digest: put(folder, manifest) }];
  writeFileSync(join(folder, "index.json"), JSON.stringify({ manifests: listed }));
  return folder;
}

test("an earlier export is read by its first manifest", () => {
  const folder = exported();
  expect(readEarlierExport(folder)).toEqual({ folder, index: INDEX });
});

test.each([
  ["no list", { manifests: {} }],
  ["an empty list", { manifests: [] }],
  ["no digest", { manifests: [{}] }],
  ["a digest of something else", { manifests: [{ digest: "sha256:../../etc/passwd" }] }],
  ["a blob that is not there", { manifests: [{ digest: `sha256:${HASH}` }] }],
  ["no config", { config: {} }],
])("an export with %s is none", (_, changes) => {
  expect(() => readEarlierExport(exported(changes))).toThrow("no readable earlier export");
});

test("a signature is of the key that is set, over all bytes", () => {
  const pair = () => generateKeyPairSync("ed25519");
  const pem = ({ publicKey }: ReturnType<typeof pair>) =>
    publicKey.export({ type: "spki", format: "pem" }).toString();
  const [own, other] = [pair(), pair()];
  const bytes = Buffer.from("data");
  const secret = own.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const signature = signatureOver(bytes, secret, "key");
  const codeOf = (...[signed, text, key]: readonly [Buffer, string, string]) => {
    try {
      verifySignature(signed, text, key, "mirror");
      return "signed";
    } catch (error) {
      return (error as { readonly code: string }).code;
    }
  };
  expect([
    codeOf(bytes, signature, pem(own)),
    codeOf(bytes, signature, pem(other)),
    codeOf(Buffer.from("date"), signature, pem(own)),
    codeOf(bytes, "", pem(own)),
    codeOf(bytes, "?", pem(own)),
    codeOf(bytes, signature, "no key"),
  ]).toEqual([
    "signed",
    "vulnerability-signature-wrong",
    "vulnerability-signature-wrong",
    "vulnerability-data-unsigned",
    "vulnerability-signature-wrong",
    "signing-key-invalid",
  ]);
});
