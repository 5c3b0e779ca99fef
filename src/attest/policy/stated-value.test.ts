import { describe, expect, test } from "vitest";
import {
  AT,
  BUILDER,
  COMMIT,
  IMAGE,
  NOTARY,
  OTHER_COMMIT,
  POLICY,
  REPOSITORY,
  SOURCE,
  stated,
  statedProvenance,
  statedScan,
} from "../../../test/fixtures/attested.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { mapTexts } from "../../secrets/map-texts.ts";
import type { CertificateSigner } from "../certificates/certificate-signer.ts";
import { SUMMARY_TYPE } from "../in-toto/statement.ts";
import { NOTARY_FIELD } from "../notary/notary-record.ts";
import { judgeImageAttestations } from "./image-attestations.ts";
import { otherStatements } from "./other-statements.ts";
import type { SignedStatement } from "./signers.ts";
import { statedValue } from "./stated-value.ts";

const TOKEN = ["glpat", "x7Kq2mZp9LtR4vWc8NbY"].join("-");
const PASSWORD = "hunter-of-24";

/** Provenance with one text replaced in its JSON. */
function provenanceWith(text: string, by: string): SignedStatement {
  const one = statedProvenance();
  const predicate = JSON.parse(JSON.stringify(one.statement.predicate).replaceAll(text, by));
  return { ...one, statement: { ...one.statement, predicate } };
}

function judged(
  statements: readonly SignedStatement[],
  sources: readonly SignedStatement[] = [],
  by = POLICY,
) {
  const found = { statements, sources, unverified: [], imageSigners: [], repository: REPOSITORY };
  const { checks } = judgeImageAttestations(found, by, AT);
  return [...checks, ...otherStatements([...statements, ...sources], checks, by)];
}

test.each([
  ["password of the source", SOURCE, SOURCE.replace("https://", `https://u:${PASSWORD}@`), PASSWORD],
  ["token in place of the user", SOURCE, SOURCE.replace("https://", `https://${TOKEN}@`), TOKEN],
  ["token in the run's address", `${SOURCE}/-/jobs/56`, `${SOURCE}/-/jobs/56?private_token=${TOKEN}`, TOKEN],
  ["token of the builder", BUILDER, `${BUILDER}?private_token=${TOKEN}`, TOKEN],
  [
    "token that the shortened text would cut",
    `${SOURCE}/-/jobs/56`,
    `${SOURCE}/${"a".repeat(100 - SOURCE.length)}?private_token=${TOKEN}`,
    TOKEN.slice(0, 16),
  ],
])("a judgement quotes no %s", (_, text, by, secret) => {
  const set = [provenanceWith(text, by), statedScan("sast"), statedScan("dast")];
  expect(JSON.stringify(set)).toContain(secret);
  expect(JSON.stringify(judged(set))).not.toContain(secret);
});

/** A signer whom a certificate identifies, with what the certificate states about the job. */
const certified = (claims: CertificateSigner["claims"], isExact = true): CertificateSigner => ({
  kind: "certificate",
  signer: "notary",
  id: NOTARY.id,
  signedAt: AT,
  claims,
  isExact,
});

describe("the sentence about", () => {
  const other = `https://gitlab.example/x?private_token=${TOKEN}`;
  const ofSource = statedProvenance({ source: other, builder: BUILDER });
  const ofRef = statedProvenance({ ref: `refs/tags/a?private_token=${TOKEN}` });
  const claims: CertificateSigner["claims"] = { issuer: "https://gitlab.example", source: other };
  const everywhere: AttestationPolicy = {
    ...POLICY,
    applications: [{ source: other, repositories: [REPOSITORY] }],
  };
  const strict: AttestationPolicy = {
    ...POLICY,
    statements: { ...POLICY.statements, sast: { signers: ["scanner"], asserted: false } },
  };
  test.each<[string, string, readonly SignedStatement[], AttestationPolicy]>([
    ["a source that is not mapped", "other-source", [ofSource], POLICY],
    ["a source that passes", "construite depuis", [ofSource], everywhere],
    ["a reference that passes", "construite depuis", [ofRef], POLICY],
    [
      "what a job asserts",
      "asserted-by-job",
      [statedProvenance(), statedScan("sast", { asserted: [other] })],
      strict,
    ],
    ["a type that no check reads", "predicate-type", [stated(other, {})], POLICY],
    [
      "a certificate that contradicts the provenance",
      "certificate-source",
      [{ ...statedProvenance(), signers: [certified(claims)] }],
      POLICY,
    ],
    [
      "a scan signed by another project",
      "certificate-source",
      [ofSource, { ...statedScan("sast"), signers: [certified({ ...claims, source: SOURCE }, false)] }],
      everywhere,
    ],
  ])("%s quotes no secret", (_, word, set, policy) => {
    const found = JSON.stringify(judged(set, [], policy));
    expect(found).toContain(word);
    expect(found).not.toContain(TOKEN);
  });
});

describe("whichever text of a statement holds a secret, no sentence quotes it", () => {
  const policy: AttestationPolicy = {
    ...POLICY,
    statements: { ...POLICY.statements, source: { signers: ["notary"], minimumLevel: 2 } },
  };
  const scan = (more: object) => statedScan("sast", { ...more, asserted: ["tool"] }, NOTARY);
  const record = {
    source: "https://gitlab.example/other",
    commit: COMMIT,
    mergeRequest: false,
    refProtected: true,
  };
  const withRecord = (one: SignedStatement): SignedStatement => ({
    ...one,
    statement: { ...one.statement, predicate: { ...one.statement.predicate, [NOTARY_FIELD]: record } },
  });
  const summary = stated(SUMMARY_TYPE, {
    resourceUri: SOURCE,
    verificationResult: "PASSED",
    verifiedLevels: ["SLSA_SOURCE_LEVEL_3"],
    timeVerified: "2026-06-15T08:00:00Z",
  });
  const source = { ...summary, statement: { ...summary.statement, subjects: [], commits: [COMMIT] } };
  const v02 = stated("https://slsa.dev/provenance/v0.2", {
    builder: { id: BUILDER },
    buildType: "tekton",
    invocation: { configSource: { uri: `git+${SOURCE}@refs/heads/main` } },
    metadata: { buildInvocationID: "run" },
    materials: [{ uri: `git+${SOURCE}@refs/heads/main`, digest: { sha1: COMMIT } }],
  });
  const statements: readonly (readonly [string, SignedStatement])[] = [
    ["provenance", statedProvenance()],
    ["provenance v0.2", v02],
    ["provenance of the notary", withRecord(statedProvenance())],
    ["scan", scan({})],
    ["scan of another commit", scan({ commit: OTHER_COMMIT })],
    [
      "scan of a job",
      scan({ commit: undefined, job: { source: "https://gitlab.example/x", commit: OTHER_COMMIT } }),
    ],
    ["incomplete scan", scan({ verdict: "incomplete", incompleteBecause: ["timeout"] })],
    ["scan of the notary", withRecord(scan({}))],
    ["scan of another kind", statedScan("fuzzing")],
    ["statement of another type", stated("https://example.org/type", { text: "x" })],
  ];

  /** Number of texts of a predicate. */
  function countOf(predicate: object): number {
    let count = 0;
    mapTexts(predicate, (text) => {
      count++;
      return text;
    });
    return count;
  }

  /** The statement with a secret in the text of this number. */
  function withSecret(
    one: SignedStatement,
    number: number,
    change: (text: string) => string,
  ): SignedStatement {
    let count = 0;
    const predicate = mapTexts(one.statement.predicate, (text) => (count++ === number ? change(text) : text));
    return { ...one, statement: { ...one.statement, predicate } };
  }

  const SECRETS: readonly (readonly [string, string, (text: string) => string])[] = [
    ["token behind it", TOKEN, (text) => `${text}?private_token=${TOKEN}`],
    ["token before it", TOKEN, (text) => `https://${TOKEN}@${text.replace("https://", "")}`],
    [
      "token at the end of what is shown",
      TOKEN.slice(0, 14),
      (text) => `${text} `.padEnd(105, "x").concat(" ", TOKEN),
    ],
  ];

  test.each(statements)("%s", (_, one) => {
    const others = [statedProvenance(), statedScan("sast")];
    for (const [name, secret, change] of SECRETS) {
      for (let number = 0; number < countOf(one.statement.predicate); number++) {
        const changed = withSecret(one, number, change);
        for (const set of [[changed], [changed, statedProvenance()], [changed, ...others]])
          expect([name, JSON.stringify(judged(set, [source], policy))]).toEqual([
            name,
            expect.not.stringContaining(secret),
          ]);
      }
    }
  });

  test("verification summary of a source", () => {
    for (const [name, secret, change] of SECRETS) {
      for (let number = 0; number < countOf(source.statement.predicate); number++) {
        const found = JSON.stringify(
          judged([statedProvenance()], [withSecret(source, number, change)], policy),
        );
        expect([name, found]).toEqual([name, expect.not.stringContaining(secret)]);
      }
    }
  });
});

test("masking changes no answer: what decides is what was signed", () => {
  const chain = [statedProvenance(), statedScan("sast"), statedScan("dast")];
  const withToken = [
    provenanceWith(`${SOURCE}/-/jobs/56`, `${SOURCE}/-/jobs/56?private_token=${TOKEN}`),
    ...chain.slice(1),
  ];
  const answers = (set: readonly SignedStatement[]) =>
    judged(set).flatMap((one) => ("answer" in one ? [one.answer] : []));
  expect(answers(withToken)).toEqual(answers(chain));
  // The reference that is signed is compared, not a masked one.
  const limited = provenanceWith("refs/heads/main", `refs/heads/${TOKEN}`);
  expect(answers([limited])[1]).toBe("no");
  expect(JSON.stringify(judged([limited]))).not.toContain(TOKEN);
});

test.each([
  "https://gitlab.example/team/portal",
  "git+ssh://git@host/a",
  "Semgrep 1.2",
  "refs/heads/main",
  "a:b",
])("a value without a secret stays as it is: %s", (value) => expect(statedValue(value)).toBe(value));

test("a refused attestation's text is masked, too", () => {
  const text = { fr: `x ${TOKEN}`, en: `x ${TOKEN}` };
  const unverified = [{ name: IMAGE, code: "payload-type", text }];
  const found = { statements: [], sources: [], unverified, imageSigners: [], repository: REPOSITORY };
  expect(JSON.stringify(judgeImageAttestations(found, POLICY, AT))).not.toContain(TOKEN);
});
