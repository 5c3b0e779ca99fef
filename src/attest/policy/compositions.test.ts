// Attestations of one image in several places, by several signers, of its index and of its platforms: the union
// decides, whatever the order and the place.

import { describe, expect, test } from "vitest";
import {
  AT,
  NOTARY,
  POLICY,
  PROVENANCE,
  provenance,
  REPOSITORY,
  SCANNER,
  SOURCE,
  scan,
  TEAM,
  type TestKey,
} from "../../../test/fixtures/attested.ts";
import { type MemoryArtifacts, memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import type { AttestationPolicy, RevokedKey } from "../../contract/attestation-policy.ts";
import { hexOf, sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { bundleManifest, formatBundle } from "../attach/bundle.ts";
import { cosignTag, ownTag, referrersTag } from "../attach/subject.ts";
import { ENVELOPE_TYPE, type Envelope, formatEnvelope } from "../dsse/envelope.ts";
import { signEnvelope } from "../dsse/sign-envelope.ts";
import { TEST_RESULT_TYPE } from "../predicates/scan-result.ts";
import { judgeImageAttestations, readImageAttestations } from "./image-attestations.ts";
import { otherStatements } from "./other-statements.ts";
import { trustedKeys } from "./trusted-key.ts";

const [INDEX, AMD, ARM] = ["index", "amd64", "arm64"].map((name) => sha256(Buffer.from(name))) as [
  Digest,
  Digest,
  Digest,
];

/** Places of an attestation beside an image. */
const PLACES = ["index", "own tag", "att"] as const;
type Place = (typeof PLACES)[number];

interface Attached {
  readonly envelope: Envelope;
  /** Image that the attestation lies beside; default: AMD. */
  readonly beside?: Digest;
  readonly place?: Place;
}

function statement(type: string, predicate: Fields, about: readonly Digest[] = [AMD]): Buffer {
  const subject = about.map((digest) => ({ name: REPOSITORY, digest: { sha256: hexOf(digest) } }));
  return Buffer.from(
    JSON.stringify({ _type: "https://in-toto.io/Statement/v1", subject, predicateType: type, predicate }),
  );
}

const PAYLOAD = "application/vnd.in-toto+json";
const signed = (key: TestKey, type: string, predicate: Fields, about?: readonly Digest[]): Envelope =>
  signEnvelope(PAYLOAD, statement(type, predicate, about), key.secret);
const built = (key = NOTARY, about?: readonly Digest[], source = SOURCE) =>
  signed(key, PROVENANCE, provenance({ source, builder: `${SOURCE}/-/runners/12` }), about);
const scanned = (kind: string, fields: Fields = {}, key = SCANNER, about?: readonly Digest[]) =>
  signed(key, TEST_RESULT_TYPE, scan(kind, fields), about);
const FAILED = { verdict: "fail", counts: { critical: 1 } };

/** Puts attestations in the given order. */
async function store(attached: readonly Attached[]): Promise<MemoryArtifacts> {
  const artifacts = memoryArtifacts();
  const lists = new Map<string, object[]>();
  const append = (tag: string, entry: object) => lists.set(tag, [...(lists.get(tag) ?? []), entry]);
  for (const { envelope, beside = AMD, place = "index" } of attached) {
    const content = Buffer.from(place === "att" ? formatEnvelope(envelope) : formatBundle(envelope, ""));
    const ref = { digest: await artifacts.putBlob(content), size: content.length };
    if (place === "att") {
      append(cosignTag(beside, "att"), { mediaType: ENVELOPE_TYPE, ...ref });
      continue;
    }
    const subject = { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: beside, size: 5 };
    const manifest = bundleManifest(subject, ref, PROVENANCE, new Date(AT));
    const digest = sha256(manifest);
    artifacts.manifests.set(digest, manifest);
    if (place === "index") append(referrersTag(beside), { mediaType: "x", digest, size: manifest.length });
    else artifacts.names.set(ownTag(beside, digest), digest);
  }
  for (const [tag, entries] of lists)
    put(artifacts, tag, tag.endsWith(".att") ? { layers: entries } : { manifests: entries });
  return artifacts;
}

function put({ manifests, names }: MemoryArtifacts, tag: string, document: object): void {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...document }));
  manifests.set(sha256(bytes), bytes);
  names.set(tag, sha256(bytes));
}

async function judged(
  artifacts: MemoryArtifacts,
  policy: AttestationPolicy = POLICY,
  digests = [AMD, INDEX],
) {
  const found = await readImageAttestations(artifacts, digests, trustedKeys(policy));
  const result = judgeImageAttestations({ ...found, repository: REPOSITORY }, policy, AT);
  const { checks, unverified, level } = result;
  const ignored = [...checks.flatMap((one) => one.ignored), ...unverified];
  return {
    answers: Object.fromEntries(checks.map(({ id, answer }) => [id, answer])),
    level,
    codes: [...new Set(ignored.map(({ code }) => code))].toSorted(),
    others: otherStatements(found.statements, checks, policy).map(({ code }) => code),
    whole: result,
  };
}

const ALL = {
  provenance: "yes",
  source: "yes",
  sast: "yes",
  injections: "yes",
  dast: "yes",
  secrets: "n/a",
} as const;
const NONE = {
  provenance: "no",
  source: "no",
  sast: "no",
  injections: "no",
  dast: "no",
  secrets: "n/a",
} as const;

/** All orders of some values. */
function orders<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length < 2) return [values];
  return values.flatMap((first, index) =>
    orders(values.filter((_, other) => other !== index)).map((others) => [first, ...others]),
  );
}

describe("one predicate by two signers, in two places", () => {
  const SET: readonly Envelope[] = [built(NOTARY), built(TEAM), scanned("sast"), scanned("sast", {}, NOTARY)];
  const revoked = (...keys: readonly TestKey[]): AttestationPolicy => ({
    ...POLICY,
    revokedKeys: keys.map(({ id }): RevokedKey => ({ id, from: "2026-01-01", reason: "stolen" })),
  });
  const yes = { ...ALL, dast: "no" };
  const CASES: readonly [string, AttestationPolicy, Fields, number | undefined, readonly string[]][] = [
    ["none revoked", POLICY, yes, 2, []],
    ["the first revoked", revoked(NOTARY), yes, 1, ["key-revoked"]],
    ["the second revoked", revoked(TEAM), yes, 2, ["key-revoked"]],
    ["the scanner revoked", revoked(SCANNER), yes, 2, ["key-revoked"]],
    ["both builders revoked", revoked(NOTARY, TEAM), NONE, undefined, ["key-revoked", "no-provenance"]],
    [
      "both scanners revoked",
      revoked(NOTARY, SCANNER),
      { ...NONE, provenance: "yes", source: "yes" },
      1,
      ["key-revoked"],
    ],
    ["all revoked", revoked(NOTARY, TEAM, SCANNER), NONE, undefined, ["key-revoked"]],
  ];

  test.each(CASES)(
    "%s: the same answer in all orders and places",
    async (_, policy, answers, level, codes) => {
      const texts = new Set<string>();
      for (const order of orders(SET)) {
        for (const [index, place] of PLACES.entries()) {
          // Each provenance in another place than the other signer's, each scan likewise.
          const artifacts = await store(
            order.map((envelope) => ({
              envelope,
              place: PLACES[(index + SET.indexOf(envelope)) % PLACES.length] ?? place,
            })),
          );
          const found = await judged(artifacts, policy);
          expect(found).toMatchObject({ answers, codes });
          expect(found.level).toBe(level);
          if (index === 0) texts.add(JSON.stringify(found.whole));
        }
      }
      expect(texts.size).toBe(1);
    },
  );

  test("of two signatures of one envelope, either of which is revoked, the other counts", async () => {
    const [one, other] = [built(NOTARY), built(TEAM)];
    for (const signatures of orders([...one.signatures, ...other.signatures])) {
      const artifacts = await store([{ envelope: { ...one, signatures } }]);
      const levelBy = async (policy: AttestationPolicy) => (await judged(artifacts, policy)).level;
      expect([
        await levelBy(POLICY),
        await levelBy(revoked(NOTARY)),
        await levelBy(revoked(TEAM)),
        await levelBy(revoked(NOTARY, TEAM)),
      ]).toEqual([2, 1, 2, undefined]);
    }
  });

  test("a signer who may not state the predicate does not spoil the signature of one who may", async () => {
    for (const order of orders([built(SCANNER), built(TEAM)])) {
      const found = await judged(await store(order.map((envelope) => ({ envelope }))));
      expect(found).toMatchObject({
        answers: { provenance: "yes" },
        level: 1,
        codes: ["signer-not-allowed"],
      });
    }
  });
});

describe("an index and its platforms", () => {
  const chain = (about: readonly Digest[], beside: Digest): readonly Attached[] => [
    { envelope: built(NOTARY, about), beside },
    ...scans(about, beside),
  ];
  const scans = (about: readonly Digest[], beside: Digest): readonly Attached[] => [
    { envelope: scanned("sast", {}, SCANNER, about), beside },
    { envelope: scanned("dast", {}, SCANNER, about), beside },
  ];
  const BUILT = { ...NONE, provenance: "yes", source: "yes" };
  test.each<[string, readonly Attached[], Fields, Fields, string]>([
    ["of the index alone count for each platform", chain([INDEX], INDEX), ALL, ALL, ""],
    ["of one platform count for that platform alone", chain([AMD], AMD), ALL, NONE, ""],
    [
      "of the index for the build, of one platform for the scans",
      [{ envelope: built(NOTARY, [INDEX]), beside: INDEX }, ...scans([AMD], AMD)],
      ALL,
      BUILT,
      "",
    ],
    [
      "of another source for the index, of the right one for a platform",
      [{ envelope: built(NOTARY, [INDEX], `${SOURCE}2`), beside: INDEX }, ...chain([AMD], AMD)],
      ALL,
      { ...NONE, provenance: "yes" },
      "other-source",
    ],
    [
      "that fail for the index, and pass for a platform",
      [
        { envelope: built(NOTARY, [INDEX]), beside: INDEX },
        { envelope: scanned("dast", FAILED, SCANNER, [INDEX]), beside: INDEX },
        ...scans([AMD], AMD),
      ],
      ALL,
      BUILT,
      "scan-failed",
    ],
    [
      "that pass for the index, and fail for a platform: the failure is named",
      [...chain([INDEX], INDEX), { envelope: scanned("dast", FAILED, SCANNER, [AMD]), beside: AMD }],
      ALL,
      ALL,
      "scan-failed",
    ],
    ["about the index, beside a platform, prove nothing", chain([INDEX], AMD), NONE, NONE, "other-subject"],
    ["about a platform, beside the index, prove nothing", chain([AMD], INDEX), NONE, NONE, "other-subject"],
    [
      "about another platform, beside this one, prove nothing",
      chain([ARM], AMD),
      NONE,
      NONE,
      "other-subject",
    ],
    [
      "about the index and a platform at once, beside the index: the build counts, the scans do not",
      chain([INDEX, AMD], INDEX),
      BUILT,
      BUILT,
      "several-subjects",
    ],
  ])("attestations %s", async (_, attached, amd, arm, code) => {
    for (const place of PLACES) {
      const artifacts = await store(attached.map((one) => ({ ...one, place })));
      for (const digests of orders([AMD, INDEX])) {
        const { answers, codes } = await judged(artifacts, POLICY, [...digests]);
        expect(answers).toEqual(amd);
        expect(["", ...codes]).toContain(code);
      }
      expect((await judged(artifacts, POLICY, [ARM, INDEX])).answers).toEqual(arm);
      // A tag may lead to the platform's manifest without an index: what lies beside the index is not read.
      const alone = await store(attached.filter(({ beside }) => beside === AMD));
      expect((await judged(artifacts, POLICY, [AMD])).answers).toEqual((await judged(alone)).answers);
    }
  });
});

describe("two layouts with different content", () => {
  const SAST = scanned("sast");
  const DAST = scanned("dast");
  const inBoth = (bundles: readonly Envelope[], att: readonly Envelope[]): readonly Attached[] => [
    ...bundles.map((envelope): Attached => ({ envelope, place: "index" })),
    ...att.map((envelope): Attached => ({ envelope, place: "att" })),
  ];
  const changed = (envelope: Envelope): Envelope => ({
    ...envelope,
    payload: Buffer.from(
      Buffer.from(envelope.payload).toString().replace("refs/heads/main", "refs/heads/evil"),
    ),
  });
  test.each<[string, readonly Envelope[], readonly Envelope[], number, readonly string[]]>([
    ["the build in one, the scans in the other", [built()], [SAST, DAST], 2, []],
    ["a failing scan in one", [built(), SAST, DAST], [scanned("dast", FAILED)], 2, ["scan-failed"]],
    [
      "an incomplete scan in one",
      [built(), SAST, DAST],
      [scanned("sast", { verdict: "incomplete" })],
      2,
      ["scan-incomplete"],
    ],
    [
      "another source in one",
      [built(TEAM), SAST, DAST],
      [built(NOTARY, [AMD], `${SOURCE}2`)],
      1,
      ["other-source"],
    ],
    ["a changed payload in one", [built(), SAST, DAST], [changed(built())], 2, ["untrusted-signature"]],
    [
      "a statement about another image in one",
      [built(), SAST, DAST],
      [built(NOTARY, [ARM])],
      2,
      ["other-subject"],
    ],
  ])("%s: what counts is the union", async (_, one, other, level, codes) => {
    for (const [bundles, att] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(await judged(await store(inBoth(bundles, att)))).toMatchObject({ answers: ALL, level, codes });
    }
  });

  test("the same statement in both is counted once, and each is named", async () => {
    const all = [built(), SAST, DAST];
    const found = await judged(await store(inBoth(all, all)));
    expect(found).toMatchObject({ answers: ALL, level: 2, codes: [], others: Array(3).fill("counts-too") });
  });

  test.each([
    ["of bundles", referrersTag(AMD), "att"],
    [".att", cosignTag(AMD, "att"), "index"],
  ] as const)("a damaged list %s hides nothing of the other", async (_, tag, place) => {
    const artifacts = await store([built(), SAST, DAST].map((envelope) => ({ envelope, place })));
    const damaged = Buffer.from("[");
    artifacts.manifests.set(sha256(damaged), damaged);
    artifacts.names.set(tag, sha256(damaged));
    const found = await judged(artifacts);
    expect(found.answers).toEqual(ALL);
    expect(found.codes).toHaveLength(1);
  });
});
