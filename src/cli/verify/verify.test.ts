import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  NOTARY,
  OTHER_COMMIT,
  PROVENANCE,
  provenance,
  SCANNER,
  SOURCE,
  scan,
  TEAM,
} from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { fakeSigstore } from "../../../test/fixtures/fake-sigstore.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { keylessPolicy, statementOf } from "../../../test/fixtures/keyless.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Fields } from "../../json/fields.ts";

const RESULT = "https://in-toto.io/attestation/test-result/v0.1";

const WITH_SECRETS = {
  provenance: { signers: ["notary"] },
  sast: { signers: ["scanner"] },
  dast: { signers: ["scanner"] },
  secrets: { signers: ["scanner"] },
};

interface VerifyReport {
  readonly rows: readonly { readonly id: string; readonly answer: string; readonly enforced: boolean }[];
  readonly checks: readonly {
    readonly id: string;
    readonly answer: string;
    readonly ignored: readonly { code: string }[];
  }[];
  readonly unverified: readonly { readonly code: string }[];
  readonly level?: number;
  readonly signatures: readonly object[];
}

function verify({ target, cwd }: AttestedImage, ...argv: readonly string[]) {
  return douane(["verify", target, "--policy", "policy.yaml", ...argv], { cwd });
}

async function report(image: AttestedImage, ...argv: readonly string[]) {
  const { exit, stdout, stderr } = await verify(image, "--format", "json", ...argv);
  expect(stderr).toBe("");
  return { exit, ...(JSON.parse(stdout) as VerifyReport) };
}

async function whole(image: AttestedImage): Promise<void> {
  await image.attach(PROVENANCE, provenance());
  await image.attach(RESULT, scan("sast"), SCANNER);
  await image.attach(RESULT, scan("dast"), SCANNER);
}

/** The output with digests, hosts and column-free details replaced by names. */
function plain(text: string, { registry, digest }: AttestedImage): string {
  return text
    .replaceAll(registry.host, "REGISTRY")
    .replaceAll(digest, "IMAGE")
    .replaceAll(/sha256:[0-9a-f]{64}/g, "ATTESTATION");
}

test.each([
  ["with the referrers API", { referrers: true }, ["", "att"]],
  ["without it: also the tags, the fallback index, and each list once", {}, ["", "tags", "index", "att"]],
] as const)("requests to a registry %s", async (_, options, places) => {
  const image = await attestedImage(options);
  await whole(image);
  const before = image.registry.requests.length;
  expect((await verify(image)).exit).toBe(0);
  const asked = image.registry.requests.slice(before).map(({ method, url = "" }) => `${method} ${url}`);
  const named = (text: string) => asked.filter((one) => one.includes(text)).length;
  expect(named("/referrers/")).toBe(1);
  expect(named(".att")).toBe(1);
  expect([named("/tags/list"), named(".sig")]).toEqual([places.length === 4 ? 1 : 0, 0]);
  // The image's manifest and config; the places; manifest and content of each attestation.
  expect(asked.length).toBe(2 + places.length + 2 * 3);
  expect(new Set(asked).size).toBe(asked.length);
});

test("signatures of the image are shown, by whom and whether the key counts, and prove no row", async () => {
  const image = await attestedImage();
  const key = join(image.cwd, "image.key");
  writeFileSync(key, NOTARY.secretPem);
  const signed = await douane(["attest", image.target, "--key", key, "--sign"], { cwd: image.cwd });
  expect(signed).toMatchObject({ exit: 0 });
  const notary = { signer: "notary", key: NOTARY.id };
  expect(await report(image)).toMatchObject({ exit: 1, signatures: [notary] });
  expect((await verify(image)).stdout).not.toContain(NOTARY.id);
  const explained = await verify(image, "--explain");
  expect(explained.stdout).toContain(
    `Signatures of the image itself (no row rests on them):\n  notary (key ${NOTARY.id})\n`,
  );
  image.policy({ revokedKeys: [{ id: NOTARY.id, from: "2026-01-01", reason: "stolen" }] });
  const revoked = await report(image);
  expect(revoked.signatures).toEqual([
    { ...notary, message: expect.objectContaining({ en: expect.stringContaining("revoked") }) },
  ]);
  expect((await verify(image, "--explain", "--lang", "fr")).stdout).toContain("révoquée");
});

test("a whole chain is said check by check, with the attestations that decided", async () => {
  const image = await attestedImage();
  await whole(image);
  const english = await verify(image);
  expect({ ...english, stdout: plain(english.stdout, image) }).toEqual({
    exit: 0,
    stderr: "",
    stdout: `REGISTRY/team/portal@IMAGE (IMAGE, linux/amd64)

✓ 13 Automated, reproducible build with in-toto attestations: yes (enforced)
  ✓ provenance: pipeline ${SOURCE}/-/jobs/56, builder ${SOURCE}/-/runners/12, signed by notary, level 2 [ATTESTATION]
  ✓ source: built from ${SOURCE} (0123456789abcdef0123456789abcdef01234567, refs/heads/main) [ATTESTATION]
  ✓ static analysis: static analysis passed (Semgrep, 2026-06-15T09:05:00Z, commit 0123456789abcdef0123456789abcdef01234567) [ATTESTATION]
  ✓ injections: detection of injections passed (Semgrep, 2026-06-15T09:05:00Z, commit 0123456789abcdef0123456789abcdef01234567) [ATTESTATION]
  – reproducibility: not compared: --rebuilt IMAGE compares the image of another build

✓ 15 Pre-build security scans done and documented: yes (enforced)
  ✓ static analysis: static analysis passed (Semgrep, 2026-06-15T09:05:00Z, commit 0123456789abcdef0123456789abcdef01234567) [ATTESTATION]
  ✓ dynamic analysis: dynamic analysis passed (ZAP, 2026-06-15T09:05:00Z) [ATTESTATION]
  – secrets: the policy asks for no search for secrets
`,
  });
  const french = plain((await verify(image, "--lang", "fr")).stdout, image);
  expect(french).toContain(
    "✓ 13 Build process automatisé, reproductible et attestations in-toto intégrées : oui (exigé)",
  );
  expect(french).toContain(
    "  ✓ analyse dynamique : analyse dynamique réussie (ZAP, 2026-06-15T09:05:00Z) [ATTESTATION]",
  );
});

test("an image without attestations is refused", async () => {
  const image = await attestedImage();
  const { exit, stdout } = await verify(image);
  expect(exit).toBe(1);
  expect(stdout).toContain("✗ provenance: no provenance signed by a trusted key\n");
});

test("--explain names the attestations that do not count, and why", async () => {
  const image = await attestedImage();
  await whole(image);
  await image.attach(RESULT, scan("sast", { verdict: "fail" }, "FAILED"), SCANNER);
  image.policy({
    signers: [{ id: "scanner", keys: [{ pem: SCANNER.pem }] }],
    builders: [],
    statements: { sast: { signers: ["scanner"] } },
  });
  const brief = await verify(image);
  expect(brief.stdout).toContain("--explain shows them");
  const { exit, stdout } = await verify(image, "--explain");
  expect(exit).toBe(1);
  expect(plain(stdout, image)).toContain(
    "      – ATTESTATION: the scan failed: severe findings are open (scan-failed)\n",
  );
  expect(plain(stdout, image)).toContain(
    "Attestations of no value for this image:\n  ATTESTATION: none of its signatures is by a trusted key (untrusted-signature)\n",
  );
  const french = await verify(image, "--explain", "--lang", "fr");
  expect(french.stdout).toContain("(untrusted-signature)\n");
});

test("--explain names statements that no check reads, without the secrets in their types", async () => {
  const image = await attestedImage();
  await whole(image);
  const token = ["glpat", "k7RtZ2vQm9XwLp4sNb1c"].join("-");
  await image.attach(`https://x.example/scan?private_token=${token}`, {});
  await image.attach(RESULT, { result: "PASSED" }, SCANNER);
  image.policy();
  const brief = await verify(image);
  expect(brief).toMatchObject({ exit: 0, stdout: expect.stringContaining("--explain shows them") });
  const { exit, stdout } = await verify(image, "--explain");
  expect(exit).toBe(0);
  expect(stdout).toContain("Statements that decided nothing:\n");
  for (const code of ["predicate-type", "scan-unreadable"]) expect(stdout).toContain(`(${code})\n`);
  const json = await verify(image, "--format", "json");
  for (const text of [stdout, json.stdout]) expect(text).not.toContain(token);
  const { others } = JSON.parse(json.stdout) as { others: readonly { code: string }[] };
  expect(others.map(({ code }) => code).toSorted()).toEqual(["predicate-type", "scan-unreadable"]);
});

describe("exit codes", () => {
  const unlisted = scan("sast", { injectionRulesRun: undefined });
  test.each<[string, Fields, Partial<AttestationPolicy>, number]>([
    ["all yes", scan("sast"), {}, 0],
    ["an enforced row is no", scan("sast", { commit: OTHER_COMMIT }), {}, 1],
    ["an enforced row is unproven", unlisted, {}, 2],
    ["the row that is no only warns", unlisted, { rows: { provenance: { mode: "warn" } } }, 0],
    [
      "it is enforced tomorrow",
      unlisted,
      { rows: { provenance: { mode: "enforce", from: "2026-06-16" } } },
      0,
    ],
    ["it is enforced today", unlisted, { rows: { provenance: { mode: "enforce", from: "2026-06-15" } } }, 2],
    [
      "no row is enforced",
      scan("sast", { verdict: "fail" }, "FAILED"),
      { rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } } },
      0,
    ],
  ])("%s", async (_, sast, changes, exit) => {
    const image = await attestedImage();
    await image.attach(PROVENANCE, provenance());
    await image.attach(RESULT, sast, SCANNER);
    await image.attach(RESULT, scan("dast"), SCANNER);
    image.policy(changes);
    expect((await report(image)).exit).toBe(exit);
  });
});

test("--at judges as of another time", async () => {
  const image = await attestedImage();
  await whole(image);
  image.policy({ revokedKeys: [{ id: SCANNER.id, from: "2026-06-15T11:00:00Z", reason: "stolen" }] });
  expect((await report(image)).exit).toBe(1);
  expect((await report(image, "--at", "2026-06-15T10:59:59Z")).exit).toBe(0);
  expect((await report(image, "--at", "2026-06-14")).checks[0]).toMatchObject({
    answer: "no",
    ignored: [{ code: "future-date" }],
  });
  expect((await report(image, "--at", "2026-06-15")).checks[0]).toMatchObject({ answer: "yes" });
});

test("attestations that the referrers API lists are found, too", async () => {
  const image = await attestedImage({ referrers: true });
  await whole(image);
  expect((await report(image)).exit).toBe(0);
});

test("the JSON says rows, checks, level and what does not count", async () => {
  const image = await attestedImage();
  await image.attach(PROVENANCE, provenance(), TEAM);
  const { exit, rows, checks, level, unverified } = await report(image);
  expect(exit).toBe(1);
  expect(rows).toEqual([
    {
      id: "provenance",
      answer: "no",
      enforced: true,
      checks: ["provenance", "source", "sast", "injections", "rebuilt"],
    },
    { id: "scans", answer: "no", enforced: true, checks: ["sast", "dast", "secrets"] },
  ]);
  expect(level).toBe(1);
  expect(unverified).toEqual([]);
  expect(checks.map(({ id, answer }) => `${id} ${answer}`)).toEqual([
    "provenance yes",
    "source yes",
    "sast no",
    "injections no",
    "dast no",
    "secrets n/a",
    "rebuilt n/a",
  ]);
});

describe("--rebuilt compares the image of another build", () => {
  test.each<[string, Parameters<typeof smallImage>[0], string]>([
    ["the same one", {}, "✓ reproducibility: reproducible: the other build has the same manifest"],
    [
      "one with another start",
      { Cmd: ["/app/other"] },
      "✗ reproducibility: reproducibility not shown: the other build's configuration differs (config.Cmd)",
    ],
  ])("%s", async (_, config, line) => {
    const image = await attestedImage();
    await whole(image);
    writeLayout(smallImage(config), join(image.cwd, "other"), { ref: "1.0.0" });
    const { exit, stdout, stderr } = await verify(image, "--rebuilt", "oci:other:1.0.0");
    expect(stdout).toContain(`  ${line}\n`);
    // What was not shown refuses nothing.
    expect([exit, stderr]).toEqual([0, ""]);
  });

  test("but not the image itself", async () => {
    const image = await attestedImage();
    const { exit, stderr } = await verify(image, "--rebuilt", image.target);
    expect(exit).toBe(64);
    expect(stderr).toContain("this is the image itself, in the same place");
  });

  test("nor one that does not exist", async () => {
    const image = await attestedImage();
    const { exit, stderr } = await verify(image, "--rebuilt", "oci:nowhere:1.0.0");
    expect(exit).toBe(64);
    expect(stderr).toContain("nowhere");
  });
});

describe("a wrong command line", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["without an image", ["--policy", "policy.yaml"], /name one image/],
    ["with two images", ["a.example/a", "a.example/b", "--policy", "policy.yaml"], /name one image/],
    ["without a policy", ["a.example/a"], /--policy douane\.yaml/],
    [
      "with a policy without the section",
      ["a.example/a", "--policy", "other.yaml"],
      /"other\.yaml" has no section attestations/,
    ],
    [
      "with a day that does not exist",
      ["a.example/a", "--policy", "policy.yaml", "--at", "yesterday"],
      /--at "yesterday": write a date/,
    ],
    [
      "with another format",
      ["a.example/a", "--policy", "policy.yaml", "--format", "yaml"],
      /Unknown format: "yaml"/,
    ],
  ])("%s", async (_, argv, message) => {
    const { cwd } = await attestedImage();
    writeFileSync(join(cwd, "other.yaml"), "enforceFuture: true\n");
    const { exit, stderr } = await douane(["verify", ...argv], { cwd });
    expect(exit).toBe(64);
    expect(stderr).toMatch(message);
  });
});

test("more attestations than the limit are refused with its name", async () => {
  const image = await attestedImage();
  const manifests = Array.from({ length: 10_000 }, (_, index) => ({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: `sha256:${index.toString(16).padStart(64, "0")}`,
    size: 1,
  }));
  const tag = image.digest.replace(":", "-");
  image.registry.manifests.set(tag, Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })));
  const { exit, stderr } = await verify(image);
  expect({ exit, named: stderr.includes("attestationsPerImage") }).toEqual({ exit: 65, named: true });
  // Nothing of the list was fetched.
  expect(image.registry.requests.length).toBeLessThan(10);
});

interface CheckReport {
  readonly verdicts: readonly {
    readonly rows: readonly { readonly id: string; readonly answer: string }[];
  }[];
}

describe("check and verify never contradict each other", () => {
  type Attach = (image: AttestedImage) => Promise<void>;
  const CASES: readonly [string, Attach, Partial<AttestationPolicy>, object][] = [
    ["a whole chain", whole, {}, {}],
    ["nothing", async () => {}, {}, {}],
    ["a provenance alone", (image) => image.attach(PROVENANCE, provenance()), {}, {}],
    [
      "a provenance of another source",
      (image) => image.attach(PROVENANCE, provenance({ source: `${SOURCE}2` })),
      {},
      {},
    ],
    ["scans alone", (image) => image.attach(RESULT, scan("sast"), SCANNER), {}, {}],
    [
      "an unproven check",
      async (image) => {
        await image.attach(PROVENANCE, provenance());
        await image.attach(RESULT, scan("sast", { injectionRulesRun: undefined }), SCANNER);
      },
      {},
      {},
    ],
    ["a chain by a key that nobody trusts", whole, { signers: [], builders: [], statements: {} }, {}],
    ["rows that warn", whole, { rows: { provenance: { mode: "warn" } } }, {}],
    ["the whole future enforced", whole, {}, { enforceFuture: true }],
    ["a search for secrets that is asked for", whole, { statements: { ...WITH_SECRETS } }, {}],
  ];
  test.each(CASES)("%s", async (_, attach, changes, more) => {
    const image = await attestedImage();
    await attach(image);
    image.policy(changes, more);
    const { rows } = await report(image);
    const checked = await douane(
      ["check", image.target, "--policy", "policy.yaml", "--format", "json", "--no-cache"],
      {
        cwd: image.cwd,
      },
    );
    const { verdicts } = JSON.parse(checked.stdout) as CheckReport;
    const own = verdicts[0]?.rows.filter(({ id }) => rows.some((row) => row.id === id));
    expect(own?.map(({ id, answer }) => ({ id, answer }))).toEqual(
      rows.map(({ id, answer }) => ({ id, answer })),
    );
  });
});

describe("signed with certificates of a Sigstore", () => {
  const NOW = new Date().toISOString();

  async function keyless() {
    const [image, sigstore] = await Promise.all([attestedImage(), fakeSigstore()]);
    const finishedOn = new Date().toISOString();
    for (const [type, predicate] of [
      [PROVENANCE, provenance({ startedOn: finishedOn })],
      [RESULT, scan("sast", { finishedOn })],
      [RESULT, scan("dast", { finishedOn })],
    ] as const)
      image.attachBundle(await sigstore.sign(statementOf(type, predicate, image.digest)));
    writeFileSync(join(image.cwd, "trusted_root.json"), JSON.stringify(sigstore.trustedRoot));
    const { applications: _, authorities: __, ...policy } = keylessPolicy(sigstore);
    const authorities = [
      { id: "fulcio", kind: "sigstore" as const, trustedRoot: { file: "trusted_root.json" } },
    ];
    image.policy({ ...policy, authorities });
    return { image, sigstore, policy, authorities };
  }

  test("rows 13 and 15 are yes, by a trusted root beside the policy", async () => {
    const { image } = await keyless();
    const { exit, rows, level, unverified } = await report(image, "--at", NOW);
    expect([exit, rows.map(({ answer }) => answer), level, unverified]).toEqual([0, ["yes", "yes"], 2, []]);
  });

  test("they are no by the root of another Sigstore, and the reason is named", async () => {
    const { image } = await keyless();
    const { trustedRoot } = await fakeSigstore();
    writeFileSync(join(image.cwd, "trusted_root.json"), JSON.stringify(trustedRoot));
    const { exit, unverified } = await report(image);
    expect([exit, new Set(unverified.map(({ code }) => code))]).toEqual([
      1,
      new Set(["certificate-untrusted"]),
    ]);
    const { stdout } = await verify(image, "--explain", "--lang", "fr");
    expect(stdout).toContain("le certificat joint n'est d'aucune autorité de la politique");
  });

  test.each<[string, string, RegExp]>([
    ["that is no trusted root", "{}", /"trusted_root\.json": not a Sigstore trusted root/],
    [
      "whose key is cut",
      '{"certificateAuthorities":[{"certChain":{"certificates":[{"rawBytes":"AA=="}]}}]}',
      /not a Sigstore trusted root/,
    ],
    ["that is no JSON", "not JSON", /not a Sigstore trusted root/],
  ])("a root %s is an error of the policy", async (_, content, message) => {
    const { image } = await keyless();
    writeFileSync(join(image.cwd, "trusted_root.json"), content);
    const { exit, stderr } = await verify(image);
    expect([exit, stderr]).toEqual([64, expect.stringMatching(message)]);
  });

  test("evidence for which the root has no key is an error of the policy", async () => {
    const { image, sigstore, policy } = await keyless();
    const authorities = [
      { id: "fulcio", kind: "sigstore" as const, certificates: [{ pem: sigstore.pem.ca }] },
    ];
    image.policy({ ...policy, authorities });
    const { exit, stderr } = await verify(image);
    expect([exit, stderr]).toEqual([64, expect.stringContaining('"fulcio" demands evidence (tsa)')]);
  });
});
