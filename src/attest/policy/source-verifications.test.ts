// Verification summaries of a source (SLSA source track), as bundles beside an image, read and judged.

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
  type TestKey,
  testKey,
} from "../../../test/fixtures/attested.ts";
import { memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { hexOf, sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { bundleManifest, formatBundle } from "../attach/bundle.ts";
import { signEnvelope } from "../dsse/sign-envelope.ts";
import { judgeImageAttestations, readImageAttestations } from "./image-attestations.ts";
import { trustedKeys } from "./trusted-key.ts";

const SUMMARY = "https://slsa.dev/verification_summary/v1";
const OF_IMAGE = [{ digest: { sha256: hexOf(IMAGE) } }];
const ofCommit = (...commits: readonly string[]) =>
  commits.map((gitCommit) => ({ uri: `git+${SOURCE}`, digest: { gitCommit } }));

interface Stated {
  readonly type?: string;
  readonly subject?: readonly object[];
  readonly predicate?: object;
  readonly key?: TestKey;
}

const summary = (changes: object = {}, others: Stated = {}): Stated => ({
  type: SUMMARY,
  subject: ofCommit(COMMIT),
  predicate: {
    verifier: { id: "https://source.example" },
    timeVerified: "2026-06-15T09:00:00Z",
    resourceUri: `git+${SOURCE}`,
    verificationResult: "PASSED",
    verifiedLevels: ["SLSA_SOURCE_LEVEL_3"],
    ...changes,
  },
  key: SCANNER,
  ...others,
});
const built: Stated = { type: PROVENANCE, subject: OF_IMAGE, predicate: provenance(), key: NOTARY };

function requiring(source: AttestationPolicy["statements"]["source"]): AttestationPolicy {
  return { ...POLICY, statements: { ...POLICY.statements, ...(source === undefined ? {} : { source }) } };
}
const REQUIRED = requiring({ signers: ["scanner"] });

async function judged(stated: readonly Stated[], policy = REQUIRED) {
  const store = memoryArtifacts();
  const digests: Digest[] = [];
  for (const { type: predicateType, subject, predicate, key = NOTARY } of stated) {
    const statement = { _type: "https://in-toto.io/Statement/v1", subject, predicateType, predicate };
    const envelope = signEnvelope(
      "application/vnd.in-toto+json",
      Buffer.from(JSON.stringify(statement)),
      key.secret,
    );
    const blob = Buffer.from(formatBundle(envelope, ""));
    const of = { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: IMAGE, size: 5 };
    const ref = { digest: await store.putBlob(blob), size: blob.length };
    const manifest = bundleManifest(of, ref, "", new Date(AT));
    store.manifests.set(sha256(manifest), manifest);
    digests.push(sha256(manifest));
  }
  const index = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      manifests: digests.map((digest) => ({ mediaType: "x", size: 1, digest })),
    }),
  );
  store.manifests.set(sha256(index), index);
  store.names.set(`sha256-${hexOf(IMAGE)}`, sha256(index));
  const found = await readImageAttestations(store, [IMAGE], trustedKeys(policy));
  const { checks, unverified } = judgeImageAttestations({ ...found, repository: REPOSITORY }, policy, AT);
  const source = checks.find(({ id }) => id === "source");
  const codes = [...(source?.ignored ?? []), ...unverified].map(({ code }) => code);
  return { answer: source?.answer, text: source?.text.en ?? "", codes, checks: checks.map(({ id }) => id) };
}

test("without the entry nothing is required, and a summary is not read", async () => {
  const plain = await judged([built], POLICY);
  expect(plain).toMatchObject({ answer: "yes", codes: [] });
  expect(await judged([built, summary()], POLICY)).toEqual(plain);
});

test.each<[string, readonly Stated[], AttestationPolicy, string]>([
  ["of the built commit", [summary()], REQUIRED, "source level 3 by scanner"],
  [
    "of the level that is demanded",
    [summary()],
    requiring({ signers: ["scanner"], minimumLevel: 3 }),
    "source level 3",
  ],
  [
    "with levels of other tracks",
    [
      summary({
        verifiedLevels: [
          "SLSA_BUILD_LEVEL_4",
          "SLSA_SOURCE_LEVEL_1",
          "SLSA_SOURCE_LEVEL_2",
          "SLSA_SOURCE_LEVEL_9",
        ],
      }),
    ],
    REQUIRED,
    "source level 2",
  ],
  ["whose address ends in .git", [summary({ resourceUri: `git+${SOURCE}.git` })], REQUIRED, "source level 3"],
  [
    "beside one that is a refusal",
    [summary({ verificationResult: "FAILED" }), summary()],
    REQUIRED,
    "source level 3",
  ],
  [
    "beside one of another commit",
    [summary({}, { subject: ofCommit(OTHER_COMMIT) }), summary({ verifiedLevels: ["SLSA_SOURCE_LEVEL_1"] })],
    REQUIRED,
    "source level 1",
  ],
])("a summary %s counts", async (_, summaries, policy, said) => {
  const { answer, text } = await judged([built, ...summaries], policy);
  expect([answer, text]).toEqual(["yes", expect.stringContaining(said)]);
  expect((await judged([...summaries, built], policy)).text).toBe(text);
});

const OTHER_REPOSITORY = "git+https://gitlab.example/evil/portal";
test.each<[string, Stated | undefined, string, AttestationPolicy?]>([
  ["none", undefined, "source-unverified"],
  ["one by another signer", summary({}, { key: NOTARY }), "signer-not-allowed"],
  ["one by a stranger", summary({}, { key: testKey() }), "untrusted-signature"],
  ["one that is a refusal", summary({ verificationResult: "FAILED" }), "source-verdict-failed"],
  ["one without a result", summary({ verificationResult: undefined }), "source-verdict-failed"],
  ["one of another commit", summary({}, { subject: ofCommit(OTHER_COMMIT) }), "other-commit"],
  ["one of two commits", summary({}, { subject: ofCommit(COMMIT, OTHER_COMMIT) }), "other-commit"],
  ["one of a branch", summary({}, { subject: ofCommit("main") }), "statement-subjects"],
  ["one of another project", summary({ resourceUri: OTHER_REPOSITORY }), "other-source"],
  ["one of no project", summary({ resourceUri: undefined }), "other-source"],
  ["one without a level", summary({ verifiedLevels: [] }), "source-level-too-low"],
  ["one of a build's level", summary({ verifiedLevels: ["SLSA_BUILD_LEVEL_3"] }), "source-level-too-low"],
  [
    "one of a level that is cut",
    summary({ verifiedLevels: ["SLSA_SOURCE_LEVEL_33"] }),
    "source-level-too-low",
  ],
  [
    "one below the level",
    summary(),
    "source-level-too-low",
    requiring({ signers: ["scanner"], minimumLevel: 4 }),
  ],
  [
    "one of last year",
    summary({ timeVerified: "2025-06-15T09:00:00Z" }),
    "too-old",
    requiring({ signers: ["scanner"], maximumAgeDays: 30 }),
  ],
  ["one from the future", summary({ timeVerified: "2027-06-15T09:00:00Z" }), "future-date"],
  ["a provenance about the commit", summary({}, { type: PROVENANCE }), "statement-subjects"],
  ["one of whom the policy names nobody", summary(), "signer-not-allowed", requiring({ signers: [] })],
  [
    "one about another image, too",
    summary({}, { subject: [...ofCommit(COMMIT), { digest: { sha256: "0".repeat(64) } }] }),
    "other-subject",
  ],
])("with %s the source is not verified", async (_, stated, code, policy) => {
  const { answer, codes } = await judged(stated === undefined ? [built] : [built, stated], policy);
  expect([answer, codes]).toEqual(["no", expect.arrayContaining([code])]);
});

test("a summary is no statement about the image: neither verdict, nor scan, nor document", async () => {
  const alone = await judged([summary()]);
  expect([alone.answer, alone.codes]).toEqual(["no", []]);
});
