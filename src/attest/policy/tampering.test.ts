// Attestations that somebody forged, moved or broke, read from a registry as they lie there, and judged. Each is
// refused for its own named reason; what only looks like one of them counts.

import { createSign } from "node:crypto";
import { expect, test } from "vitest";
import {
  AT,
  COMMIT,
  IMAGE,
  NOTARY,
  OTHER_COMMIT,
  POLICY,
  PROVENANCE,
  provenance,
  REPOSITORY,
  SCANNER,
  SOURCE,
  scan,
  TEAM,
  testKey,
} from "../../../test/fixtures/attested.ts";
import { type MemoryArtifacts, memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { hexOf, sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { bundleManifest, formatBundle } from "../attach/bundle.ts";
import { ENVELOPE_TYPE, type Envelope, formatEnvelope } from "../dsse/envelope.ts";
import { preAuthEncoding } from "../dsse/pae.ts";
import { signEnvelope } from "../dsse/sign-envelope.ts";
import { TEST_RESULT_TYPE } from "../predicates/scan-result.ts";
import { judgeImageAttestations, readImageAttestations } from "./image-attestations.ts";
import { trustedKeys } from "./trusted-key.ts";

const TYPE = "application/vnd.in-toto+json";
const OTHER = sha256(Buffer.from("another image"));
const TAG = `sha256-${hexOf(IMAGE)}`;
const STRANGER = testKey();

/** Statement as JSON. */
function statement(predicateType: string, predicate: unknown, more: Fields = {}): Fields {
  const subject = [{ name: REPOSITORY, digest: { sha256: hexOf(IMAGE) } }];
  return { _type: "https://in-toto.io/Statement/v1", subject, predicateType, predicate, ...more };
}

function signed(value: unknown, key = NOTARY, payloadType = TYPE): Envelope {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return signEnvelope(payloadType, Buffer.from(text), key.secret);
}

const BUILT = signed(statement(PROVENANCE, provenance()));
const SAST = signed(statement(TEST_RESULT_TYPE, scan("sast")), SCANNER);
const DAST = signed(statement(TEST_RESULT_TYPE, scan("dast")), SCANNER);

const subjectOf = (digest: Digest) => ({
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  digest,
  size: 5,
});

/** Puts a bundle's manifest; nothing lists it. */
async function put(store: MemoryArtifacts, content: string, subject: Digest = IMAGE): Promise<Digest> {
  const blob = Buffer.from(content);
  const ref = { digest: await store.putBlob(blob), size: blob.length };
  const manifest = bundleManifest(subjectOf(subject), ref, PROVENANCE, new Date(AT));
  store.manifests.set(sha256(manifest), manifest);
  return sha256(manifest);
}

function list(store: MemoryArtifacts, tag: string, document: object): void {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...document }));
  store.manifests.set(sha256(bytes), bytes);
  store.names.set(tag, sha256(bytes));
}

/** Contents of bundles, or what puts more into the store and names the manifests to list. */
type Attached = string | Envelope | ((store: MemoryArtifacts) => Promise<readonly Digest[]>);

async function answersOf(attached: readonly Attached[], policy: AttestationPolicy = POLICY, at = AT) {
  const store = memoryArtifacts();
  const digests: Digest[] = [];
  for (const one of attached) {
    if (typeof one === "function") digests.push(...(await one(store)));
    else digests.push(await put(store, typeof one === "string" ? one : formatBundle(one, "")));
  }
  list(store, TAG, { manifests: digests.map((digest) => ({ mediaType: "x", size: 1, digest })) });
  const found = await readImageAttestations(store, [IMAGE], trustedKeys(policy));
  const { checks, unverified } = judgeImageAttestations({ ...found, repository: REPOSITORY }, policy, at);
  const codes = [...checks.flatMap(({ ignored }) => ignored), ...unverified].map(({ code }) => code);
  return { answers: checks.map(({ id, answer }) => `${id} ${answer}`), codes: [...new Set(codes)] };
}

const WHOLE = ["provenance yes", "source yes", "sast yes", "injections yes", "dast yes", "secrets n/a"];

const built = (predicate: unknown, key = NOTARY) => [
  signed(statement(PROVENANCE, predicate), key),
  SAST,
  DAST,
];
const stated = (more: Fields) => [signed(statement(PROVENANCE, provenance(), more)), SAST, DAST];
const tested = (fields: Fields, result = "PASSED", more: Fields = {}, key = SCANNER) => [
  BUILT,
  signed(statement(TEST_RESULT_TYPE, { ...scan("sast", fields, result), ...more }), key),
  DAST,
];
const text = (envelope: Envelope) =>
  JSON.parse(formatEnvelope(envelope)) as { payload: string; signatures: { sig: string }[] };
/** A bundle around an envelope that was changed as JSON. */
const changed = (change: (document: ReturnType<typeof text>) => object, envelope = BUILT) => [
  formatBundle(BUILT, "").replace(formatEnvelope(BUILT), JSON.stringify(change(text(envelope)))),
  SAST,
  DAST,
];
const without = (name: string): Fields => ({ [name]: undefined });
const sections = (change: object, of: "buildDefinition" | "runDetails"): Fields => {
  const whole = provenance();
  return { ...whole, [of]: { ...(whole[of] as object), ...change } };
};
const signatureOf = (payload: string) => {
  const key = createSign("sha256");
  key.update(preAuthEncoding(TYPE, Buffer.from(payload)));
  return key.sign({ key: NOTARY.secretPem, dsaEncoding: "ieee-p1363" });
};
const pair = JSON.stringify(statement(PROVENANCE, provenance()));
const der = STRANGER.secret.key.asymmetricKeyType;

const REFUSED: readonly (readonly [string, string, readonly Attached[]])[] = [
  // The envelope.
  [
    "payload that was changed",
    "untrusted-signature",
    changed((one) => ({ ...one, payload: Buffer.from(pair.replace("main", "evil")).toString("base64") })),
  ],
  [
    "signature of another payload",
    "untrusted-signature",
    changed((one) => ({ ...one, signatures: text(SAST).signatures })),
  ],
  [
    "signature under another payload type",
    "untrusted-signature",
    changed((one) => ({ ...one, payloadType: "text/plain" })),
  ],
  [
    "payload type that is no statement's",
    "payload-type",
    [signed(statement(PROVENANCE, provenance()), NOTARY, "application/json"), SAST, DAST],
  ],
  ["signature by a stranger", "untrusted-signature", built(provenance(), STRANGER)],
  [
    "signature by a stranger with the hint of a trusted key",
    "untrusted-signature",
    [formatBundle(signed(statement(PROVENANCE, provenance()), STRANGER), NOTARY.id), SAST, DAST],
  ],
  [
    "bundle that carries the stranger's public key",
    "untrusted-signature",
    [
      formatBundle(signed(statement(PROVENANCE, provenance()), STRANGER), "").replace(
        '"publicKey":{',
        `"publicKey":{"rawBytes":"${Buffer.from(`${der}`).toString("base64")}",`,
      ),
      SAST,
      DAST,
    ],
  ],
  [
    "bundle that carries the stranger's certificate",
    "untrusted-signature",
    [
      formatBundle(signed(statement(PROVENANCE, provenance()), STRANGER), "").replace(
        '"publicKey":{"hint":""}',
        '"certificate":{"rawBytes":"MIIB"}',
      ),
      SAST,
      DAST,
    ],
  ],
  [
    "signature that was cut",
    "untrusted-signature",
    changed((one) => ({ ...one, signatures: [{ sig: one.signatures[0]?.sig.slice(0, -4) }] })),
  ],
  ["empty signature", "untrusted-signature", changed((one) => ({ ...one, signatures: [{ sig: "" }] }))],
  ["envelope without signatures", "envelope-unsigned", changed((one) => ({ ...one, signatures: [] }))],
  [
    "17 signatures",
    "envelope-signatures",
    changed((one) => ({ ...one, signatures: Array.from({ length: 17 }, () => one.signatures[0]) })),
  ],
  [
    "signature that is no Base64",
    "envelope-base64",
    changed((one) => ({ ...one, signatures: [{ sig: "%%%%" }] })),
  ],
  ["payload that is no Base64", "envelope-base64", changed((one) => ({ ...one, payload: "e30=?" }))],
  [
    "payload with a line break",
    "envelope-base64",
    changed((one) => ({ ...one, payload: `${one.payload.slice(0, 4)}\n${one.payload.slice(4)}` })),
  ],
  ["envelope without a payload", "envelope-invalid", changed((one) => ({ ...one, payload: undefined }))],
  [
    "envelope with one key twice",
    "attestation-duplicate-key",
    [formatBundle(BUILT, "").replace('"payload":', '"payload":"e30=","payload":'), SAST, DAST],
  ],
  // The bundle.
  [
    "bundle with one key twice",
    "attestation-duplicate-key",
    [formatBundle(BUILT, "").replace("{", '{"mediaType":"x",'), SAST, DAST],
  ],
  [
    "bundle of another media type",
    "bundle-type",
    [formatBundle(BUILT, "").replace("bundle.v0.3", "bundle.v9.3"), SAST, DAST],
  ],
  [
    "bundle of a message's signature",
    "bundle-content",
    [formatBundle(BUILT, "").replace("dsseEnvelope", "messageSignature"), SAST, DAST],
  ],
  ["bundle that is no JSON", "json-invalid", ["{", SAST, DAST]],
  ["bundle nested without end", "json-too-deep", ["[".repeat(1_000), SAST, DAST]],
  // The statement.
  [
    "statement with one key twice",
    "attestation-duplicate-key",
    [signed(pair.replace("{", '{"predicateType":"x",')), SAST, DAST],
  ],
  ["statement that is no JSON", "json-invalid", [signed("{"), SAST, DAST]],
  ["statement that is a list", "statement-type", [signed([statement(PROVENANCE, provenance())]), SAST, DAST]],
  ["statement of an unknown type", "statement-type", stated({ _type: "https://in-toto.io/Statement/v2" })],
  [
    "statement of a type that begins alike",
    "statement-type",
    stated({ _type: "https://in-toto.io/Statement/v1.1" }),
  ],
  ["statement without a predicate type", "statement-invalid", stated(without("predicateType"))],
  ["predicate that is a list", "statement-invalid", [signed(statement(PROVENANCE, [])), SAST, DAST]],
  ["statement without subjects", "statement-subjects", stated({ subject: [] })],
  [
    "subject by SHA-512 alone",
    "statement-subjects",
    stated({ subject: [{ digest: { sha512: "0".repeat(128) } }] }),
  ],
  [
    "1,001 subjects",
    "statement-subjects",
    stated({ subject: Array.from({ length: 1_001 }, () => ({ digest: { sha256: hexOf(IMAGE) } })) }),
  ],
  [
    "right signature, wrong subject",
    "other-subject",
    stated({ subject: [{ digest: { sha256: hexOf(OTHER) } }] }),
  ],
  [
    "subject that begins alike",
    "statement-subjects",
    stated({ subject: [{ digest: { sha256: hexOf(IMAGE).slice(0, 40) } }] }),
  ],
  // Where it lies.
  [
    "manifest of another image, which the index names",
    "other-image",
    [async (store) => [await put(store, formatBundle(BUILT, ""), OTHER)], SAST, DAST],
  ],
  ["manifest that the index names and nobody has", "attachment-missing", [async () => [OTHER], SAST, DAST]],
  [
    "content that nobody has",
    "attachment-missing",
    [
      async (store) => {
        const digest = await put(store, formatBundle(BUILT, ""));
        store.blobs.clear();
        return [digest];
      },
      SAST,
      DAST,
    ],
  ],
  [
    "tag of cosign that is no manifest",
    "json-invalid",
    [
      async (store) => {
        const bytes = Buffer.from("{");
        store.manifests.set(sha256(bytes), bytes);
        store.names.set(`${TAG}.att`, sha256(bytes));
        return [];
      },
      SAST,
      DAST,
    ],
  ],
  // The provenance.
  ["builder that is missing", "provenance-incomplete", built(sections({ builder: {} }, "runDetails"))],
  [
    "build type that is missing",
    "provenance-incomplete",
    built(sections(without("buildType"), "buildDefinition")),
  ],
  ["run that is missing", "provenance-incomplete", built(sections({ metadata: {} }, "runDetails"))],
  [
    "commit that is missing",
    "provenance-incomplete",
    built(sections({ resolvedDependencies: [] }, "buildDefinition")),
  ],
  ["commit that is a branch", "provenance-incomplete", built(provenance({ commit: "main" }))],
  [
    "two commits of one source",
    "source-ambiguous",
    built(
      sections(
        {
          resolvedDependencies: [COMMIT, OTHER_COMMIT].map((gitCommit) => ({
            uri: `git+${SOURCE}`,
            digest: { gitCommit },
          })),
        },
        "buildDefinition",
      ),
    ),
  ],
  [
    "builder of another forge",
    "builder-not-allowed",
    built(provenance({ builder: "https://gitlab.evil/team/portal" })),
  ],
  [
    "builder of a host that begins alike",
    "builder-not-allowed",
    built(provenance({ builder: "https://gitlab.example.evil/a" })),
  ],
  [
    "builder that climbs out",
    "builder-not-allowed",
    built(provenance({ builder: "https://gitlab.example/../evil" })),
  ],
  [
    "builder that climbs out in percent",
    "builder-not-allowed",
    built(provenance({ builder: "https://gitlab.example/%2e%2e/evil" })),
  ],
  [
    "project of another team",
    "other-source",
    built(provenance({ source: "https://gitlab.example/evil/portal" })),
  ],
  [
    "project in other letters",
    "other-source",
    built(provenance({ source: "https://gitlab.example/Team/Portal" })),
  ],
  ["branch that is not listed", "ref-not-allowed", built(provenance({ ref: "refs/heads/main2" }))],
  ["merge request", "merge-request", built(provenance({ more: { mergeRequest: true } }))],
  ["unprotected branch", "unprotected-ref", built(provenance({ more: { refProtected: false } }))],
  [
    "merge request by the notary's record",
    "merge-request",
    built(provenance({ more: { "urn:douane:notary:v1": { mergeRequest: true, refProtected: true } } })),
  ],
  [
    "record of the notary without a word on the branch",
    "notary-record-invalid",
    built(provenance({ more: { "urn:douane:notary:v1": {} } })),
  ],
  ["provenance from the future", "future-date", built(provenance({ startedOn: "2026-07-01T00:00:00Z" }))],
  ["provenance by a signer of scans", "signer-not-allowed", built(provenance(), SCANNER)],
  // The scans.
  ["scan that failed", "scan-failed", tested({ verdict: "fail" }, "FAILED")],
  ["scan that passed in one field only", "scan-contradictory", tested({}, "FAILED")],
  [
    "scan whose counts say otherwise",
    "scan-contradictory",
    tested({ counts: { critical: 0, high: 3, unknown: 0 } }),
  ],
  ["scan without counts", "scan-contradictory", tested(without("counts"))],
  ["scan that warns and says it passed", "scan-contradictory", tested({ verdict: "warn" })],
  ["scan that is incomplete", "scan-incomplete", tested({ verdict: "incomplete" }, "FAILED")],
  [
    "scan that passed and says why it is incomplete",
    "scan-incomplete",
    tested({ incompleteBecause: ["no-rules"] }),
  ],
  ["scan without a verdict", "scan-unreadable", tested(without("verdict"))],
  ["report of another commit", "other-commit", tested({ commit: OTHER_COMMIT })],
  [
    "report older than the build, without a commit",
    "before-build",
    tested({ commit: undefined, finishedOn: "2026-06-14T09:00:00Z" }),
  ],
  ["report of last year", "too-old", tested({ finishedOn: "2025-06-15T09:00:00Z" })],
  ["report without a date", "undated", tested(without("finishedOn"))],
  ["report from the future", "future-date", tested({ finishedOn: "2027-06-15T09:00:00Z" })],
  [
    "one report for two images",
    "several-subjects",
    [
      BUILT,
      signed(
        statement(TEST_RESULT_TYPE, scan("sast"), {
          subject: [IMAGE, OTHER].map((one) => ({ digest: { sha256: hexOf(one) } })),
        }),
        SCANNER,
      ),
      DAST,
    ],
  ],
  ["scan by a signer of provenance", "signer-not-allowed", tested({}, "PASSED", {}, TEAM)],
  ["scan that found injections", "injections-found", tested({ injectionCount: 1 })],
  ["scan without rules for injections", "no-injection-rules", tested({ injectionRulesRun: 0 })],
  ["scan that does not count injections", "injections-not-counted", tested(without("injectionCount"))],
  ["scan that lists no rules", "injection-rules-not-listed", tested(without("injectionRulesRun"))],
  [
    "scan of a merge request",
    "merge-request",
    tested({}, "PASSED", { "urn:douane:notary:v1": { mergeRequest: true, refProtected: true } }),
  ],
  ["scans without a provenance", "no-provenance", [SAST, DAST]],
];

test("there are at least 60 cases", () => {
  expect(REFUSED.length).toBeGreaterThanOrEqual(60);
  expect(new Set(REFUSED.map(([name]) => name)).size).toBe(REFUSED.length);
});

test.each(REFUSED)("%s: refused as %s", async (_, code, attached) => {
  const { answers, codes } = await answersOf(attached);
  expect(codes).toContain(code);
  expect(answers).not.toEqual(WHOLE);
});

const KEYS: readonly (readonly [string, string, Partial<AttestationPolicy>, number])[] = [
  ["revoked", "key-revoked", { revokedKeys: [{ id: NOTARY.id, from: "2026-06-01", reason: "stolen" }] }, AT],
  ["past its last day", "key-expired", keyOf({ notAfter: "2026-06-14" }), AT],
  ["before its first day", "key-not-yet-valid", keyOf({ notBefore: "2026-06-16" }), AT],
  [
    "of a level below the minimum",
    "level-too-low",
    { statements: { ...POLICY.statements, provenance: { signers: ["notary"], minimumLevel: 3 } } },
    AT,
  ],
  [
    "years ago",
    "too-old",
    { statements: { ...POLICY.statements, provenance: { signers: ["notary"], maximumAgeDays: 30 } } },
    AT + 31 * 24 * 3600_000,
  ],
];

function keyOf(fields: object): Partial<AttestationPolicy> {
  const [, ...others] = POLICY.signers;
  return { signers: [{ id: "notary", keys: [{ pem: NOTARY.pem, ...fields }] }, ...others] };
}

test.each(KEYS)("a key %s: refused as %s", async (_, code, changes, at) => {
  const { answers, codes } = await answersOf([BUILT, SAST, DAST], { ...POLICY, ...changes }, at);
  expect(codes).toContain(code);
  expect(answers[0]).toBe("provenance no");
});

const TWO_IMAGES = [IMAGE, OTHER].map((one) => ({ digest: { sha256: hexOf(one) } }));
const COUNTED: readonly (readonly [string, readonly Attached[]])[] = [
  ["the whole chain", [BUILT, SAST, DAST]],
  [
    "two signatures of which one is a stranger's",
    changed((one) => ({
      ...one,
      signatures: [...text(signed(pair, STRANGER)).signatures, ...one.signatures],
    })),
  ],
  [
    "a signature as r‖s",
    changed((one) => ({
      ...one,
      payload: Buffer.from(pair).toString("base64"),
      signatures: [{ sig: signatureOf(pair).toString("base64") }],
    })),
  ],
  [
    "a lying key id",
    changed((one) => ({ ...one, signatures: [{ ...one.signatures[0], keyid: STRANGER.id }] })),
  ],
  ["a hint of another key", [formatBundle(BUILT, STRANGER.id), SAST, DAST]],
  [
    "a statement of version 0.1, as cosign 2 writes it",
    stated({ _type: "https://in-toto.io/Statement/v0.1" }),
  ],
  ["a provenance of several images, as Tekton Chains writes it", stated({ subject: TWO_IMAGES })],
  [
    "a chain beside attestations of strangers",
    [BUILT, SAST, DAST, ...built(provenance({ source: "https://evil.example/a" }), STRANGER)],
  ],
  ["a chain beside a failing scan", [...tested({ verdict: "fail" }, "FAILED"), SAST]],
  [
    "a chain beside one of another commit",
    [BUILT, SAST, DAST, ...built(provenance({ commit: OTHER_COMMIT }))],
  ],
  [
    "an annotation that lies about the predicate",
    [
      async (store) => {
        const content = Buffer.from(formatEnvelope(BUILT));
        const annotations = {
          predicateType: "https://cyclonedx.org/bom",
          "dev.cosignproject.cosign/signature": "",
        };
        const layer = {
          mediaType: ENVELOPE_TYPE,
          digest: await store.putBlob(content),
          size: content.length,
          annotations,
        };
        list(store, `${TAG}.att`, { layers: [layer] });
        return [];
      },
      SAST,
      DAST,
    ],
  ],
];

test.each(COUNTED)("%s counts", async (_, attached) => {
  expect((await answersOf(attached)).answers).toEqual(WHOLE);
});
