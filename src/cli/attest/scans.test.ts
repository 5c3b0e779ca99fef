import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { markedPassword } from "../../../test/fixtures/marked-secrets.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { readAttachments } from "../../attest/read/read-attachments.ts";
import { openStore } from "../../attest/store/open-store.ts";
import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { fieldsOf, objectAt, textAt } from "../../json/fields.ts";

const GITLAB = {
  version: "15.0.7",
  vulnerabilities: [],
  scan: {
    type: "sast",
    status: "success",
    end_time: "2026-01-02T03:04:05",
    scanner: { name: "Semgrep", version: "1.30.0" },
  },
};
const SECRET = markedPassword();
const GITLEAKS = [{ RuleID: "a", Secret: SECRET.value, Match: `password=${SECRET.value}`, File: "a.env" }];

let cwd: string;
let image: Digest;

beforeEach(async () => {
  cwd = temporaryDirectory();
  image = writeLayout(emptyImage("linux/amd64"), join(cwd, "image"), { ref: "1.0.0" }).digest;
  writeFileSync(join(cwd, "gitlab.json"), JSON.stringify(GITLAB));
  writeFileSync(join(cwd, "leaks.json"), JSON.stringify(GITLEAKS));
  writeFileSync(join(cwd, "none.json"), "[]");
  await douane(["keys", "generate", "--out", "douane"], { cwd, env: { COSIGN_PASSWORD: "" } });
});

function attest(...scans: readonly string[]) {
  const options = scans.flatMap((scan) => ["--scan", scan]);
  return douane(["attest", "oci:image:1.0.0", "--key", "douane.key", ...options], {
    cwd,
    env: { COSIGN_PASSWORD: "" },
  });
}

/** Predicates of the statements beside the image, and the scan reports beside them by digest. */
async function attached() {
  const place = openStore("oci:image:1.0.0", {
    env: {},
    cwd,
    signal: new AbortController().signal,
    insecureRegistries: [],
  });
  try {
    const { attestations, problems } = await readAttachments(place.store, image);
    const statements = attestations.map(({ envelope }) =>
      fieldsOf(JSON.parse(Buffer.from(envelope.payload).toString())),
    );
    return {
      scans: statements.map((one) => objectAt(one, "predicate")),
      types: statements.map((one) => one["predicateType"]),
      problems,
    };
  } finally {
    await place.close();
  }
}

test("attests each report as a test result, with what the job says", async () => {
  const { exit, stderr } = await attest(
    "gitlab.json,target=src",
    "none.json,tool=gitleaks,exit-code=0,target=.",
  );
  expect([exit, stderr]).toEqual([0, ""]);
  const { scans, types, problems } = await attached();
  expect(problems).toEqual([]);
  expect(new Set(types)).toEqual(new Set(["https://in-toto.io/attestation/test-result/v0.1"]));
  expect(scans).toEqual(
    expect.arrayContaining([
      {
        result: "PASSED",
        configuration: [],
        "urn:douane:scan:v1": expect.objectContaining({
          format: "gitlab",
          kind: "sast",
          tool: "Semgrep",
          toolVersion: "1.30.0",
          finishedOn: "2026-01-02T03:04:05Z",
          target: "src",
          injectionCount: 0,
          verdict: "pass",
          asserted: ["target"],
          report: {
            mediaType: "application/json",
            digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
          },
        }),
      },
      expect.objectContaining({
        "urn:douane:scan:v1": expect.objectContaining({
          tool: "gitleaks",
          kind: "secrets",
          verdict: "pass",
          asserted: ["exitCode", "target", "tool"],
        }),
      }),
    ]),
  );
});

test("attaches the report without the secrets that it quotes, under the digest that the statement names", async () => {
  expect((await attest("leaks.json,exit-code=1,target=.")).exit).toBe(0);
  const { scans } = await attached();
  const report = objectAt(objectAt(scans[0] ?? {}, "urn:douane:scan:v1"), "report");
  const hex = textAt(objectAt(report, "digest"), "sha256") ?? "";
  const bytes = readFileSync(join(cwd, "image", "blobs", "sha256", hex));
  expect(sha256(bytes)).toBe(`sha256:${hex}`);
  expect(bytes.toString()).not.toContain(SECRET.marker);
  expect(JSON.parse(bytes.toString())).toEqual([expect.objectContaining({ RuleID: "a", File: "a.env" })]);
});

describe("a report that proves nothing is attested as failed, and said so", () => {
  test.each([
    ["leaks.json", "the report does not say whether the scan finished", "incomplete", ["completion-unknown"]],
    ["leaks.json,exit-code=1,target=.", "findings of critical, high or unknown severity: 1", "fail", []],
    [
      "none.json,tool=gitleaks,exit-code=1,target=.",
      "the given exit code is that of a tool that failed",
      "incomplete",
      ["exit-code"],
    ],
  ])("%s", async (scan, words, verdict, incompleteBecause) => {
    const { exit, stderr } = await attest(scan);
    expect([exit, stderr]).toEqual([0, expect.stringContaining(words)]);
    const { scans } = await attached();
    expect(scans[0]).toMatchObject({
      result: "FAILED",
      "urn:douane:scan:v1": { verdict, incompleteBecause },
    });
  });
});

test.each([
  ["absent.json", 64],
  ["gitlab.json,exit-code=-1", 64],
  ["gitlab.json,kind=sca", 64],
  ["gitlab.json,finished=yesterday", 64],
  ["gitlab.json,active=no", 64],
  ["gitlab.json,constructor=a", 64],
  [",target=a", 64],
  ["douane.pub", 65],
])("--scan %s ends with %i and attests nothing", async (scan, code) => {
  const { exit, stderr } = await attest(scan);
  expect([exit, stderr]).toEqual([code, expect.stringMatching(/scan|absent|rapport|report/)]);
  expect((await attached()).scans).toEqual([]);
});

test("a comma in a file's name is no word of the job", async () => {
  writeFileSync(join(cwd, "a,b.json"), JSON.stringify(GITLAB));
  expect((await attest("a,b.json,rules=p/security,extra")).exit).toBe(0);
});
