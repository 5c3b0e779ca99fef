import { describe, expect, test } from "vitest";
import {
  AT,
  NOTARY,
  POLICY,
  PROVENANCE,
  provenance,
  REPOSITORY,
  scan,
  stated,
} from "../../../test/fixtures/attested.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Fields } from "../../json/fields.ts";
import { judgeAttestations } from "./judge-attestations.ts";
import { otherStatements } from "./other-statements.ts";
import type { SignedStatement } from "./signers.ts";

const RESULT = "https://in-toto.io/attestation/test-result/v0.1";
const SUMMARY = "https://slsa.dev/verification_summary/v1";
const of = (type: string, content: Fields = {}, policy = POLICY) => stated(type, content, NOTARY, policy);

function others(
  statements: readonly SignedStatement[],
  sources: readonly SignedStatement[] = [],
  policy: AttestationPolicy = POLICY,
) {
  const { checks } = judgeAttestations(statements, policy, { repository: REPOSITORY, sources }, AT);
  return otherStatements([...statements, ...sources], checks, policy);
}

describe("a statement that no check names", () => {
  test.each<[string, string, Fields, string, string]>([
    ["of an unknown type", "urn:x", {}, "predicate-type", '"urn:x", which no check reads'],
    [
      "of a provenance of another version",
      "https://slsa.dev/provenance/v0.1",
      provenance(),
      "predicate-type",
      "read as",
    ],
    [
      "of a provenance under a type that looks alike",
      `${PROVENANCE}/`,
      provenance(),
      "predicate-type",
      "read as",
    ],
    [
      "of a vulnerability scan",
      "https://in-toto.io/attestation/vulns/v0.2",
      {},
      "predicate-type",
      "no check reads",
    ],
    ["of another tool's result", RESULT, { result: "PASSED" }, "scan-unreadable", "attest --scan"],
    ["of a scan of unknown kind", RESULT, scan("SAST"), "scan-kind", '"SAST" (read: sast, dast, secrets)'],
    ["of a scan that is not asked for", RESULT, scan("secrets"), "not-asked", "does not ask"],
    ["of an SBOM that nobody may sign", "https://cyclonedx.org/bom", {}, "not-asked", "names no signer"],
    [
      "of the image's signature",
      "https://sigstore.dev/cosign/sign/v1",
      {},
      "image-signature",
      "no row rests",
    ],
    ["of a verdict", SUMMARY, {}, "counts-too", "another one decided"],
  ])("%s is listed with a reason", (_, type, content, code, words) => {
    const one = of(type, content);
    expect(others([one, one])).toEqual([
      { name: one.name, code, text: { fr: expect.any(String), en: expect.stringContaining(words) } },
    ]);
  });

  test("counts, too, if another one decided", () => {
    const all = [
      of(PROVENANCE, provenance()),
      of(PROVENANCE, { ...provenance(), note: 1 }),
      of(RESULT, scan("sast")),
      of(RESULT, { ...scan("sast"), note: 1 }),
    ];
    const listed = others(all);
    expect(listed.map(({ code }) => code)).toEqual(["counts-too", "counts-too"]);
    expect(listed.map(({ name }) => name)).toEqual(listed.map(({ name }) => name).toSorted());
  });

  test("is a document of a kind that another document decided", () => {
    const policy = { ...POLICY, statements: { ...POLICY.statements, sbom: { signers: ["notary"] } } };
    const boms = [1, 2].map((version) => of("https://cyclonedx.org/bom", { version }, policy));
    expect(others(boms, [], policy).map(({ code }) => code)).toEqual(["counts-too"]);
  });

  test("is a source's verification: not asked for, without a build, or counted", () => {
    const commit = "0".repeat(40);
    const summary = of(SUMMARY);
    const source = { ...summary, statement: { ...summary.statement, subjects: [], commits: [commit] } };
    const asked = { ...POLICY, statements: { ...POLICY.statements, source: { signers: ["notary"] } } };
    expect(others([], [source]).map(({ code }) => code)).toEqual(["not-asked"]);
    expect(others([], [source], asked).map(({ code }) => code)).toEqual(["no-provenance"]);
    const checks = [{ id: "source", answer: "yes", text: { fr: "", en: "" }, ignored: [] }] as const;
    expect(otherStatements([source], checks, asked).map(({ code }) => code)).toEqual(["counts-too"]);
  });
});

test("a statement that a check names is not listed again, whether it decided or was refused", () => {
  const decided = of(PROVENANCE, provenance());
  const refused = of(PROVENANCE, { ...provenance(), buildDefinition: {} });
  expect(others([decided, refused])).toEqual([]);
});
