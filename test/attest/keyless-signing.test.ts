// Signing without a key, by a private Sigstore on the loopback; sigstore-go and cosign 2.5 read what douane writes.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DSSEBundleBuilder, FulcioSigner, RekorWitness } from "@sigstore/sign";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAttachments } from "../../src/attest/read/read-attachments.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import { hexOf, sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { PROVENANCE, provenance, SOURCE } from "../fixtures/attested.ts";
import { type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { KEYLESS_ISSUER, KEYLESS_SUBJECT } from "../fixtures/fake-sigstore.ts";
import { emptyImage } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { PATHS, type SigstoreServer, sigstoreServer } from "../fixtures/sigstore-server.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-keyless-signing-"));
let registry: TestRegistry;
let tool: Cosign;
let server: SigstoreServer;
let pushed = 0;

beforeAll(async () => {
  registry = await startRegistry();
  tool = cosign();
  server = await sigstoreServer();
  writeFileSync(join(cwd, "predicate.json"), JSON.stringify(provenance()));
  writeFileSync(join(cwd, "trusted_root.json"), JSON.stringify(server.sigstore.trustedRoot));
  writeLayout(emptyImage(), join(cwd, "image"));
});
afterAll(async () => {
  await server.close();
  await registry.stop();
  tool.close();
  rmSync(cwd, { recursive: true });
});

function push(): string {
  const repository = `${registry.host}/team/portal${++pushed}`;
  const target = `docker://${repository}:1`;
  execFileSync("skopeo", ["copy", "--quiet", "--dest-tls-verify=false", `oci:${join(cwd, "image")}`, target]);
  const raw = execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", target]);
  return `${repository}@${sha256(raw)}`;
}

const CLAIMS = { iss: KEYLESS_ISSUER, sub: KEYLESS_SUBJECT };

/** `douane attest` without a key, by a configuration and a token. */
async function attest(target: string, config: object, more: readonly string[] = [], claims = {}) {
  writeFileSync(join(cwd, "signing.json"), JSON.stringify(config));
  const env = { SIGSTORE_ID_TOKEN: server.token({ ...CLAIMS, ...claims }) };
  const predicate = ["--predicate", "predicate.json", "--type", PROVENANCE];
  const argv = ["attest", target, "--signing-config", "signing.json", ...predicate, ...more];
  return douane(argv, { cwd, env, now: () => new Date() });
}

function digestOf(target: string): Digest {
  return target.slice(target.indexOf("@") + 1) as Digest;
}

/** Text of the one bundle attached to an image. */
async function bundleOf(target: string): Promise<string> {
  const place = openStore(target, { env: {}, cwd });
  try {
    const { attestations } = await readAttachments(place.store, digestOf(target));
    const [found] = attestations.filter(({ material }) => material?.mediaType.includes("v0.3"));
    const [repository = ""] = target.slice(registry.host.length).split("@");
    const answer = await fetch(`http://${registry.host}/v2${repository}/blobs/${found?.name}`);
    return await answer.text();
  } finally {
    await place.close();
  }
}

function bySigstoreGo(bundle: string, digest: string, flags: readonly string[]): string {
  writeFileSync(join(cwd, "bundle.json"), bundle);
  const identity = ["-expectedIssuer", KEYLESS_ISSUER, "-expectedSAN", KEYLESS_SUBJECT];
  const root = ["-trustedrootJSONpath", "trusted_root.json", "-artifact-digest", digest];
  const argv = [...flags, ...identity, ...root, "bundle.json"];
  const { status, stderr } = spawnSync("sigstore-go-verification", argv, { cwd, encoding: "utf8" });
  return status === 0 ? "yes" : (stderr.trim().split("\n").at(-1) ?? "");
}

/** Verdict of `douane verify` on the provenance, with the codes of what does not count. */
async function byDouane(
  target: string,
  subject: string,
  require?: readonly string[],
): Promise<readonly string[]> {
  const attestations = {
    signers: [{ id: "ci", identities: [{ authority: "fulcio", issuer: KEYLESS_ISSUER, subject }] }],
    authorities: [
      {
        id: "fulcio",
        kind: "sigstore",
        trustedRoot: { file: "trusted_root.json" },
        ...(require === undefined ? {} : { require }),
      },
    ],
    builders: [{ signer: "ci", id: "https://gitlab.example/*", level: 2 }],
    applications: [{ source: SOURCE, repositories: [target.slice(0, target.indexOf("@"))] }],
    statements: { provenance: { signers: ["ci"] } },
  };
  writeFileSync(join(cwd, "policy.yaml"), JSON.stringify({ attestations }));
  const argv = ["verify", target, "--policy", "policy.yaml", "--format", "json"];
  const { stdout } = await douane(argv, { cwd, now: () => new Date() });
  const { checks, unverified } = JSON.parse(stdout);
  const codes = [...checks[0].ignored, ...unverified].map(({ code }: { code: string }) => code);
  return [checks[0].answer, ...new Set<string>(codes)];
}

/** Environment by which cosign 2.5 asks nobody for the services' keys and certificates. */
function cosignRoots(): Readonly<Record<string, string>> {
  const { ca, ctLog, log, tsa } = server.sigstore.pem;
  for (const [name, pem] of Object.entries({ ca, ctLog, log, tsa }))
    writeFileSync(join(tool.folder, `${name}.pem`), pem);
  return {
    SIGSTORE_ROOT_FILE: "ca.pem",
    SIGSTORE_REKOR_PUBLIC_KEY: "log.pem",
    SIGSTORE_CT_LOG_PUBLIC_KEY_FILE: "ctLog.pem",
    SIGSTORE_TSA_CERTIFICATE_FILE: "tsa.pem",
  };
}

const V2 = { majorApiVersion: 2, operator: "test.example" };
const NO_LOG = { rekorTlogUrls: [], rekorTlogConfig: undefined };
const NO_STAMP = { tsaUrls: [], tsaConfig: undefined };

interface Read {
  readonly sigstoreGo: string;
  readonly douane: string;
}
const BOTH: Read = { sigstoreGo: "yes", douane: "yes" };
const GO_WITHOUT_LOG = ["-requireTlog=false"];

test.each<[string, () => Record<string, unknown>, readonly string[] | undefined, readonly string[], Read]>([
  ["a Rekor v1 and a timestamp", () => ({}), undefined, [], BOTH],
  ["a Rekor v1 alone", () => NO_STAMP, undefined, [], BOTH],
  ["a timestamp alone", () => NO_LOG, ["ct", "tsa"], GO_WITHOUT_LOG, BOTH],
  // sigstore-go 0.7 knows no entry of version 0.0.2; @sigstore/verify does.
  [
    "a Rekor v2 and a timestamp",
    () => ({ rekorTlogUrls: [{ url: `${server.origin}/rekor`, ...V2 }] }),
    undefined,
    [],
    { sigstoreGo: "no", douane: "yes" },
  ],
])(
  "%s: sigstore-go and douane accept the right digest, and no other",
  async (_, changes, require, flags, expected) => {
    const target = push();
    const { exit, stdout } = await attest(target, server.config(changes()), ["--layout", "bundle"]);
    expect([exit, stdout]).toEqual([0, `${target}: ${PROVENANCE} (identity ${KEYLESS_SUBJECT})\n`]);
    const bundle = await bundleOf(target);
    const answer = bySigstoreGo(bundle, hexOf(digestOf(target)), flags);
    const [douaneSays] = await byDouane(target, KEYLESS_SUBJECT, require);
    expect({ sigstoreGo: answer === "yes" ? "yes" : "no", douane: douaneSays }).toEqual(expected);
    expect(bySigstoreGo(bundle, "0".repeat(64), flags)).not.toBe("yes");
  },
);

test.each(["bundle", "tag", "both"])(
  "layout %s counts for the identity that signed, and for no other",
  async (layout) => {
    const target = push();
    expect((await attest(target, server.config(), ["--layout", layout])).exit).toBe(0);
    expect(await byDouane(target, KEYLESS_SUBJECT)).toEqual(["yes"]);
    expect(await byDouane(target, KEYLESS_SUBJECT, ["ct", "log", "tsa"])).toEqual(["yes"]);
    expect(await byDouane(target, `${KEYLESS_SUBJECT}-2`)).toEqual(["no", "certificate-subject"]);
  },
);

test("cosign 2.5 verifies attestation and signature by identity, in both layouts, with log and timestamp", async () => {
  const target = push();
  expect((await attest(target, server.config(), ["--sign"])).exit).toBe(0);
  const roots = cosignRoots();
  const issuer = ["--certificate-oidc-issuer", KEYLESS_ISSUER];
  const identity = ["--certificate-identity", KEYLESS_SUBJECT, ...issuer];
  const stamped = ["--timestamp-certificate-chain", "tsa.pem", "--use-signed-timestamps"];
  const run = async (...argv: readonly string[]) => (await tool.runBeside(argv, roots)).exit;
  const type = ["--type", PROVENANCE];
  const bundle = ["--new-bundle-format", "--trusted-root", join(cwd, "trusted_root.json")];
  const [attestation, signature] = [["verify-attestation", ...type], ["verify"]];
  expect(await run(...attestation, ...identity, "--offline", target)).toBe(0);
  expect(await run(...attestation, ...identity, "--insecure-ignore-tlog", ...stamped, target)).toBe(0);
  expect(await run(...attestation, ...identity, "--offline", ...bundle, target)).toBe(0);
  expect(await run(...signature, ...identity, "--offline", target)).toBe(0);
  expect(await run(...signature, ...identity, "--insecure-ignore-tlog", ...stamped, target)).toBe(0);
  const other = ["--certificate-identity", `${KEYLESS_SUBJECT}-2`, ...issuer];
  for (const command of [attestation, signature])
    expect(await run(...command, ...other, "--offline", target)).not.toBe(0);
});

test("cosign 2's tag is restored with certificate and log entry", async () => {
  const target = push();
  expect((await attest(target, server.config(), ["--layout", "bundle"])).exit).toBe(0);
  const repair = () => douane(["attest", target, "--repair"], { cwd });
  expect([(await repair()).exit, (await repair()).exit]).toEqual([0, 0]);
  const identity = ["--certificate-identity", KEYLESS_SUBJECT, "--certificate-oidc-issuer", KEYLESS_ISSUER];
  const argv = ["verify-attestation", ...identity, "--offline", "--type", PROVENANCE, target];
  const { exit, said } = await tool.runBeside(argv, cosignRoots());
  expect([exit, said.match(/"payloadType"/g)?.length]).toEqual([0, 1]);
});

test("what douane sends is what @sigstore/sign sends; but that follows a redirection with the token", async () => {
  const target = push();
  await attest(target, server.config(), ["--layout", "bundle"]);
  const ours = (path: string) => JSON.parse(String(server.bodies.get(path)));
  const [fulcio, rekor] = [ours(PATHS.fulcio), ours(PATHS.rekor)];
  const token = server.token(CLAIMS);
  const signer = new FulcioSigner({
    fulcioBaseURL: `${server.origin}/fulcio`,
    identityProvider: { getToken: async () => token },
  });
  const witnesses = [new RekorWitness({ rekorBaseURL: `${server.origin}/rekor`, entryType: "dsse" })];
  const builder = new DSSEBundleBuilder({ signer, witnesses });
  const artifact = { data: Buffer.from("{}"), type: "application/vnd.in-toto+json" };
  await builder.create(artifact);
  expect(shapeOf(fulcio)).toEqual(shapeOf(ours(PATHS.fulcio)));
  expect(shapeOf(rekor)).toEqual(shapeOf(ours(PATHS.rekor)));
  server.changed.set(PATHS.fulcio, [{ status: 307, headers: { location: "/elsewhere" } }]);
  await expect(builder.create(artifact)).rejects.toThrow("error creating signing certificate");
  server.changed.delete(PATHS.fulcio);
  expect(String(server.bodies.get("/elsewhere"))).toContain(token);
});

/** Names of all fields, with the types of their values. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return typeof value;
  const entries = Object.entries(value).map(([key, one]) => [key, shapeOf(one)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => one.localeCompare(other)));
}
