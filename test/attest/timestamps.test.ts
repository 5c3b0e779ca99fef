// Timestamps (RFC 3161) of an authority that openssl makes, beside signatures by key and by an organisation's
// certificate; openssl and cosign 2.5 read what douane asks for, and douane what cosign does.

import { execFileSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCertificate } from "../../src/attest/x509/certificate.ts";
import { pemAuthorities } from "../../src/attest/x509/pem.ts";
import { timestampTime } from "../../src/attest/x509/verify-timestamp.ts";
import { sha256 } from "../../src/contract/digest.ts";
import { PROVENANCE, provenance, SOURCE } from "../fixtures/attested.ts";
import { type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { type OpensslTsa, opensslTsa } from "../fixtures/openssl-tsa.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { certificate, daysFromNow, type KeyType } from "../fixtures/x509.ts";

const TYPES: readonly KeyType[] = ["rsa", "p256", "p384"];
const DAY_MS = 24 * 3600 * 1000;
const SUBJECT = "build@team.example";
const ROOT = certificate({ name: "root", ca: {}, type: "rsa" });
const MIDDLE = certificate({ name: "middle", issuer: ROOT, ca: {}, type: "rsa" });
const LEAF = certificate({ name: "build", issuer: MIDDLE, names: [SUBJECT], notAfter: daysFromNow(1) });
let registry: TestRegistry;
let tool: Cosign;
let cwd: string;
let tsas: readonly OpensslTsa[];
let pushed = 0;
beforeAll(async () => {
  registry = await startRegistry();
  tool = cosign();
  cwd = tool.folder;
  tsas = await Promise.all(TYPES.map(opensslTsa));
  write("predicate.json", JSON.stringify(provenance()));
  write("leaf.key", LEAF.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  write("chain.pem", LEAF.pem + MIDDLE.pem + ROOT.pem);
  write("issuers.pem", MIDDLE.pem + ROOT.pem);
  write("root.pem", ROOT.pem);
  for (const [index, { root }] of tsas.entries()) write(`tsa${index}.pem`, root);
  writeLayout(emptyImage(), join(cwd, "image"));
});
afterAll(async () => {
  await Promise.all(tsas.map((tsa) => tsa.close()));
  tool.close();
  await registry.stop();
});

function write(name: string, text: string): void {
  writeFileSync(join(cwd, name), text);
}

function push(): string {
  const repository = `${registry.host}/team/dated${++pushed}`;
  const target = `docker://${repository}:1`;
  execFileSync("skopeo", ["copy", "--quiet", "--dest-tls-verify=false", `oci:${join(cwd, "image")}`, target]);
  const raw = execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", target]);
  return `${repository}@${sha256(raw)}`;
}

const PREDICATE = ["--predicate", "predicate.json", "--type", PROVENANCE];

async function attest(target: string, ...more: readonly string[]) {
  return douane(["attest", target, "--key", "leaf.key", ...PREDICATE, ...more], {
    cwd,
    now: () => new Date(),
  });
}

/** Verdict on the provenance at a time, with the codes of what does not count. */
async function verify(target: string, authority: object, days: number): Promise<readonly string[]> {
  const attestations = {
    signers: [{ id: "team", identities: [{ authority: "pki", subject: SUBJECT }] }],
    authorities: [{ id: "pki", kind: "pki", certificates: [{ file: "root.pem" }], ...authority }],
    builders: [{ signer: "team", id: "https://gitlab.example/*", level: 1 }],
    applications: [{ source: SOURCE, repositories: [target.slice(0, target.indexOf("@"))] }],
    statements: { provenance: { signers: ["team"] } },
  };
  write("policy.yaml", JSON.stringify({ attestations }));
  const argv = ["verify", target, "--policy", "policy.yaml", "--format", "json"];
  const { stdout } = await douane(argv, { cwd, now: () => new Date(Date.now() + days * DAY_MS) });
  const { checks, unverified } = JSON.parse(stdout);
  const codes = [...checks[0].ignored, ...unverified].map(({ code }: { code: string }) => code);
  return [checks[0].answer, ...new Set<string>(codes)];
}

/** The bundle under the fallback tag of an image. */
async function bundleOf(target: string) {
  const [repository = "", digest = ""] = target.slice(registry.host.length + 1).split("@");
  const get = async (path: string) => {
    const accept = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";
    return (await fetch(`http://${registry.host}/v2/${repository}/${path}`, { headers: { accept } })).json();
  };
  const { manifests } = (await get(`manifests/${digest.replace(":", "-")}`)) as {
    manifests: { digest: string }[];
  };
  const { layers } = (await get(`manifests/${manifests[0]?.digest}`)) as { layers: { digest: string }[] };
  return (await get(`blobs/${layers[0]?.digest}`)) as {
    verificationMaterial: {
      publicKey?: { hint: string };
      x509CertificateChain?: { certificates: { rawBytes: string }[] };
      timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: string }[] };
    };
    dsseEnvelope: { signatures: { sig: string }[] };
  };
}

test.each([0, 1, 2])(
  "a signature by key is dated by an authority with keys of kind %i, as openssl sees it, too",
  async (index) => {
    const target = push();
    const tsa = tsas[index];
    if (tsa === undefined) throw new Error("no authority");
    expect((await attest(target, "--tsa", tsa.url)).exit).toBe(0);
    const { verificationMaterial, dsseEnvelope } = await bundleOf(target);
    expect(verificationMaterial.publicKey?.hint).toBe(parseCertificate(LEAF.der).id);
    const [stamp] = verificationMaterial.timestampVerificationData.rfc3161Timestamps;
    const response = Buffer.from(stamp?.signedTimestamp ?? "", "base64");
    const signature = Buffer.from(dsseEnvelope.signatures[0]?.sig ?? "", "base64");
    const byDouane = (dated: Buffer, pem: string) =>
      timestampTime(response, dated, pemAuthorities(pem, "tsa")) !== undefined;
    const other = Buffer.from("other");
    expect([tsa.accepts(response, signature), byDouane(signature, tsa.root)]).toEqual([true, true]);
    expect([tsa.accepts(response, other), byDouane(other, tsa.root)]).toEqual([false, false]);
    expect(byDouane(signature, tsas[(index + 1) % 3]?.root ?? "")).toBe(false);
  },
);

test.each(["bundle", "tag", "both"])(
  "layout %s: a certificate that has ended since counts by its timestamp",
  async (layout) => {
    const target = push();
    const [tsa] = tsas;
    const options = ["--certificate", "chain.pem", "--tsa", tsa?.url ?? "", "--layout", layout];
    const { exit, stdout } = await attest(target, ...options);
    expect([exit, stdout]).toEqual([0, expect.stringContaining(`(identity ${SUBJECT})`)]);
    const dated = { timestampAuthorities: [{ file: "tsa0.pem" }] };
    expect(await verify(target, dated, 0)).toEqual(["yes"]);
    expect(await verify(target, dated, 30)).toEqual(["yes"]);
    expect(await verify(target, {}, 30)).toEqual(["no", "certificate-expired"]);
    expect(await verify(target, { timestampAuthorities: [{ file: "tsa1.pem" }] }, 30)).toEqual([
      "no",
      "certificate-expired",
    ]);
  },
);

test("the root stays out of the bundle, and the intermediate authority is in it", async () => {
  const target = push();
  expect((await attest(target, "--certificate", "chain.pem")).exit).toBe(0);
  const { x509CertificateChain: chain } = (await bundleOf(target)).verificationMaterial;
  expect(chain?.certificates.map(({ rawBytes }) => rawBytes)).toEqual(
    [LEAF, MIDDLE].map(({ der }) => der.toString("base64")),
  );
});

test("cosign 2.5 verifies what douane signs with certificate and timestamp, and douane what cosign does", async () => {
  const [tsa] = tsas;
  const target = push();
  expect((await attest(target, "--certificate", "chain.pem", "--tsa", tsa?.url ?? "", "--sign")).exit).toBe(
    0,
  );
  write("tsa-chain.pem", tsa?.chain ?? "");
  const trust = ["--ca-roots", "root.pem", "--ca-intermediates", "issuers.pem", "--insecure-ignore-sct"];
  const identity = ["--certificate-identity", SUBJECT, "--certificate-oidc-issuer-regexp", ".*"];
  const stamped = [
    "--insecure-ignore-tlog",
    "--use-signed-timestamps",
    "--timestamp-certificate-chain",
    "tsa-chain.pem",
  ];
  const flags = [...trust, ...identity, ...stamped];
  const one = await tool.runBeside(["verify-attestation", ...flags, "--type", PROVENANCE, target]);
  const two = await tool.runBeside(["verify", ...flags, target]);
  expect([one.exit, two.exit]).toEqual([0, 0]);
  const theirs = push();
  tool.run("generate-key-pair", "--output-key-prefix", "theirs");
  const publicKey = createPublicKey(readFileSync(join(cwd, "theirs.pub")));
  // The issuer signs the certificate; the private half is cosign's.
  const keys = { publicKey, privateKey: MIDDLE.keys.privateKey };
  write(
    "theirs.pem",
    certificate({ name: "build", issuer: MIDDLE, keys, names: [SUBJECT], notAfter: daysFromNow(1) }).pem,
  );
  const certificates = ["--certificate", "theirs.pem", "--certificate-chain", "issuers.pem"];
  const argv = ["attest", "--yes", "--tlog-upload=false", "--key", "theirs.key", ...certificates];
  const { exit } = await tool.runBeside([
    ...argv,
    "--timestamp-server-url",
    tsa?.url ?? "",
    "--type",
    PROVENANCE,
    "--predicate",
    "predicate.json",
    theirs,
  ]);
  expect(exit).toBe(0);
  const dated = { timestampAuthorities: [{ file: "tsa0.pem" }], require: ["tsa"] };
  expect(await verify(theirs, dated, 30)).toEqual(["yes"]);
  expect(await verify(theirs, {}, 30)).toEqual(["no", "certificate-expired"]);
});

test.each<[string, readonly string[], string]>([
  [
    "a certificate of another key",
    ["--certificate", "issuers.pem"],
    "the first certificate is of another key",
  ],
  ["an address that is none", ["--tsa", "ftp://tsa.example"], "not the address of a timestamp authority"],
  [
    "a configuration beside",
    ["--tsa", "http://tsa.example", "--signing-config", "x.json"],
    "do not go together",
  ],
])("%s is refused before anything is attached", async (_, more, message) => {
  const { exit, stderr } = await attest(push(), ...more);
  expect([exit, stderr]).toEqual([64, expect.stringContaining(message)]);
});
