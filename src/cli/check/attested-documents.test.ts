import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NOTARY, POLICY, SCANNER, SOURCE, TEAM, type TestKey } from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import type { Answer } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, type ImageValue, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { osvFillers, osvRecord } from "../../../test/fixtures/osv-records.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Fields } from "../../json/fields.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-attested-documents-"));
const env = { DOUANE_DATA: join(folder, "data") };
afterAll(() => rmSync(folder, { recursive: true }));

const CYCLONEDX = "https://cyclonedx.org/bom";
const SPDX = "https://spdx.dev/Document";
const OPENVEX = "https://openvex.dev/ns/v0.2.0";

/** Signers of documents: the notary of SBOMs, the scanner of VEX. */
const DOCUMENTS = { sbom: { signers: ["notary"] }, vex: { signers: ["scanner"] } };

beforeAll(async () => {
  const critical = { database_specific: { severity: "CRITICAL" } };
  const records = [
    osvRecord("GHSA-a", "lodash", { ...critical, aliases: ["CVE-2026-1111"] }),
    osvRecord("GHSA-b", "minimist", { ...critical, aliases: ["CVE-2026-2222"] }),
  ];
  const members = [...records, ...osvFillers("npm")].map((record, at) => ({
    name: `${at}.json`,
    content: JSON.stringify(record),
  }));
  const kev = {
    title: "CISA Catalog of Known Exploited Vulnerabilities",
    catalogVersion: "2026.06.14",
    dateReleased: "2026-06-14T12:00:00Z",
    count: 1,
    vulnerabilities: [{ cveID: "CVE-2026-2222", dateAdded: "2026-06-12" }],
  };
  writeFileSync(join(folder, "all.zip"), zipOf(members));
  writeFileSync(join(folder, "kev.json"), JSON.stringify(kev));
  await douane(["vulns", "import", "all.zip", "kev.json"], { cwd: folder, env });
});

function imageOf(packages: Readonly<Record<string, string>>): ImageValue {
  const entries = Object.entries(packages).map(([name, version]) => ({
    path: `app/node_modules/${name}/package.json`,
    content: JSON.stringify({ name, version }),
  }));
  return withConfig(withLayer(emptyImage(), layerOf(entries)), { User: "1000" });
}

const REPAIRED = { lodash: "1.2.3" };
const VULNERABLE = { lodash: "1.2.2" };
const EXPLOITED = { minimist: "1.2.2" };

async function pushed(packages: Readonly<Record<string, string>>): Promise<AttestedImage> {
  const image = await attestedImage({}, imageOf(packages));
  allow(image, DOCUMENTS);
  return image;
}

function allow(
  image: AttestedImage,
  statements: AttestationPolicy["statements"],
  changes: Partial<AttestationPolicy> = {},
): void {
  image.policy({ ...changes, statements: { ...POLICY.statements, ...statements } });
}

/** SBOM of the image as douane writes it. */
async function sbomOf({ target, cwd }: AttestedImage, format: "cyclonedx" | "spdx"): Promise<Fields> {
  await douane(["sbom", target, "--format", `${format}=bom.json`], { cwd, env });
  return JSON.parse(readFileSync(join(cwd, "bom.json"), "utf8")) as Fields;
}

interface Report {
  readonly verdicts: readonly [
    { readonly rows: readonly { readonly id: string; readonly answer: string }[] },
  ];
}

interface Row14 {
  readonly check: string | undefined;
  /** Exit code of the vulnerability gate. */
  readonly vulns: number;
  readonly text: string;
}

async function row14({ target, cwd }: AttestedImage): Promise<Row14> {
  const with14 = ["--policy", "policy.yaml"];
  const { stdout } = await douane(["check", target, ...with14, "--format", "json"], { cwd, env });
  const scan = await douane(["vulns", target, ...with14], { cwd, env });
  const [{ rows }] = (JSON.parse(stdout) as Report).verdicts;
  const row = rows.find(({ id }) => id === "sbom");
  return { check: row?.answer, vulns: scan.exit, text: JSON.stringify(row) };
}

describe("an SBOM attested by a signer of the policy is the image's", () => {
  test.each([
    ["CycloneDX", CYCLONEDX, "cyclonedx"],
    ["CycloneDX with a version in its type", `${CYCLONEDX}/v1.6`, "cyclonedx"],
    ["SPDX", SPDX, "spdx"],
  ] as const)("%s", async (_, type, format) => {
    const image = await pushed(REPAIRED);
    expect(await row14(image)).toMatchObject({ check: "no", vulns: 0 });
    await image.attach(type, await sbomOf(image, format));
    const { check, vulns, text } = await row14(image);
    expect([check, vulns]).toEqual(["yes", 0]);
    expect(text).toContain("an attestation signed by notary");
    const shown = await douane(["verify", image.target, "--policy", "policy.yaml"], { cwd: image.cwd });
    expect(shown.stdout).toContain("✓ SBOM: attested SBOMs: 1, signed by notary");
  });

  const record = { refProtected: false, mergeRequest: false };
  test.each<[string, (image: AttestedImage, bom: Fields) => Promise<unknown>, string]>([
    [
      "signed by one whom the policy does not let",
      (image, bom) => image.attach(CYCLONEDX, bom, TEAM),
      "embeds no SBOM",
    ],
    [
      "whose key is revoked",
      async (image, bom) => {
        await image.attach(CYCLONEDX, bom);
        const revokedKeys = [{ id: NOTARY.id, from: "2026-01-01", reason: "stolen" }];
        allow(image, DOCUMENTS, { revokedKeys });
      },
      "embeds no SBOM",
    ],
    [
      "under a policy that lets nobody attest SBOMs",
      async (image, bom) => {
        await image.attach(CYCLONEDX, bom);
        allow(image, {});
      },
      "embeds no SBOM",
    ],
    [
      "for an unprotected branch",
      (image, bom) => image.attach(CYCLONEDX, { ...bom, "urn:douane:notary:v1": record }),
      "embeds no SBOM",
    ],
    ["under another predicate type", (image, bom) => image.attach(`${CYCLONEDX}x`, bom), "embeds no SBOM"],
    [
      "about another image",
      async (image) => image.attach(CYCLONEDX, await sbomOf(await pushed({ other: "1.0.0" }), "cyclonedx")),
      "describes another image",
    ],
    [
      "that is empty",
      (image) => image.attach(CYCLONEDX, { bomFormat: "CycloneDX", specVersion: "1.6" }),
      "names no package",
    ],
    ["that is no SBOM", (image) => image.attach(CYCLONEDX, { a: 1 }), "neither SPDX nor CycloneDX"],
    [
      "that names other packages",
      (image) =>
        image.attach(CYCLONEDX, {
          bomFormat: "CycloneDX",
          specVersion: "1.6",
          components: [{ type: "library", name: "other", version: "1.0.0", purl: "pkg:npm/other@1.0.0" }],
        }),
      "names 0 of the 1 npm packages",
    ],
  ])("but not one %s", async (_, attach, says) => {
    const image = await pushed(REPAIRED);
    await attach(image, await sbomOf(image, "cyclonedx"));
    const { check, text } = await row14(image);
    expect(check).toBe("no");
    expect(text).toContain(says);
  });

  test("a record of a protected branch beside the document's fields changes nothing", async () => {
    const image = await pushed(REPAIRED);
    const bom = await sbomOf(image, "cyclonedx");
    const own = { ...record, refProtected: true, source: SOURCE };
    await image.attach(CYCLONEDX, { ...bom, "urn:douane:notary:v1": own });
    expect((await row14(image)).check).toBe("yes");
  });

  test("a vulnerability in a package that only the attested SBOM names is a doubt in both commands", async () => {
    const image = await pushed(REPAIRED);
    const bom = await sbomOf(image, "cyclonedx");
    const more = { type: "library", name: "minimist", version: "1.2.2", purl: "pkg:npm/minimist@1.2.2" };
    await image.attach(CYCLONEDX, {
      ...bom,
      components: [...(bom["components"] as readonly object[]), more],
    });
    expect(await row14(image)).toMatchObject({ check: "unproven", vulns: 2 });
  });

  test("an evidence file holds no attestations, which is said; with the image they count again", async () => {
    const image = await pushed(REPAIRED);
    await image.attach(CYCLONEDX, await sbomOf(image, "cyclonedx"));
    const { target, cwd } = image;
    const check = (...argv: readonly string[]) =>
      douane(["check", ...argv, "--policy", "policy.yaml", "--format", "json"], { cwd, env });
    const answerIn = ({ stdout }: { readonly stdout: string }) =>
      (JSON.parse(stdout) as Report).verdicts[0].rows.find(({ id }) => id === "sbom")?.answer;
    await check(target, "--save-evidence", "saved.json");
    const stored = await check("--evidence", "saved.json");
    expect(stored.stderr).toContain("an evidence file holds no attestations");
    const both = await check(target, "--evidence", "saved.json");
    expect(both.stderr).not.toContain("holds no attestations");
    expect([answerIn(stored), answerIn(both)]).toEqual(["unproven", "yes"]);
    // An attested SBOM can be missing only where the policy lets somebody attest SBOMs.
    allow(image, {});
    expect(answerIn(await check("--evidence", "saved.json"))).toBe("no");
  });

  test("attestations that cannot be read leave the row unproven", async () => {
    let isDown = false;
    const answer: Answer = ({ url = "" }, response) => {
      if (isDown && url.includes("/tags/list")) response.writeHead(403).end();
      return isDown && url.includes("/tags/list");
    };
    const image = await attestedImage({ answer }, imageOf(REPAIRED));
    allow(image, DOCUMENTS);
    await image.attach(CYCLONEDX, await sbomOf(image, "cyclonedx"));
    isDown = true;
    const { check, text } = await row14(image);
    expect(check).toBe("unproven");
    expect(text).toContain("an SBOM could not be read");
    allow(image, {});
    expect((await row14(image)).check).toBe("no");
  });
});

interface Vex {
  readonly status?: string;
  readonly justification?: string | undefined;
  readonly timestamp?: string;
  readonly products?: readonly object[];
  readonly vulnerability?: string;
}

function vex({
  status = "not_affected",
  justification = "vulnerable_code_not_in_execute_path",
  timestamp = "2026-06-14T09:00:00Z",
  products = [{ "@id": "pkg:npm/lodash@1.2.2" }],
  vulnerability = "CVE-2026-1111",
}: Vex = {}): Fields {
  return {
    "@context": OPENVEX,
    author: "Portal team",
    timestamp,
    statements: [
      {
        vulnerability: { name: vulnerability },
        products,
        status,
        ...(status === "not_affected" && justification !== "" ? { justification } : {}),
      },
    ],
  };
}

describe("an OpenVEX document attested by a signer of the policy", () => {
  async function judged(
    documents: readonly (readonly [Fields, TestKey?])[],
    packages: Readonly<Record<string, string>> = VULNERABLE,
  ) {
    const image = await pushed(packages);
    await image.attach(CYCLONEDX, await sbomOf(image, "cyclonedx"));
    for (const [document, key = SCANNER] of documents) await image.attach(OPENVEX, document, key);
    return row14(image);
  }

  test("lifts a critical vulnerability, and is named", async () => {
    expect(await judged([])).toMatchObject({ check: "no", vulns: 1 });
    const { check, vulns, text } = await judged([[vex()]]);
    expect([check, vulns]).toEqual(["yes", 0]);
    expect(text).toContain(
      "vulnerabilities lifted by signed VEX statements (1): CVE-2026-1111, lodash 1.2.2 (vulnerable_code_not_in_execute_path, scanner)",
    );
  });

  const [EARLIER, LATER] = ["2026-06-13T09:00:00Z", "2026-06-14T10:00:00Z"];
  test.each<[string, readonly (readonly [Fields, TestKey?])[], "yes" | "no"]>([
    ["without a date", [[vex({ timestamp: "" })]], "no"],
    ["that says it is fixed", [[vex({ status: "fixed" })]], "yes"],
    [
      "about the image by its package URL's version alone",
      [[vex({ products: [{ "@id": "pkg:npm/lodash" }] })]],
      "yes",
    ],
    [
      "newer than one that says affected",
      [[vex()], [vex({ status: "affected", timestamp: EARLIER })]],
      "yes",
    ],
    ["older than one that says affected", [[vex()], [vex({ status: "affected", timestamp: LATER })]], "no"],
    ["of the same time as one that says affected", [[vex()], [vex({ status: "affected" })]], "no"],
    [
      "contradicted by one whom the policy does not let",
      [[vex()], [vex({ status: "affected", timestamp: LATER }), TEAM]],
      "yes",
    ],
    ["without a justification", [[vex({ justification: "" })]], "no"],
    ["that is still investigating", [[vex({ status: "under_investigation" })]], "no"],
    ["by one whom the policy does not let", [[vex(), TEAM]], "no"],
    ["dated in the future", [[vex({ timestamp: "2027-01-01T00:00:00Z" })]], "no"],
    ["about another package", [[vex({ products: [{ "@id": "pkg:npm/lodash@4.0.0" }] })]], "no"],
    ["about another image", [[vex({ products: [{ "@id": `sha256:${"0".repeat(64)}` }] })]], "no"],
    ["about nothing", [[vex({ products: [] })]], "no"],
    ["about another vulnerability", [[vex({ vulnerability: "CVE-2026-9999" })]], "no"],
    ["that is no OpenVEX", [[{ ...vex(), "@context": "https://example.org" }]], "no"],
    ["for a merge request", [[{ ...vex(), "urn:douane:notary:v1": { mergeRequest: true } }]], "no"],
  ])("%s", async (_, documents, answer) => {
    expect(await judged(documents)).toMatchObject({ check: answer, vulns: answer === "yes" ? 0 : 1 });
  });

  test("lifts nothing that is known to be exploited", async () => {
    const about = vex({ products: [{ "@id": "pkg:npm/minimist@1.2.2" }], vulnerability: "CVE-2026-2222" });
    expect(await judged([[about]], EXPLOITED)).toMatchObject({ check: "no", vulns: 1 });
  });

  test("an older statement than the policy allows does not count", async () => {
    const image = await pushed(VULNERABLE);
    await image.attach(CYCLONEDX, await sbomOf(image, "cyclonedx"));
    await image.attach(OPENVEX, vex({ timestamp: "2026-06-01T00:00:00Z" }), SCANNER);
    expect((await row14(image)).check).toBe("yes");
    allow(image, { ...DOCUMENTS, vex: { signers: ["scanner"], maximumAgeDays: 7 } });
    expect((await row14(image)).check).toBe("no");
  });
});
