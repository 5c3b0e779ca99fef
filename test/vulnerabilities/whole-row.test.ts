// Row 14 as a whole: its SBOM and its vulnerabilities together give a yes, and each of them alone a no.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, type ImageValue, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { osvFillers, osvRecord } from "../fixtures/osv-records.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-row-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...argv: readonly string[]) => douane(argv, { cwd, env: { DOUANE_DATA: join(cwd, "data") } });

interface Row {
  readonly id: string;
  readonly answer: string;
  readonly proofs: readonly { readonly rule: string; readonly message: { readonly en: string } }[];
  readonly findings: readonly { readonly rule: string }[];
  readonly missing: readonly { readonly command?: string }[];
}

async function row(...argv: readonly string[]): Promise<Row | undefined> {
  const { stdout } = await run("check", ...argv, "--format", "json");
  const { verdicts } = JSON.parse(stdout) as {
    readonly verdicts: readonly { readonly rows: readonly Row[] }[];
  };
  return verdicts[0]?.rows.find(({ id }) => id === "sbom");
}

/** An image of lodash, and the same with its own SBOM in a last layer. */
async function images(name: string, version: string): Promise<void> {
  const content = JSON.stringify({ name: "lodash", version });
  const layer = layerOf([{ path: "app/node_modules/lodash/package.json", content }]);
  const image = withConfig(withLayer(emptyImage(), layer), { User: "1000", Cmd: ["/x"] });
  put(name, image);
  await run("sbom", `oci:${name}:1`, "--format", "cyclonedx=sbom.cdx.json");
  const document = readFileSync(join(cwd, "sbom.cdx.json"));
  put(
    `${name}-described`,
    withLayer(image, layerOf([{ path: "usr/share/sbom/sbom.cdx.json", content: document }])),
  );
}

function put(name: string, image: ImageValue): void {
  writeLayout(image, join(cwd, name), { ref: "1" });
}

beforeAll(async () => {
  await images("repaired", "1.2.3");
  await images("vulnerable", "1.2.2");
});

test("without data it is unproven, and says what gets them", async () => {
  const answer = await row("oci:repaired-described:1");
  expect(answer).toMatchObject({ answer: "unproven", findings: [] });
  expect(answer?.missing.map(({ command }) => command)).toEqual([
    expect.stringContaining("douane vulns import"),
  ]);
});

test("with data it is yes by both halves, and no by either alone; evidence judged later says the same", async () => {
  const critical = {
    database_specific: { severity: "CRITICAL" },
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
  };
  writeFileSync(
    join(cwd, "osv.json"),
    JSON.stringify([osvRecord("GHSA-a", "lodash", critical), ...osvFillers("npm")]),
  );
  await run(
    "check",
    "oci:repaired-described:1",
    "oci:vulnerable-described:1",
    "--save-evidence",
    "kept.json",
  );
  expect(await run("vulns", "import", "osv.json")).toMatchObject({ exit: 0, stderr: "" });
  const whole = await row("oci:repaired-described:1");
  expect(whole).toMatchObject({ answer: "yes", findings: [] });
  expect(whole?.proofs.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(["2.2-embedded-sbom", "2.2-sbom-coverage", "2.2-no-critical-vulnerabilities"]),
  );
  const rules = async (...argv: readonly string[]) => (await row(...argv))?.findings.map(({ rule }) => rule);
  expect(await rules("oci:repaired:1")).toEqual(["2.2-embedded-sbom"]);
  expect(await rules("oci:vulnerable-described:1")).toEqual(["2.2-no-critical-vulnerabilities"]);
  const { stdout } = await run("check", "--evidence", "kept.json", "--format", "json");
  const { verdicts } = JSON.parse(stdout) as {
    readonly verdicts: readonly { readonly rows: readonly Row[] }[];
  };
  const answers = verdicts.map(({ rows }) => rows.find(({ id }) => id === "sbom")?.answer);
  expect(new Set(answers)).toEqual(new Set(["no", "yes"]));
});
