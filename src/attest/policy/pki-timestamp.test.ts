// Signatures of an organisation's certificates that a timestamp authority dates.

import { createHash, sign } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { POLICY, PROVENANCE, provenance } from "../../../test/fixtures/attested.ts";
import { type FakeSigstore, fakeSigstore } from "../../../test/fixtures/fake-sigstore.ts";
import { judgeBundles, statementOf } from "../../../test/fixtures/keyless.ts";
import {
  type CertificateOptions,
  certificate,
  daysFromNow,
  revocationList,
  type TestCertificate,
} from "../../../test/fixtures/x509.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { PkiAuthority, SignerIdentity } from "../../contract/certificate-policy.ts";
import { preAuthEncoding } from "../dsse/pae.ts";
import { parseTimestamp } from "../x509/timestamp.ts";

const SUBJECT = "build@team.example";
const TYPE = "application/vnd.in-toto+json";
const BUILT = statementOf(PROVENANCE, provenance());
const ROOT = certificate({ name: "root", ca: {} });
const leafOf = (more: Partial<CertificateOptions> = {}) =>
  certificate({ name: "build", names: [SUBJECT], issuer: ROOT, ...more });
/** A certificate that ends tomorrow. */
const ENDING = leafOf({ notAfter: daysFromNow(1) });
const NOW = Date.now();
const DAY_MS = 24 * 3600 * 1000;
const LATER = NOW + 10 * DAY_MS;
let ours: FakeSigstore;
let theirs: FakeSigstore;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([fakeSigstore(), fakeSigstore()]);
});

/** Timestamp over a signature, Base64. */
async function stampBy(authority: FakeSigstore, signature: Buffer): Promise<string> {
  const response = await authority.stamp({
    artifactHash: createHash("sha256").update(signature).digest(),
    hashAlgorithmOID: "2.16.840.1.101.3.4.2.1",
    nonce: 1,
    policyOID: "1.2.3",
    certReq: true,
  });
  return response.toString("base64");
}

/** A bundle signed by a certificate, with the timestamps that these authorities make, now. */
async function signed(leaf: TestCertificate, authorities: readonly FakeSigstore[], dated?: Buffer) {
  const signature = sign("sha256", preAuthEncoding(TYPE, Buffer.from(BUILT)), leaf.keys.privateKey);
  const stamps = await Promise.all(authorities.map((one) => stampBy(one, dated ?? signature)));
  return {
    mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    verificationMaterial: {
      certificate: { rawBytes: leaf.der.toString("base64") },
      timestampVerificationData: { rfc3161Timestamps: stamps.map((one) => ({ signedTimestamp: one })) },
    },
    dsseEnvelope: {
      payloadType: TYPE,
      payload: Buffer.from(BUILT).toString("base64"),
      signatures: [{ keyid: "", sig: signature.toString("base64") }],
    },
  };
}

interface Changes {
  readonly authority?: Partial<PkiAuthority>;
  readonly identity?: Partial<SignerIdentity>;
}

function policyOf({ authority, identity }: Changes = {}): AttestationPolicy {
  return {
    ...POLICY,
    signers: [{ id: "team", identities: [{ authority: "pki", subject: SUBJECT, ...identity }] }],
    authorities: [
      {
        id: "pki",
        kind: "pki",
        certificates: [{ pem: ROOT.pem }],
        timestampAuthorities: [{ pem: ours.pem.tsa }],
        ...authority,
      },
    ],
    builders: [{ signer: "team", id: "https://gitlab.example/*", level: 1 }],
    statements: { provenance: { signers: ["team"] } },
  };
}

async function judged(bundle: Record<string, unknown>, changes?: Changes, at = LATER) {
  const { provenance: answer, codes } = await judgeBundles([bundle], policyOf(changes), at);
  return answer === "yes" ? "yes" : codes.join(" ");
}

const REQUIRED: Changes = { authority: { require: ["tsa"] } };
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const crls = (...lists: readonly string[]): Changes => ({
  authority: { crls: lists.map((pem) => ({ pem })) },
});
const revoked = (from: Date) => ({ revoked: [{ serial: ENDING.serial, from }] });
/** A list made between the timestamp and the certificate's end, and one made after the end. */
const ARCHIVED = { thisUpdate: daysFromNow(0.5), nextUpdate: daysFromNow(0.9) };
const AFTERWARDS = { thisUpdate: daysFromNow(9), nextUpdate: daysFromNow(20) };

test.each<[string, string, () => Promise<Record<string, unknown>>, Changes?, number?]>([
  ["a certificate that has ended since its timestamp", "yes", () => signed(ENDING, [ours])],
  ["a timestamp beside one of another authority", "yes", () => signed(ENDING, [theirs, ours])],
  ["a timestamp, where the policy requires one", "yes", () => signed(ENDING, [ours]), REQUIRED],
  ["no timestamp, of a certificate that has ended", "certificate-expired", () => signed(ENDING, [])],
  ["no timestamp, while the certificate is valid", "yes", () => signed(ENDING, []), {}, NOW],
  [
    "no timestamp, where the policy requires one",
    "timestamp-missing",
    () => signed(ENDING, []),
    REQUIRED,
    NOW,
  ],
  ["a timestamp of another authority alone", "certificate-expired", () => signed(ENDING, [theirs])],
  [
    "a foreign timestamp, where one is required",
    "timestamp-invalid",
    () => signed(ENDING, [theirs]),
    REQUIRED,
    NOW,
  ],
  [
    "a timestamp of another signature",
    "certificate-expired",
    () => signed(ENDING, [ours], Buffer.from("other")),
  ],
  [
    "a timestamp, where the policy lists no authority",
    "certificate-expired",
    () => signed(ENDING, [ours]),
    { authority: { timestampAuthorities: [] } },
  ],
  [
    "the chain of an authority whose certificates are no timestamp authority's",
    "certificate-expired",
    () => signed(ENDING, [ours]),
    { authority: { timestampAuthorities: [{ pem: ROOT.pem }] } },
  ],
  [
    "a certificate that had ended before the timestamp",
    "certificate-expired",
    () => signed(leafOf({ notAfter: daysFromNow(-1) }), [ours]),
  ],
  [
    "a certificate that began after the timestamp",
    "certificate-not-yet-valid",
    () => signed(leafOf({ notBefore: daysFromNow(1) }), [ours]),
  ],
  ["a timestamp after the time of judging", "signed-later", () => signed(ENDING, [ours]), {}, NOW - DAY_MS],
  ["an identity until today", "yes", () => signed(ENDING, [ours]), { identity: { notAfter: dayOf(NOW) } }],
  [
    "an identity until yesterday",
    "identity-expired",
    () => signed(ENDING, [ours]),
    { identity: { notAfter: dayOf(NOW - DAY_MS) } },
  ],
  [
    "a list of the time before the end",
    "yes",
    () => signed(ENDING, [ours]),
    crls(revocationList(ROOT, ARCHIVED), revocationList(ROOT, AFTERWARDS)),
  ],
  ["an archived list alone", "yes", () => signed(ENDING, [ours]), crls(revocationList(ROOT, ARCHIVED))],
  [
    "lists of after the end alone, which leave out what has ended",
    "crl-archive",
    () => signed(ENDING, [ours]),
    crls(revocationList(ROOT, AFTERWARDS)),
  ],
  [
    "a list of before the timestamp alone",
    "crl-archive",
    () => signed(ENDING, [ours]),
    crls(revocationList(ROOT, { nextUpdate: daysFromNow(30) })),
  ],
  [
    "a revocation that a later list leaves out",
    "certificate-revoked",
    () => signed(ENDING, [ours]),
    crls(
      revocationList(ROOT, { ...ARCHIVED, ...revoked(daysFromNow(0.5)) }),
      revocationList(ROOT, AFTERWARDS),
    ),
  ],
  [
    "a certificate revoked after the timestamp, and still valid",
    "certificate-revoked",
    () => signed(ENDING, [ours]),
    crls(revocationList(ROOT, revoked(daysFromNow(0.1)))),
    NOW + 0.5 * DAY_MS,
  ],
  [
    "a list out of date, of a certificate that is still valid",
    "crl-expired",
    () => signed(ENDING, [ours]),
    crls(revocationList(ROOT, { nextUpdate: daysFromNow(0.1) })),
    NOW + 0.5 * DAY_MS,
  ],
])("%s: %s", async (_, expected, bundle, changes, at) => {
  expect(await judged(await bundle(), changes, at)).toBe(expected);
});

test("a byte that is changed in what is dated, signed or signs makes no timestamp", async () => {
  const bundle = await signed(ENDING, [ours]);
  const [stamp] = bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
  const der = Buffer.from(stamp?.signedTimestamp ?? "", "base64");
  const { content, signers } = parseTimestamp(der);
  const [signer] = signers;
  if (signer === undefined) throw new Error("no signer");
  // The attributes are signed as a SET: their first byte differs.
  const parts = [content, signer.signature, signer.signed.subarray(1)];
  for (const part of parts) {
    const start = der.indexOf(part);
    expect(start).toBeGreaterThan(0);
    for (let at = start; at < start + part.length; at += 5) {
      const changed = Buffer.from(der);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const stamps = { rfc3161Timestamps: [{ signedTimestamp: changed.toString("base64") }] };
      const material = { ...bundle.verificationMaterial, timestampVerificationData: stamps };
      expect([at, await judged({ ...bundle, verificationMaterial: material })]).toEqual([
        at,
        "certificate-expired",
      ]);
    }
  }
});
