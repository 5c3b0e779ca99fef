// Attestations signed with certificates of a private Sigstore, read from a registry as they lie there, and judged.
// Each that somebody forged, moved or broke is refused for its own named reason; what only looks like one counts.

import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  COMMIT,
  IMAGE,
  NOTARY,
  OTHER_COMMIT,
  POLICY,
  PROVENANCE,
  provenance,
  REPOSITORY,
  SOURCE,
  scan,
} from "../../../test/fixtures/attested.ts";
import {
  type FakeSigstore,
  fakeSigstore,
  KEYLESS_SUBJECT,
  type KeylessOptions,
  LOG_URL,
} from "../../../test/fixtures/fake-sigstore.ts";
import {
  type Bundle,
  type Entry,
  judgeBundles,
  judgeStore,
  keylessPolicy,
  keylessServices,
  type PolicyChanges,
  statementOf,
} from "../../../test/fixtures/keyless.ts";
import { memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import type { SigstoreAuthority } from "../../contract/certificate-policy.ts";
import { hexOf, sha256 } from "../../contract/digest.ts";
import type { Fields } from "../../json/fields.ts";
import { ENVELOPE_TYPE } from "../dsse/envelope.ts";
import { TEST_RESULT_TYPE } from "../predicates/scan-result.ts";

const NOW = Date.now();
const HOUR = 3600 * 1000;
const today = (days: number) => new Date(NOW + days * 24 * HOUR).toISOString().slice(0, 10);
const BUILT = statementOf(PROVENANCE, provenance());
const OTHER = statementOf(PROVENANCE, provenance({ commit: OTHER_COMMIT }));

let ours: FakeSigstore;
let foreign: FakeSigstore;
let unlogged: FakeSigstore;
beforeAll(async () => {
  [ours, foreign, unlogged] = await Promise.all([
    fakeSigstore(),
    fakeSigstore(),
    fakeSigstore({ isLogged: false }),
  ]);
});

const signed = async (payload = BUILT, options: KeylessOptions = {}, by: FakeSigstore = ours) =>
  (await by.sign(payload, options)) as Bundle;

const policyOf = (changes?: PolicyChanges) => keylessPolicy(ours, changes);
const servicesOf = (changed?: Partial<FakeSigstore["pem"]>, without?: readonly string[]) =>
  keylessServices(ours, changed, without);
const judged = (bundles: readonly Bundle[], policy = policyOf(), at = NOW) =>
  judgeBundles(bundles, policy, at);

/** A time of this second with a fraction, within the validity of a certificate issued now. */
const fraction = (milliseconds: number) =>
  new Date((Math.floor(Date.now() / 1000) + 2) * 1000 + milliseconds);
const LATE = NOW + HOUR;

describe("a signature with a certificate counts", () => {
  test.each<[string, () => KeylessOptions, () => PolicyChanges]>([
    ["with an entry of kind intoto", () => ({}), () => ({})],
    ["with an entry of kind dsse, as the log stores it", () => ({ entry: "dsse" }), () => ({})],
    [
      "with an entry that names the certificate's public key",
      () => ({ loggedVerifier: "public-key" }),
      () => ({}),
    ],
    [
      "with a timestamp alone, where the root has no log",
      () => ({ evidence: ["tsa"], tsaTime: fraction(0) }),
      () => ({ services: servicesOf({}, ["logs"]) }),
    ],
    [
      "with an entry and a timestamp, whose fraction loses its trailing zero",
      () => ({ evidence: ["log", "tsa"], tsaTime: fraction(120) }),
      () => ({ authority: { require: ["log", "tsa", "ct"] } }),
    ],
    [
      "with a fraction of one digit",
      () => ({ evidence: ["log", "tsa"], tsaTime: fraction(500) }),
      () => ({ authority: { require: ["tsa"] } }),
    ],
    ["by services that the policy lists one by one", () => ({}), () => ({ services: servicesOf() })],
    [
      "beside a timestamp of an authority that the root does not have, since it has none",
      () => ({ evidence: ["log", "tsa"] }),
      () => ({ services: servicesOf({}, ["timestampAuthorities"]) }),
    ],
    [
      "by an identity whose beginning the policy names",
      () => ({ claims: { source: SOURCE, ref: "refs/heads/main" } }),
      () => ({ identity: { subject: "https://gitlab.example/team/portal//.gitlab-ci.yml@*" } }),
    ],
    [
      "with claims that say the same as the provenance",
      () => ({ claims: { source: SOURCE, commit: COMMIT, ref: "refs/heads/main" } }),
      () => ({}),
    ],
    [
      "on the last day of its identity",
      () => ({}),
      () => ({ identity: { notBefore: today(0), notAfter: today(0) } }),
    ],
  ])("%s", async (_, options, changes) => {
    const result = await judged([await signed(BUILT, options())], policyOf(changes()), LATE);
    expect([result.provenance, result.codes]).toEqual(["yes", []]);
  });
});

const changedEntry = (change: (entry: Entry) => Partial<Entry>) => async () => {
  const bundle = await signed();
  const { verificationMaterial: material } = bundle;
  const tlogEntries = material.tlogEntries.map((entry) => ({ ...entry, ...change(entry) }));
  return { ...bundle, verificationMaterial: { ...material, tlogEntries } };
};
const withMaterial = async (change: (material: Bundle["verificationMaterial"]) => object) => {
  const bundle = await signed();
  return { ...bundle, verificationMaterial: change(bundle.verificationMaterial) } as Bundle;
};
const flipped = (base64: string) => {
  const bytes = Buffer.from(base64, "base64");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString("base64");
};
const payloadOf = (text: string) => Buffer.from(text).toString("base64");
const REQUIRE = (...require: NonNullable<SigstoreAuthority["require"]>): PolicyChanges => ({
  authority: { require },
});

describe("a signature with a certificate is refused", () => {
  test.each<[string, string, () => Promise<Bundle>, (() => PolicyChanges)?]>([
    [
      "after the certificate expired",
      "certificate-expired",
      () => signed(BUILT, { logTime: new Date(NOW + 30 * 60_000) }),
    ],
    [
      "before the certificate was valid",
      "certificate-not-yet-valid",
      () => signed(BUILT, { logTime: new Date(NOW - 30 * 60_000) }),
    ],
    [
      "with a timestamp after the certificate expired, beside an entry in time",
      "certificate-expired",
      () => signed(BUILT, { evidence: ["log", "tsa"], tsaTime: new Date(NOW + 30 * 60_000) }),
    ],
    ["by an unknown authority", "certificate-untrusted", () => signed(BUILT, {}, foreign)],
    [
      "by another subject",
      "certificate-subject",
      () => signed(BUILT, { subject: "https://gitlab.example/team/other//.gitlab-ci.yml@refs/heads/main" }),
    ],
    [
      "by a subject that a regular expression would match: a dot is a dot",
      "certificate-subject",
      () => signed(BUILT, { subject: KEYLESS_SUBJECT.replace(".gitlab-ci", "-gitlab-ci") }),
    ],
    [
      "by a subject that contains the right one",
      "certificate-subject",
      () => signed(BUILT, { subject: `https://evil.example/${KEYLESS_SUBJECT}` }),
    ],
    [
      "by a subject that begins as the right one",
      "certificate-subject",
      () => signed(BUILT, { subject: `${KEYLESS_SUBJECT}-2` }),
    ],
    [
      "by a subject that the policy's, taken as a regular expression, would match",
      "certificate-subject",
      () => signed(),
      () => ({ identity: { subject: "https://gitlab.example/.+" } }),
    ],
    [
      "by a subject that climbs out of the policy's beginning",
      "certificate-subject",
      () => signed(BUILT, { subject: "https://gitlab.example/team/../evil//.gitlab-ci.yml@refs/heads/main" }),
      () => ({ identity: { subject: "https://gitlab.example/team/*" } }),
    ],
    [
      "by a subject in other letters",
      "certificate-subject",
      () => signed(BUILT, { subject: KEYLESS_SUBJECT.toUpperCase() }),
    ],
    [
      "with an identity of another issuer",
      "certificate-issuer",
      () => signed(BUILT, { claims: { issuer: "https://gitlab.example.evil" } }),
    ],
    [
      "in no certificate log",
      "certificate-not-logged",
      () => signed(BUILT, {}, unlogged),
      () => ({
        services: {
          certificates: [{ pem: unlogged.pem.ca }],
          ctLogs: [{ pem: unlogged.pem.ctLog }],
          logs: [{ pem: unlogged.pem.log, url: LOG_URL }],
        },
      }),
    ],
    [
      "in a foreign certificate log",
      "certificate-foreign-log",
      () => signed(),
      () => ({ services: servicesOf({ ctLog: foreign.pem.ctLog }) }),
    ],
    [
      "in a foreign transparency log",
      "log-entry-invalid",
      () => signed(),
      () => ({ services: servicesOf({ log: foreign.pem.log }) }),
    ],
    [
      "with a timestamp of a foreign authority",
      "timestamp-invalid",
      () => signed(BUILT, { evidence: ["log", "tsa"] }),
      () => ({ services: servicesOf({ tsa: foreign.pem.tsa }) }),
    ],
    [
      "with a timestamp of another signature",
      "timestamp-invalid",
      async () => {
        const { timestampVerificationData } = (await signed(BUILT, { evidence: ["tsa"] }))
          .verificationMaterial;
        return withMaterial((material) => ({ ...material, timestampVerificationData }));
      },
    ],
    ["without any evidence", "log-entry-missing", () => signed(BUILT, { evidence: [] })],
    [
      "without any time, where no evidence is demanded",
      "timestamp-missing",
      () => signed(BUILT, { evidence: [] }),
      () => REQUIRE(),
    ],
    [
      "without the timestamp that the policy demands",
      "timestamp-missing",
      () => signed(),
      () => REQUIRE("tsa"),
    ],
    [
      "without the entry that the policy demands",
      "log-entry-missing",
      () => signed(BUILT, { evidence: ["tsa"], tsaTime: fraction(0) }),
      () => REQUIRE("log"),
    ],
    [
      "with an entry whose time nothing signs",
      "timestamp-missing",
      changedEntry(() => ({ inclusionPromise: undefined }) as unknown as Partial<Entry>),
    ],
    [
      "with an entry whose time was changed",
      "log-entry-invalid",
      changedEntry(({ integratedTime }) => ({ integratedTime: String(Number(integratedTime) + 1) })),
    ],
    [
      "with a checkpoint that was changed",
      "log-entry-invalid",
      changedEntry(({ inclusionProof }) => ({
        inclusionProof: {
          ...inclusionProof,
          checkpoint: { envelope: (inclusionProof?.checkpoint.envelope ?? "").replace("\n1\n", "\n2\n") },
        },
      })),
    ],
    [
      "with an entry that names another certificate",
      "log-entry-other",
      () => signed(BUILT, { loggedVerifier: { pem: ours.pem.ca } }),
    ],
    [
      "with an entry of kind dsse that names another key",
      "log-entry-other",
      () => signed(BUILT, { entry: "dsse", loggedVerifier: { pem: NOTARY.pem } }),
    ],
    [
      "with an entry that names no key",
      "log-entry-other",
      () => signed(BUILT, { loggedVerifier: { pem: "-----BEGIN CERTIFICATE-----" } }),
    ],
    ["with the entry of another payload", "log-entry-other", () => signed(BUILT, { loggedPayload: OTHER })],
    [
      "with an entry as clients propose it, which no log stores",
      "log-entry-other",
      () => signed(BUILT, { entry: "dsse-proposed" }),
    ],
    [
      "with a payload that was changed",
      "log-entry-other",
      async () => {
        const bundle = await signed();
        return { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload: payloadOf(OTHER) } };
      },
    ],
    [
      "with a payload that was changed, in no log",
      "certificate-signature",
      async () => {
        const bundle = await signed(BUILT, { evidence: ["tsa"], tsaTime: fraction(0) });
        return { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload: payloadOf(OTHER) } };
      },
      () => ({ services: servicesOf({}, ["logs"]) }),
    ],
    [
      "with the certificate of another signature",
      "certificate-signature",
      async () => {
        const bundle = await signed(BUILT, { evidence: ["tsa"], tsaTime: fraction(0) });
        const { certificate } = (await signed()).verificationMaterial;
        return { ...bundle, verificationMaterial: { ...bundle.verificationMaterial, certificate } } as Bundle;
      },
      () => ({ services: servicesOf({}, ["logs"]) }),
    ],
    [
      "with a certificate that was changed",
      "certificate-untrusted",
      () =>
        withMaterial(({ certificate, ...material }) => ({
          ...material,
          certificate: { rawBytes: flipped(certificate?.rawBytes ?? "") },
        })),
    ],
    [
      "with bytes that are no certificate",
      "certificate-invalid",
      () => withMaterial((material) => ({ ...material, certificate: { rawBytes: payloadOf("none") } })),
    ],
    [
      "with the certificate of the authority itself",
      "certificate-usage",
      () =>
        withMaterial((material) => ({
          ...material,
          certificate: { rawBytes: new X509Certificate(ours.pem.ca).raw.toString("base64") },
        })),
    ],
    [
      "with more entries than any bundle has",
      "certificate-invalid",
      () =>
        withMaterial((material) => ({
          ...material,
          tlogEntries: Array.from({ length: 9 }, () => material.tlogEntries[0]),
        })),
    ],
    [
      "with the same entry twice",
      "evidence-duplicate",
      () =>
        withMaterial((material) => ({
          ...material,
          tlogEntries: [material.tlogEntries[0], material.tlogEntries[0]],
        })),
      () => REQUIRE("log"),
    ],
    [
      "with two signatures",
      "certificate-signatures",
      async () => {
        const bundle = await signed();
        const { signatures } = bundle.dsseEnvelope;
        const both = [...signatures, ...(await signed(OTHER)).dsseEnvelope.signatures];
        return { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, signatures: both } };
      },
    ],
    [
      "by a bundle that carries a public key of its own",
      "untrusted-signature",
      () =>
        withMaterial(({ certificate, ...material }) => {
          const key = new X509Certificate(Buffer.from(certificate?.rawBytes ?? "", "base64")).publicKey;
          const rawBytes = key.export({ type: "spki", format: "der" }).toString("base64");
          return { ...material, publicKey: { hint: "ours", rawBytes } };
        }),
    ],
    [
      "before the first day of its identity",
      "identity-not-yet-valid",
      () => signed(),
      () => ({ identity: { notBefore: today(1) } }),
    ],
    [
      "after the last day of its identity",
      "identity-expired",
      () => signed(),
      () => ({ identity: { notAfter: today(-1) } }),
    ],
    [
      "by a signer who may not make this statement",
      "signer-not-allowed",
      () => signed(),
      () => ({ more: { statements: { provenance: { signers: [] } } } }),
    ],
    [
      "by a reference of a group that may not fill the repository",
      "certificate-project",
      () => signed(BUILT, { claims: { source: SOURCE, ref: "refs/heads/feature" } }),
      () => ({ identity: { subject: "https://gitlab.example/team/portal//.gitlab-ci.yml@*" } }),
    ],
    [
      "by a project of a group that may not fill the repository",
      "certificate-project",
      () =>
        signed(BUILT, { claims: { source: "https://gitlab.example/team/other", ref: "refs/heads/main" } }),
      () => ({ identity: { subject: "https://gitlab.example/*" } }),
    ],
    [
      "by a group, with a certificate that names no project",
      "certificate-project",
      () => signed(),
      () => ({ identity: { subject: "https://gitlab.example/*" } }),
    ],
    [
      "of another source than its certificate names",
      "certificate-project",
      () => signed(BUILT, { claims: { source: "https://gitlab.example/team/other" } }),
    ],
    [
      "of another commit than its certificate names",
      "certificate-commit",
      () => signed(BUILT, { claims: { source: SOURCE, commit: OTHER_COMMIT } }),
    ],
    [
      "of another reference than its certificate names",
      "certificate-ref",
      () => signed(BUILT, { claims: { source: SOURCE, commit: COMMIT, ref: "refs/heads/feature" } }),
    ],
  ])("%s: %s", async (_, code, bundle, changes) => {
    const result = await judged([await bundle()], policyOf(changes?.()), LATE);
    expect([result.provenance, result.codes]).toEqual(["no", [code]]);
  });

  test("by a key that the policy revokes", async () => {
    const bundle = await signed();
    const rawBytes = Buffer.from(bundle.verificationMaterial.certificate?.rawBytes ?? "", "base64");
    const key = new X509Certificate(rawBytes).publicKey.export({ type: "spki", format: "der" });
    const id = Buffer.from(hexOf(sha256(key)), "hex").toString("base64");
    const revokedKeys = [{ id, from: today(0), reason: "stolen" }];
    const result = await judged([bundle], policyOf({ more: { revokedKeys } }), LATE);
    expect([result.provenance, result.codes]).toEqual(["no", ["key-revoked"]]);
  });

  test("later than the time of judging", async () => {
    const result = await judged([await signed()], policyOf(), NOW - 2 * HOUR);
    expect([result.provenance, result.codes]).toEqual(["no", ["signed-later"]]);
  });

  test("where the policy names no identity", async () => {
    const policy = {
      ...policyOf(),
      signers: POLICY.signers.map((one) => ({ ...one, id: "ci" })).slice(0, 1),
    };
    const result = await judged([await signed()], policy, LATE);
    expect([result.provenance, result.codes]).toEqual(["no", ["untrusted-signature"]]);
  });
});

describe("a scan", () => {
  const claims = { source: SOURCE, commit: COMMIT, ref: "refs/heads/main" };
  const other = { ...claims, source: "https://gitlab.example/team/other" };
  /** Two projects may fill the repository. */
  const shared = [SOURCE, other.source].map((source) => ({ source, repositories: [REPOSITORY] }));
  const finishedOn = new Date(NOW).toISOString();
  const sast = (more: Fields = {}) => statementOf(TEST_RESULT_TYPE, scan("sast", { finishedOn, ...more }));
  const group = { identity: { subject: "https://gitlab.example/*" } };
  const SCANS = "https://gitlab.example/team/scans";

  test.each<[string, string, string, KeylessOptions, PolicyChanges]>([
    ["of the image's project counts", "yes", sast(), { claims }, group],
    [
      "that names no commit is bound by the certificate's",
      "yes",
      sast({ commit: undefined }),
      { claims },
      group,
    ],
    [
      "of another commit by its certificate is refused",
      "other-commit",
      sast({ commit: undefined }),
      { claims: { ...claims, commit: OTHER_COMMIT } },
      group,
    ],
    ["of another project of the group is refused", "certificate-project", sast(), { claims: other }, group],
    [
      "of another project that may fill the repository, too, is not of the image's build",
      "certificate-source",
      sast(),
      { claims: other },
      { ...group, more: { applications: shared } },
    ],
    [
      "of another project that uses the pipeline file that the policy names is refused",
      "certificate-project",
      sast(),
      { claims: { source: "https://gitlab.example/team/scans" } },
      {},
    ],
    ["of the project whose pipeline file the policy names counts", "yes", sast(), { claims }, {}],
    [
      "of another project that scans the image counts by its commit",
      "yes",
      sast(),
      { claims: { source: SCANS } },
      { more: { scanners: [{ source: SCANS, repositories: [REPOSITORY] }] } },
    ],
    [
      "of another project that scans the image is not of the built commit if it names none",
      "other-source",
      sast({ commit: undefined }),
      { claims: { source: SCANS } },
      { more: { scanners: [{ source: SCANS, repositories: [REPOSITORY] }] } },
    ],
  ])("%s", async (_, expected, payload, options, changes) => {
    const built = await signed(BUILT, { claims });
    const { answers, codes } = await judged([built, await signed(payload, options)], policyOf(changes), LATE);
    expect([answers.get("sast"), codes]).toEqual(expected === "yes" ? ["yes", []] : ["no", [expected]]);
  });
});

describe("an attestation under cosign 2's tag", () => {
  async function tagged(annotations: (bundle: Bundle) => Record<string, string>) {
    const bundle = await signed();
    const store = memoryArtifacts();
    const envelope = Buffer.from(JSON.stringify(bundle.dsseEnvelope));
    const digest = await store.putBlob(envelope);
    const layer = {
      mediaType: ENVELOPE_TYPE,
      digest,
      size: envelope.length,
      annotations: { "dev.cosignproject.cosign/signature": "", ...annotations(bundle) },
    };
    const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [layer] }));
    store.manifests.set(sha256(manifest), manifest);
    store.names.set(`sha256-${hexOf(IMAGE)}.att`, sha256(manifest));
    return judgeStore(store, policyOf(), LATE);
  }
  const certificate = ({ verificationMaterial }: Bundle) =>
    new X509Certificate(Buffer.from(verificationMaterial.certificate?.rawBytes ?? "", "base64")).toString();
  const entry = ({ verificationMaterial }: Bundle) => {
    const [first] = verificationMaterial.tlogEntries;
    const logId = first?.["logId"] as { keyId: string };
    return JSON.stringify({
      SignedEntryTimestamp: first?.inclusionPromise?.signedEntryTimestamp,
      Payload: {
        body: first?.canonicalizedBody,
        integratedTime: Number(first?.integratedTime),
        logIndex: Number(first?.["logIndex"]),
        logID: Buffer.from(logId.keyId, "base64").toString("hex"),
      },
    });
  };

  test("counts with certificate and entry in its annotations", async () => {
    const { provenance: answer, codes } = await tagged((bundle) => ({
      "dev.sigstore.cosign/certificate": certificate(bundle),
      "dev.sigstore.cosign/chain": ours.pem.ca,
      "dev.sigstore.cosign/bundle": entry(bundle),
    }));
    expect([answer, codes]).toEqual(["yes", []]);
  });

  test.each<[string, string, (bundle: Bundle) => Record<string, string>]>([
    [
      "without its entry",
      "log-entry-missing",
      (bundle) => ({ "dev.sigstore.cosign/certificate": certificate(bundle) }),
    ],
    [
      "with an entry that is no JSON",
      "log-entry-missing",
      (bundle) => ({
        "dev.sigstore.cosign/certificate": certificate(bundle),
        "dev.sigstore.cosign/bundle": "{",
      }),
    ],
    [
      "without its certificate",
      "untrusted-signature",
      (bundle) => ({ "dev.sigstore.cosign/bundle": entry(bundle) }),
    ],
    [
      "with a certificate that is none",
      "certificate-invalid",
      () => ({
        "dev.sigstore.cosign/certificate": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      }),
    ],
  ])("is refused %s: %s", async (_, code, annotations) => {
    const { provenance: answer, codes } = await tagged(annotations);
    expect([answer, codes]).toEqual(["no", [code]]);
  });
});
