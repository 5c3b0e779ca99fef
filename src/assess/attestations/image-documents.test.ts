import { describe, expect, test } from "vitest";
import { AT, NOTARY, POLICY, stated } from "../../../test/fixtures/attested.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { sbomFacts } from "../../../test/fixtures/sbom-facts.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { trialPredicate } from "../../attest/predicates/trial.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { imageDocuments } from "./image-documents.ts";

const INDEX = digestOf(0xb);
const OTHER_INDEX = digestOf(0xc);
const IMAGE = imageFacts({ facts: { indexDigest: INDEX, otherIndexDigests: [OTHER_INDEX] } });
const CYCLONEDX = "https://cyclonedx.org/bom";
const OPENVEX = "https://openvex.dev/ns/v0.2.0";

const policy = (more: object = {}): AttestationPolicy => ({
  ...POLICY,
  statements: {
    sbom: { signers: ["notary"] },
    vex: { signers: ["notary"], ...more },
    trial: { signers: ["notary"] },
  },
});
const documents = (type: string, contents: readonly Fields[], by = policy()) =>
  imageDocuments({ statements: contents.map((one) => stated(type, one, NOTARY, by)) }, IMAGE, by, AT);

describe("an attested SBOM", () => {
  const bom = (more: object = {}): Fields => ({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    components: [{ type: "library", name: "a", version: "1.0.0", purl: "pkg:npm/a@1.0.0" }],
    ...more,
  });
  const about = (digest: string) => ({
    metadata: {
      component: { type: "container", name: "app", purl: `pkg:oci/app@${digest.replace(":", "%3A")}` },
    },
  });
  const property = (name: string, value: string) => ({ properties: [{ name, value }] });
  const inLayer = (diffId: string) => ({
    type: "library",
    name: "a",
    version: "1.0.0",
    purl: "pkg:npm/a@1.0.0",
    ...property("aquasecurity:trivy:LayerDiffID", diffId),
  });
  const config = (digest: string) => property("aquasecurity:trivy:ImageID", digest);
  test.each<[string, Fields, string, string]>([
    ["without a subject", bom(), "valid", "unsaid"],
    ["about the image's manifest", bom(about(digestOf(0xa))), "valid", "this"],
    ["about its index", bom(about(INDEX)), "valid", "this"],
    ["about another index of it", bom(about(OTHER_INDEX)), "valid", "this"],
    ["about its configuration", bom(about(IMAGE.imageId)), "valid", "this"],
    ["about another image", bom(about(digestOf(0xd))), "foreign", "foreign"],
    [
      "about the image, with a package in a layer of another image",
      bom({ ...about(digestOf(0xa)), components: [inLayer(digestOf(0xd))] }),
      "foreign",
      "foreign",
    ],
    [
      "about the image, with a package in its layer",
      bom({ ...about(digestOf(0xa)), components: [inLayer(IMAGE.layers[0]?.diffId ?? "")] }),
      "valid",
      "this",
    ],
    [
      "about the image, with the configuration of another image",
      bom({
        metadata: { component: { ...about(digestOf(0xa)).metadata.component, ...config(digestOf(0xd)) } },
      }),
      "foreign",
      "foreign",
    ],
    ["without packages", bom({ components: [] }), "empty", "unsaid"],
    [
      "without packages, about another image",
      bom({ components: [], ...about(digestOf(0xd)) }),
      "empty",
      "foreign",
    ],
    ["of another format", { spdx: 1 }, "unknown-format", "unsaid"],
  ])("%s is %3$s", (_, content, state, isAbout) => {
    const { documents: found, coverage } = documents(CYCLONEDX, [content]).sbom(sbomFacts());
    expect(found).toMatchObject([{ state, about: isAbout, signed: true, signer: "notary" }]);
    expect(coverage !== undefined).toBe(state === "valid");
  });

  test.each([
    [
      "tags and values",
      [
        "SPDXVersion: SPDX-2.3",
        "DataLicense: CC0-1.0",
        "SPDXID: SPDXRef-DOCUMENT",
        "DocumentName: portal",
        "DocumentNamespace: https://example.org/1",
        "Creator: Tool: a-1",
        "Created: 2026-01-01T00:00:00Z",
        "PackageName: a",
        "SPDXID: SPDXRef-a",
        "PackageVersion: 1.0.0",
        "PackageDownloadLocation: NOASSERTION",
        "ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1.0.0",
      ].join("\n"),
      "valid",
    ],
    ["CycloneDX in JSON", JSON.stringify(bom()), "valid"],
    ["JSON of another image", JSON.stringify(bom(about(digestOf(0xd)))), "foreign"],
    ["other text", "hello", "unknown-format"],
  ])("as a text, as `cosign attest --type spdx` writes it: %s", (_, text, state) => {
    const signed = stated("https://spdx.dev/Document", {}, NOTARY, policy());
    const statement = { ...signed.statement, predicateText: text };
    const found = imageDocuments({ statements: [{ ...signed, statement }] }, IMAGE, policy(), AT);
    expect(found.sbom(sbomFacts()).documents).toMatchObject([{ state, signed: true, signer: "notary" }]);
  });

  test("stands beside the image's own, which are looked up once", () => {
    const own = sbomFacts();
    const ours = documents(CYCLONEDX, [bom(), bom({ version: 2 })]);
    expect(ours.sbom(own)).toBe(ours.sbom(own));
    expect(ours.sbom(own).documents).toHaveLength(2);
    expect(documents(CYCLONEDX, []).sbom(own)).toBe(own);
  });
});

describe("an attested VEX document", () => {
  const vex = (timestamp: string, more: object = {}): Fields => ({
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": "https://example.org/vex",
    author: "a",
    timestamp,
    version: 1,
    statements: [
      {
        vulnerability: { name: "CVE-2026-0001" },
        products: [{ "@id": "pkg:npm/a@1.0.0" }],
        status: "not_affected",
        justification: "component_not_present",
        ...more,
      },
    ],
  });
  const FACTS = {
    matched: "2026-06-15",
    sources: [],
    compared: [],
    inert: 0,
    findings: [
      {
        id: "CVE-2026-0001",
        aliases: [],
        component: { purl: "pkg:npm/a@1.0.0" },
        ecosystem: "npm",
        fixedIn: [],
        exploited: [],
      },
    ],
    unmatched: [],
    endOfLife: [],
  } as unknown as VulnerabilityFacts;
  const applied = (contents: readonly Fields[], by = policy()) => {
    const known = { image: IMAGE, reference: referenceFacts(), sbom: sbomFacts() };
    const { findings } = documents(OPENVEX, contents, by).vulnerabilities(FACTS, known);
    return (findings[0]?.vex ?? []).map(({ status, signer }) => [status, signer]);
  };

  test("applies to the findings of its product, with its signer", () => {
    expect(applied([vex("2026-06-15T09:00:00Z")])).toEqual([["not_affected", "notary"]]);
    expect(applied([vex("2026-06-15T09:00:00Z", { products: [{ "@id": "pkg:npm/b@1.0.0" }] })])).toEqual([]);
  });

  test.each([digestOf(0xa), INDEX, OTHER_INDEX])("applies to the image by its digest %s", (digest) => {
    const products = [{ "@id": `pkg:oci/app@${digest.replace(":", "%3A")}` }];
    expect(applied([vex("2026-06-15T09:00:00Z", { products })])).toEqual([["not_affected", "notary"]]);
  });

  test.each([
    ["2026-06-05T12:00:00Z", 1],
    ["2026-06-05T11:59:59Z", 0],
  ])("of %s counts %i times where the policy bounds its age to ten days", (timestamp, count) => {
    expect(applied([vex(timestamp)], policy({ maximumAgeDays: 10 }))).toHaveLength(count);
    expect(applied([vex(timestamp)])).toHaveLength(1);
  });

  test.each<[string, string, object, number]>([
    ["that lifts, of the future", "2027-01-01T00:00:00Z", {}, 0],
    ["that lifts, of no date", "now", {}, 0],
    ["that it is fixed, of no date", "now", { status: "fixed" }, 0],
    ["that it is affected, of the future", "2027-01-01T00:00:00Z", { status: "affected" }, 1],
    ["that it is affected, of no date", "tomorrow", { status: "affected" }, 1],
    ["that it is affected, too old to lift", "2020-01-01T00:00:00Z", { status: "affected" }, 1],
  ])("%s counts %i times", (_, timestamp, more, count) => {
    expect(applied([vex(timestamp, more)], policy({ maximumAgeDays: 10 }))).toHaveLength(count);
  });

  test("is replaced by its later version", () => {
    const date = "2026-06-15T09:00:00Z";
    const second = { ...vex(date), version: 2, statements: [] };
    expect(applied([vex(date), second])).toEqual([]);
    expect(applied([vex(date), { ...second, "@id": "https://example.org/other" }])).toHaveLength(1);
    const nameless = { ...vex(date), "@id": undefined };
    expect(applied([nameless, { ...second, "@id": undefined }])).toHaveLength(1);
  });

  test("is none where there is none: the findings are the same", () => {
    const known = { image: IMAGE, reference: referenceFacts(), sbom: sbomFacts() };
    expect(documents(OPENVEX, []).vulnerabilities(FACTS, known)).toBe(FACTS);
  });
});

describe("an attested trial", () => {
  const origin = { by: "own-run", douane: "0.3.0" } as const;
  const evidence = (ranAs?: { file: string; document: number; path: string }): Fields =>
    JSON.parse(
      evidenceText(
        [{ kind: "trial", origin, trial: trialFacts(), ...(ranAs === undefined ? {} : { ranAs }) }],
        "0.3.0",
      ),
    ) as Fields;

  test("is signed, and without the place of the manifest under which it ran", () => {
    const ranAs = { file: "a.yaml", document: 1, path: "spec.containers[0]" };
    const { trials, problems } = documents("urn:douane:trial:v1", [trialPredicate(evidence(ranAs)).content]);
    expect(problems).toEqual([]);
    expect(trials).toEqual([
      { trial: trialFacts(), origin: { by: "signed", signer: "notary", douane: "0.3.0" } },
    ]);
  });

  test("that cannot be read is named, and the others count", () => {
    const { trials, problems } = documents("urn:douane:trial:v1", [
      trialPredicate({ format: "other" }).content,
      trialPredicate(evidence()).content,
    ]);
    expect([trials.length, problems.length]).toEqual([1, 1]);
    expect(problems[0]?.en).toContain("sha256:");
  });

  test("whose evidence holds images alone is none", () => {
    const text = evidenceText([{ kind: "image", origin, image: IMAGE, reference: referenceFacts() }]);
    const content = trialPredicate(JSON.parse(text) as Fields).content;
    expect(documents("urn:douane:trial:v1", [content])).toMatchObject({ trials: [], problems: [] });
  });
});
