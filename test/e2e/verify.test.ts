// Verification with the real programs: Debian's docker-registry and cosign 2.5, bandit's own report, a notary of this
// machine, and the bundled program in a network namespace that holds nothing but the registry. No DAST tool can be
// installed here: its report is a fixture of ZAP's format.

import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { sha256 } from "../../src/contract/digest.ts";
import { PROVENANCE, provenance, SOURCE, scan } from "../fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../fixtures/attested-image.ts";
import { type Cosign, cosign } from "../fixtures/cosign.ts";
import { douane } from "../fixtures/douane.ts";
import { gitlabClaims } from "../fixtures/fake-issuer.ts";
import { fakeSigstore } from "../fixtures/fake-sigstore.ts";
import { emptyImage, withConfig } from "../fixtures/image/image.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { ROOT } from "../fixtures/imports.ts";
import { type IssuerServer, startIssuer } from "../fixtures/issuer-server.ts";
import { keylessPolicy, statementOf } from "../fixtures/keyless.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { startNotary } from "../fixtures/running-notary.ts";

const RESULT = "https://in-toto.io/attestation/test-result/v0.1";
const AUDIENCE = "https://notary.example";
const PAIR = generateKey("p256");
const cwd = mkdtempSync(join(tmpdir(), "douane-verify-e2e-"));
const now = () => new Date();
let registry: TestRegistry;
let gitlab: IssuerServer;
let tool: Cosign;
let pushed = 0;

const write = (name: string, value: unknown) =>
  writeFileSync(join(cwd, name), typeof value === "string" ? value : JSON.stringify(value));

beforeAll(async () => {
  [registry, gitlab] = await Promise.all([startRegistry(), startIssuer(() => ({}))]);
  tool = cosign();
  write("platform.key", PAIR.secret);
  write("platform.pub", PAIR.open);
  const image = (platform: string) => withConfig(emptyImage(platform), { User: "1000" });
  writeLayout(image("linux/amd64"), join(cwd, "one"));
  writeLayout([image("linux/amd64"), image("linux/arm64")], join(cwd, "several"));
});
afterAll(async () => {
  tool.close();
  await Promise.all([registry.stop(), gitlab.close()]);
  rmSync(cwd, { recursive: true });
});

/** Pushes an image to a repository of its own, and gives its name by digest. */
function push(layout: "one" | "several" = "one"): { readonly repository: string; readonly target: string } {
  const repository = `${registry.host}/team/portal${++pushed}`;
  const flags = ["--quiet", "--all", "--dest-tls-verify=false"];
  execFileSync("skopeo", ["copy", ...flags, `oci:${join(cwd, layout)}`, `docker://${repository}:1.0.0`]);
  const inspect = ["inspect", "--raw", "--tls-verify=false", `docker://${repository}:1.0.0`];
  return { repository, target: `${repository}@${sha256(execFileSync("skopeo", inspect))}` };
}

/** Writes the platform's policy for one signer, whose key lies beside it. */
function policy(
  source: string,
  repository: string,
  builder: string,
  more: object = {},
  sections: object = {},
): void {
  const signers = ["platform"];
  write("policy.yaml", {
    platform: "linux/amd64",
    ...sections,
    attestations: {
      signers: [{ id: "platform", keys: [{ file: "platform.pub" }] }],
      builders: [{ signer: "platform", id: builder, level: 2 }],
      applications: [{ source, repositories: [repository] }],
      statements: {
        provenance: { signers },
        sast: { signers },
        injections: { signers, tools: ["bandit"] },
        dast: { signers },
      },
      ...more,
    },
  });
}

const verify = (target: string, ...argv: readonly string[]) =>
  douane(["verify", target, "--policy", "policy.yaml", ...argv], { cwd, now });

test("build, scan, push, attest by the notary, verify: rows 13 and 15 go from no to yes", async () => {
  const { repository, target } = push();
  const source = `${gitlab.url}/social/portal`;
  // One policy and one map for who signs and who judges.
  const issuers = [{ kind: "gitlab", url: gitlab.url, audience: AUDIENCE }];
  const applications = [{ source, repositories: [repository], predicates: [PROVENANCE, RESULT] }];
  policy(source, repository, `${gitlab.url}/*`, { applications: [] }, { applications, notary: { issuers } });
  expect((await verify(target)).exit).toBe(1);

  write("app.py", "import json\nprint(json.dumps({'ok': True}))\n");
  execFileSync("bandit", ["-q", "-f", "json", "-o", "bandit.json", "app.py"], { cwd, stdio: "ignore" });
  write("zap.json", zapReport());
  const notary = await startNotary(["--policy", "policy.yaml", "--key", "platform.key"], cwd);
  try {
    const token = gitlab.issuer.token(
      gitlabClaims(Date.now(), { iss: gitlab.url, aud: AUDIENCE, jti: randomUUID() }),
    );
    const attested = await douane(
      [
        "attest",
        target,
        "--via",
        notary.origin,
        "--provenance",
        "--scan",
        "bandit.json",
        "--scan",
        "zap.json,active=yes",
      ],
      { cwd, now, env: { DOUANE_ID_TOKEN: token } },
    );
    expect(attested).toMatchObject({ exit: 0, stderr: "" });
  } finally {
    await notary.stop();
  }
  const { exit, stdout } = await verify(target, "--explain");
  expect([exit, stdout]).toEqual([0, expect.stringMatching(/^✓ 13 .*: yes[\s\S]*^✓ 15 .*: yes/m)]);
  expect(stdout).toContain("signed by platform, level 2");
  const checked = await douane(
    ["check", target, "--policy", "policy.yaml", "--format", "json", "--no-cache"],
    { cwd, now },
  );
  const { verdicts } = JSON.parse(checked.stdout) as {
    verdicts: readonly { rows: readonly { id: string; answer: string }[] }[];
  };
  const rows = verdicts[0]?.rows.filter(({ id }) => id === "provenance" || id === "scans");
  expect(rows?.map(({ answer }) => answer)).toEqual(["yes", "yes"]);
});

/** Report of an active scan that found nothing grave, of now. */
function zapReport(): object {
  const instance = {
    id: "1",
    uri: "https://app.example/a",
    method: "GET",
    param: "",
    attack: "",
    evidence: "",
  };
  const alert = {
    pluginid: "40018",
    riskcode: "0",
    confidence: "2",
    cweid: "16",
    instances: [instance],
    count: "1",
  };
  const insight = (key: string, statistic: string) => ({
    level: "Info",
    site: "https://app.example",
    key: `insight.${key}`,
    statistic,
  });
  return {
    "@programName": "ZAP",
    "@version": "2.17.0",
    "@generated": "Fri, 2 Jan 2026 03:04:05",
    created: new Date().toISOString(),
    insights: [insight("endpoint.total", "29"), insight("code.2xx", "84")],
    site: [
      {
        "@name": "https://app.example",
        "@host": "app.example",
        "@port": "443",
        "@ssl": "true",
        alerts: [alert],
      },
    ],
  };
}

/** Attests a whole chain with the platform's key. */
async function whole(target: string, ...more: readonly string[]): Promise<void> {
  const finishedOn = new Date().toISOString();
  write("provenance.json", provenance({ startedOn: finishedOn }));
  write("sast.json", scan("sast", { finishedOn }));
  write("dast.json", scan("dast", { finishedOn }));
  for (const [file, type] of [
    ["provenance.json", PROVENANCE],
    ["sast.json", RESULT],
    ["dast.json", RESULT],
  ]) {
    const argv = [
      "attest",
      target,
      "--key",
      "platform.key",
      "--predicate",
      file ?? "",
      "--type",
      type ?? "",
      ...more,
    ];
    expect(await douane(argv, { cwd, now })).toMatchObject({ exit: 0 });
  }
}

describe("every layout counts, and their union does", () => {
  test.each(["bundle", "tag", "both"])("%s", async (layout) => {
    const { repository, target } = push();
    policy(SOURCE, repository, "https://gitlab.example/*");
    await whole(target, "--layout", layout);
    expect((await verify(target)).exit).toBe(0);
  });

  test("an index's attestations count for each of its platforms, also by tag", async () => {
    const { repository, target } = push("several");
    policy(SOURCE, repository, "https://gitlab.example/*");
    await whole(target);
    expect((await verify(target)).exit).toBe(0);
    expect((await verify(`${repository}:1.0.0`)).exit).toBe(0);
  });

  test("provenance by cosign beside scans by douane", async () => {
    const { repository, target } = push();
    policy(SOURCE, repository, "https://gitlab.example/*");
    await whole(target, "--layout", "bundle");
    const other = push();
    tool.run("generate-key-pair", "--output-key-prefix", "theirs");
    const theirs = readFileSync(join(tool.folder, "theirs.pub"), "utf8");
    policy(SOURCE, other.repository, "https://gitlab.example/*", {
      signers: [{ id: "platform", keys: [{ file: "platform.pub" }, { pem: theirs }] }],
    });
    const attest = ["attest", "--yes", "--tlog-upload=false", "--key", "theirs.key"];
    tool.run(...attest, "--type", PROVENANCE, "--predicate", join(cwd, "provenance.json"), other.target);
    tool.run(
      ...attest,
      "--new-bundle-format",
      "--type",
      RESULT,
      "--predicate",
      join(cwd, "sast.json"),
      other.target,
    );
    expect((await verify(other.target)).exit).toBe(1);
    const argv = [
      "attest",
      other.target,
      "--key",
      "platform.key",
      "--predicate",
      "dast.json",
      "--type",
      RESULT,
    ];
    await douane(argv, { cwd, now });
    expect((await verify(other.target)).exit).toBe(0);
  });
});

/** Answers a request as the registry does. */
async function forward({ url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await fetch(`http://${registry.host}${url}`, {
    headers: { accept: headers.accept ?? "*/*" },
  });
  const digest = answer.headers.get("docker-content-digest");
  const type = answer.headers.get("content-type") ?? "application/json";
  response.writeHead(answer.status, {
    "content-type": type,
    ...(digest === null ? {} : { "docker-content-digest": digest }),
  });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

test("no more requests than the manifest, its places, and two for each attestation", async () => {
  const { repository, target } = push();
  await whole(target, "--layout", "bundle");
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    void forward(request, response);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  try {
    policy(SOURCE, repository.replace(registry.host, host), "https://gitlab.example/*");
    expect((await verify(target.replace(registry.host, host))).exit).toBe(0);
  } finally {
    proxy.close();
    proxy.closeAllConnections();
  }
  // Manifest and config; referrers, index, tags, .att; manifest and content of each attestation.
  expect(seen.filter((one) => !one.startsWith("GET "))).toEqual([]);
  expect(seen.length).toBeLessThanOrEqual(6 + 2 * 3);
});

test("in a network namespace with the registry alone, the bundle verifies", async () => {
  const { repository, target } = push();
  await whole(target);
  policy(SOURCE, repository, "https://gitlab.example/*");
  const folder = dirname(registry.certificates);
  const config = JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as { http: { addr: string } };
  config.http.addr = registry.host;
  write("registry.json", config);
  const script = [
    "ip link set lo up",
    "docker-registry serve registry.json >/dev/null 2>&1 & registry=$!",
    `until curl -s -o /dev/null http://${registry.host}/v2/; do sleep 0.1; done`,
    `"$NODE" "$BIN" verify ${target} --policy policy.yaml; echo "exit $?"`,
    "kill $registry",
  ].join("\n");
  const env = { ...process.env, NODE: process.execPath, BIN: join(ROOT, "bin", "douane.cjs") };
  const child = spawn("unshare", ["--net", "--map-root-user", "bash", "-c", script], { cwd, env });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  child.stderr.on("data", (data) => (said += data));
  await once(child, "close");
  expect(said).toMatch(/✓ 13 [\s\S]*✓ 15 [\s\S]*exit 0\n$/);
});

test("an OCI layout is verified, all but its source", async () => {
  policy(SOURCE, "registry.example/team/portal", "https://gitlab.example/*");
  await whole("oci:one");
  const { exit, stdout } = await verify("oci:one");
  expect([exit, stdout]).toEqual([2, expect.stringContaining("? source: the image is not in a registry")]);
});

describe("the bundled program", () => {
  /** Exit code of a verification, and whether it loaded the code for certificates or for proxies. */
  async function run({ target, cwd: folder }: AttestedImage) {
    const child = spawn(
      process.execPath,
      [join(ROOT, "bin", "douane.cjs"), "verify", target, "--policy", "policy.yaml"],
      {
        cwd: folder,
        env: { NODE_DEBUG: "module", HOME: folder, PATH: process.env["PATH"] ?? "" },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    let said = "";
    child.stderr.on("data", (data) => (said += data));
    const [exit] = (await once(child, "close")) as [number];
    const chunks = ["verify-sigstore", "proxied-transport"];
    return { exit, loaded: chunks.filter((name) => said.includes(`/dist/chunk-${name}.cjs`)) };
  }

  test("loads nothing of Sigstore for keys, and not before a bundle has a certificate", async () => {
    const [image, sigstore] = await Promise.all([attestedImage(), fakeSigstore()]);
    const { applications: _, statements, ...keyless } = keylessPolicy(sigstore);
    await image.attach(PROVENANCE, provenance());
    expect(await run(image)).toEqual({ exit: 1, loaded: [] });
    image.policy({ ...keyless, statements });
    expect(await run(image)).toEqual({ exit: 1, loaded: [] });
    const signed = await sigstore.sign(statementOf(PROVENANCE, provenance(), image.digest));
    image.attachBundle(signed);
    expect(await run(image)).toEqual({ exit: 1, loaded: ["verify-sigstore"] });
    image.policy();
    expect(await run(image)).toEqual({ exit: 1, loaded: [] });
    const scans = { provenance: { mode: "enforce" as const }, scans: { mode: "warn" as const } };
    image.policy({ ...keyless, statements, rows: scans });
    const finishedOn = new Date().toISOString();
    image.attachBundle(await sigstore.sign(statementOf(RESULT, scan("sast", { finishedOn }), image.digest)));
    expect(await run(image)).toEqual({ exit: 0, loaded: ["verify-sigstore"] });
  });
});
