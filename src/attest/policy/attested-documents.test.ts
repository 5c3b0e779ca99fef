import { describe, expect, test } from "vitest";
import { AT, NOTARY, POLICY, REPOSITORY, SCANNER, SOURCE, stated } from "../../../test/fixtures/attested.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Fields } from "../../json/fields.ts";
import { TRIAL_TYPE } from "../predicates/trial.ts";
import { attestedDocuments, documentChecks } from "./attested-documents.ts";
import type { SignedStatement } from "./signers.ts";

const ALLOWED: AttestationPolicy = {
  ...POLICY,
  scanners: [{ source: `${SOURCE}-gitops`, repositories: [REPOSITORY] }],
  statements: {
    sbom: { signers: ["scanner"] },
    vex: { signers: ["scanner", "notary"] },
    trial: { signers: ["scanner"] },
  },
};
const OPENVEX: Fields = { "@context": "https://openvex.dev/ns/v0.2.0", statements: [{}] };

const document = (type: string, content: Fields = { a: 1 }, key = SCANNER) => stated(type, content, key);
const ids = (statements: readonly SignedStatement[], policy: AttestationPolicy = ALLOWED) =>
  documentChecks(statements, policy, REPOSITORY, AT).map(({ id, answer }) => [id, answer]);

test.each<[string, "sbom" | "vex" | "trial" | undefined]>([
  ["https://cyclonedx.org/bom", "sbom"],
  ["https://cyclonedx.org/bom/v1.6", "sbom"],
  ["https://spdx.dev/Document", "sbom"],
  ["https://spdx.dev/Document/v2.3", "sbom"],
  ["https://openvex.dev/ns", "vex"],
  ["https://openvex.dev/ns/v0.2.0", "vex"],
  [TRIAL_TYPE, "trial"],
  ["https://cyclonedx.org/bomb", undefined],
  ["https://spdx.dev/DocumentX", undefined],
  ["https://openvex.dev/nsx", undefined],
  ["x https://openvex.dev/ns", undefined],
  ["https://openvex.dev", undefined],
  ["", undefined],
])("type %j is of kind %s", (type, kind) => {
  const one = document(type, OPENVEX);
  const found = (["sbom", "vex", "trial"] as const).filter(
    (id) => attestedDocuments([one], id, ALLOWED, REPOSITORY, AT).documents.length > 0,
  );
  expect(found).toEqual(kind === undefined ? [] : [kind]);
});

describe("a VEX document", () => {
  const read = (content: Fields) => {
    const { documents, ignored } = attestedDocuments(
      [document("https://openvex.dev/ns", content)],
      "vex",
      ALLOWED,
      REPOSITORY,
      AT,
    );
    return documents.length > 0 ? "read" : ignored.map(({ code }) => code)[0];
  };
  const many = (count: number) => ({ ...OPENVEX, statements: Array.from({ length: count }, () => ({})) });
  test.each<[string, Fields, string]>([
    ["with a version", OPENVEX, "read"],
    ["without a version", { "@context": "https://openvex.dev/ns" }, "read"],
    ["as large as it may be", many(LIMITS.vexStatements), "read"],
    ["too large", many(LIMITS.vexStatements + 1), "vex-unreadable"],
    ["of another context", { "@context": "https://example.org/https://openvex.dev/ns" }, "vex-unreadable"],
    ["without a context", { statements: [] }, "vex-unreadable"],
    ["with a context that is a list", { "@context": ["https://openvex.dev/ns"] }, "vex-unreadable"],
    [
      "that the notary signed for a merge request",
      { ...OPENVEX, "urn:douane:notary:v1": { mergeRequest: true, refProtected: true } },
      "merge-request",
    ],
  ])("%s: %s", (_, content, expected) => {
    expect(read(content)).toBe(expected);
  });

  const notarised = (source: string | undefined): Fields => ({
    ...OPENVEX,
    "urn:douane:notary:v1": { source, mergeRequest: false, refProtected: true },
  });
  test.each<[string, Fields, string]>([
    ["the image's project", notarised(SOURCE), "read"],
    ["a project that scans the image", notarised(`${SOURCE}-gitops`), "read"],
    ["a project of other repositories", notarised("https://gitlab.example/team/other"), "notary-project"],
    ["a project that the record does not name", notarised(undefined), "notary-project"],
  ])("that the notary signed for %s: %s", (_, content, expected) => {
    expect(read(content)).toBe(expected);
  });

  test("that the notary signed counts for no image that is in no registry", () => {
    const [one] = [document("https://openvex.dev/ns", notarised(SOURCE))];
    if (one === undefined) throw new Error("a statement");
    const { ignored } = attestedDocuments([one], "vex", ALLOWED, undefined, AT);
    expect(ignored.map(({ code, text }) => [code, text.en])).toEqual([
      ["notary-project", expect.stringContaining("the image is not in a registry")],
    ]);
  });

  test("of another kind needs no context of OpenVEX", () => {
    expect(
      attestedDocuments([document(TRIAL_TYPE, {})], "trial", ALLOWED, REPOSITORY, AT).documents,
    ).toHaveLength(1);
  });
});

test("documents are sorted by name, each once, with their signer and content", () => {
  const [first, second] = [document(TRIAL_TYPE, { a: 1 }), document(TRIAL_TYPE, { a: 2 })].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  if (first === undefined || second === undefined) throw new Error("two statements");
  for (const order of [
    [first, second, first],
    [second, first, first],
  ]) {
    expect(attestedDocuments(order, "trial", ALLOWED, REPOSITORY, AT)).toEqual({
      documents: [first, second].map(({ name, statement }) => ({
        name,
        signer: "scanner",
        content: statement.predicate,
      })),
      ignored: [],
    });
  }
});

test("those of one kind that do not count are named beside one that does", () => {
  const statements = [document(TRIAL_TYPE), document(TRIAL_TYPE, { a: 2 }, NOTARY)];
  const { documents, ignored } = attestedDocuments(statements, "trial", ALLOWED, REPOSITORY, AT);
  expect(documents.map(({ name }) => name)).toEqual([statements[0]?.name]);
  expect(ignored.map(({ name, code }) => [name, code])).toEqual([
    [statements[1]?.name, "signer-not-allowed"],
  ]);
});

describe("the checks", () => {
  const SBOM = document("https://spdx.dev/Document");
  test.each<[string, readonly SignedStatement[], AttestationPolicy, readonly (readonly string[])[]]>([
    ["without documents and without signers", [], POLICY, []],
    ["with a document of which the policy says nothing", [SBOM], POLICY, [["sbom", "n/a"]]],
    [
      "with signers of every kind and without documents",
      [],
      ALLOWED,
      [
        ["sbom", "no"],
        ["vex", "no"],
        ["trial", "no"],
      ],
    ],
    [
      "with every kind",
      [SBOM, document("https://openvex.dev/ns", OPENVEX), document(TRIAL_TYPE)],
      ALLOWED,
      [
        ["sbom", "yes"],
        ["vex", "yes"],
        ["trial", "yes"],
      ],
    ],
  ])("%s", (_, statements, policy, expected) => {
    expect(ids(statements, policy)).toEqual(expected);
  });

  test("name the document and every signer once", () => {
    const statements = [
      document("https://openvex.dev/ns", OPENVEX),
      document("https://openvex.dev/ns", { ...OPENVEX, a: 1 }),
      document("https://openvex.dev/ns", OPENVEX, NOTARY),
    ];
    const vex = documentChecks(statements, ALLOWED, REPOSITORY, AT).find(({ id }) => id === "vex");
    expect(vex?.by).toBe(statements.map(({ name }) => name).toSorted()[0]);
    expect(vex?.text.en).toContain(": 3, signed by notary, scanner");
  });
});
