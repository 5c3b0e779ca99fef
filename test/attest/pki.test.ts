// Chains of certificates as openssl and douane see them, and attestations that cosign 2.5 signs with a certificate.

import { execFileSync, spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCertificate } from "../../src/attest/x509/certificate.ts";
import { findPath } from "../../src/attest/x509/chain.ts";
import { type Crl, parseCrls, revocationOf } from "../../src/attest/x509/crl.ts";
import { sha256 } from "../../src/contract/digest.ts";
import { PROVENANCE, provenance, SOURCE } from "../fixtures/attested.ts";
import { type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { certificate, daysFromNow, revocationList, type TestCertificate, USAGES } from "../fixtures/x509.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-pki-"));
let registry: TestRegistry;
let tool: Cosign;
beforeAll(async () => {
  registry = await startRegistry();
  tool = cosign();
});
afterAll(async () => {
  tool.close();
  await registry.stop();
  rmSync(folder, { recursive: true });
});

const ROOT = certificate({ name: "root", ca: {} });
const MIDDLE = certificate({ name: "middle", issuer: ROOT, ca: { pathLength: 0 } });
const LEAF = certificate({ name: "build", issuer: MIDDLE, names: ["build@team.example"] });
const RSA_ROOT = certificate({ name: "rsa root", ca: {}, type: "rsa" });
const RSA_MIDDLE = certificate({ name: "rsa middle", issuer: RSA_ROOT, ca: { pathLength: 0 }, type: "rsa" });
const RSA_LEAF = certificate({
  name: "rsa build",
  issuer: RSA_MIDDLE,
  type: "rsa",
  names: ["build@team.example"],
});
const DEEP = certificate({ name: "deep", issuer: MIDDLE, ca: {} });
const SERVER = certificate({ name: "tls", issuer: ROOT, ca: {}, extended: [USAGES.serverAuth] });
const OLD = certificate({ name: "old", issuer: ROOT, ca: {}, notAfter: daysFromNow(-1) });
const under = (issuer: TestCertificate, more: object = {}) => certificate({ name: "build", issuer, ...more });

function byOpenssl(
  leaf: TestCertificate,
  others: readonly TestCertificate[],
  root: TestCertificate,
  crls: readonly string[],
) {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const argv = ["verify", "-purpose", "codesign", "-CAfile", file("root.pem", root.pem + crls.join(""))];
  if (others.length > 0) argv.push("-untrusted", file("others.pem", others.map(({ pem }) => pem).join("")));
  if (crls.length > 0) argv.push("-crl_check_all");
  return spawnSync("openssl", [...argv, file("leaf.pem", leaf.pem)], { cwd: folder }).status === 0;
}

function byDouane(
  leaf: TestCertificate,
  others: readonly TestCertificate[],
  root: TestCertificate,
  crls: readonly string[],
) {
  const [first, last, ...rest] = [leaf, root, ...others].map(({ der }) => parseCertificate(der));
  if (first === undefined || last === undefined) return false;
  const found = findPath(first, rest, [last]);
  if (found === undefined || "unfit" in found || first.isCa) return false;
  const now = Date.now();
  if (first.extendedUsage?.includes(USAGES.codeSigning) !== true) return false;
  if (found.path.some(({ notBefore, notAfter }) => now < notBefore || now > notAfter)) return false;
  if (crls.length === 0) return true;
  const lists: readonly Crl[] = crls.flatMap((pem) => parseCrls(pem, "crl"));
  const revocation = revocationOf(found.path, lists)?.(now);
  if (revocation?.listsUntil === undefined) return false;
  return (revocation.from ?? Infinity) > now && revocation.listsUntil >= now;
}

type Case = [
  string,
  boolean,
  TestCertificate,
  readonly TestCertificate[],
  TestCertificate,
  readonly string[],
];

/** A leaf of e-mail address and URI below an authority whose constraints allow it, or not. */
const CONSTRAINED = (
  [
    [true, { permitted: ["team.example"] }],
    [true, { permitted: ["team.example"], isCritical: true }],
    [false, { permitted: ["other.example"] }],
    [false, { permitted: [".team.example"] }],
    [false, { excluded: ["team.example"] }],
    [true, { excluded: ["other.example"], isCritical: true }],
    [true, { permitted: ["uri:ci.team.example"] }],
    [true, { permitted: ["uri:.team.example"] }],
    [false, { permitted: ["uri:team.example"] }],
    [false, { excluded: ["uri:.team.example"] }],
    [false, { permitted: ["build@other.example"] }],
    [true, { permitted: ["build@team.example"] }],
    [true, { permitted: ["dns:other.example"] }],
  ] as const
).map(([expected, constraints]): Case => {
  const issuing = certificate({ name: "issuing", issuer: ROOT, ca: {}, constraints });
  const leaf = under(issuing, { names: ["build@team.example", "https://ci.team.example/build"] });
  return [JSON.stringify(constraints), expected, leaf, [issuing], ROOT, []];
});

test.each<Case>([
  ["a whole chain", true, LEAF, [MIDDLE], ROOT, []],
  ...CONSTRAINED,
  ["a whole chain of RSA keys", true, RSA_LEAF, [RSA_MIDDLE], RSA_ROOT, []],
  ["a chain without its middle", false, LEAF, [], ROOT, []],
  ["a chain to another root", false, LEAF, [MIDDLE], RSA_ROOT, []],
  ["an expired leaf", false, under(MIDDLE, { notAfter: daysFromNow(-1) }), [MIDDLE], ROOT, []],
  ["a leaf that is not valid yet", false, under(MIDDLE, { notBefore: daysFromNow(1) }), [MIDDLE], ROOT, []],
  ["an expired authority", false, under(OLD), [OLD], ROOT, []],
  ["a chain longer than a path length", false, under(DEEP), [DEEP, MIDDLE], ROOT, []],
  ["a leaf that issues", false, under(LEAF), [LEAF, MIDDLE], ROOT, []],
  ["a leaf for servers", false, under(MIDDLE, { extended: [USAGES.serverAuth] }), [MIDDLE], ROOT, []],
  [
    "a critical extension nobody knows",
    false,
    under(MIDDLE, { critical: ["1.2.3.4.5"] }),
    [MIDDLE],
    ROOT,
    [],
  ],
  ["a leaf on no list", true, LEAF, [MIDDLE], ROOT, [revocationList(ROOT), revocationList(MIDDLE)]],
  [
    "a revoked leaf",
    false,
    LEAF,
    [MIDDLE],
    ROOT,
    [
      revocationList(ROOT),
      revocationList(MIDDLE, { revoked: [{ serial: LEAF.serial, from: daysFromNow(-1) }] }),
    ],
  ],
  ["an issuer without a list", false, LEAF, [MIDDLE], ROOT, [revocationList(ROOT)]],
  [
    "a list that is out of date",
    false,
    LEAF,
    [MIDDLE],
    ROOT,
    [revocationList(ROOT), revocationList(MIDDLE, { nextUpdate: daysFromNow(-0.5) })],
  ],
])("%s: openssl and douane agree", (_, expected, ...chain) => {
  const [leaf] = chain;
  expect([
    byOpenssl(...chain),
    byDouane(...chain) && parseCertificate(leaf.der).unknownCritical.length === 0,
  ]).toEqual([expected, expected]);
});

// RFC 5280 says nothing of extended usages of authorities; Go's crypto/x509 and the CA/Browser Forum nest them, and so
// does douane: an authority for servers must not certify signers.
test("an authority for servers: openssl lets it certify a signer, douane does not", () => {
  const chain = [under(SERVER), [SERVER], ROOT, []] as const;
  expect([byOpenssl(...chain), byDouane(...chain)]).toEqual([true, false]);
});

test("what cosign signs with a certificate and its chain, douane verifies by the root", async () => {
  const cwd = tool.folder;
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  const repository = `${registry.host}/team/portal`;
  writeLayout(emptyImage(), join(cwd, "image"));
  execFileSync("skopeo", [
    "copy",
    "--quiet",
    "--dest-tls-verify=false",
    `oci:${join(cwd, "image")}`,
    `docker://${repository}:1`,
  ]);
  const raw = execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${repository}:1`]);
  const target = `${repository}@${sha256(raw)}`;
  tool.run("generate-key-pair", "--output-key-prefix", "leaf");
  const publicKey = createPublicKey(readFileSync(join(cwd, "leaf.pub")));
  // The issuer signs the certificate; the private half is cosign's.
  const keys = { publicKey, privateKey: MIDDLE.keys.privateKey };
  write("leaf.pem", certificate({ name: "build", issuer: MIDDLE, keys, names: ["build@team.example"] }).pem);
  write("chain.pem", MIDDLE.pem + ROOT.pem);
  write("root.pem", ROOT.pem);
  write("predicate.json", JSON.stringify(provenance()));
  const certificates = ["--certificate", "leaf.pem", "--certificate-chain", "chain.pem"];
  const attest = ["attest", "--yes", "--tlog-upload=false", "--key", "leaf.key", ...certificates];
  tool.run(...attest, "--type", PROVENANCE, "--predicate", "predicate.json", target);
  const verify = async (subject: string, authority: object = {}) => {
    const attestations = {
      signers: [{ id: "team", identities: [{ authority: "pki", subject }] }],
      authorities: [{ id: "pki", kind: "pki", certificates: [{ file: "root.pem" }], ...authority }],
      builders: [{ signer: "team", id: "https://gitlab.example/*", level: 1 }],
      applications: [{ source: SOURCE, repositories: [repository] }],
      statements: { provenance: { signers: ["team"] } },
    };
    write("policy.yaml", JSON.stringify({ attestations }));
    const argv = ["verify", target, "--policy", "policy.yaml", "--format", "json"];
    const { stdout } = await douane(argv, { cwd, now: () => new Date() });
    const { checks, unverified } = JSON.parse(stdout);
    return [checks[0].answer, ...unverified.map(({ code }: { code: string }) => code)];
  };
  expect(await verify("build@team.example")).toEqual(["yes"]);
  expect(await verify("other@team.example")).toEqual(["no", "certificate-subject"]);
  write("root.pem", RSA_ROOT.pem);
  expect(await verify("build@team.example")).toEqual(["no", "certificate-untrusted"]);
});
