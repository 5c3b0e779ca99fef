// `douane serve` as a command: what it needs, what it says, and its certificate.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serverCertificate } from "../../src/server/http/certificate.ts";
import { startHttps } from "../../src/server/http/https-server.ts";
import { admissionReview } from "../fixtures/admission-review.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { douane } from "../fixtures/douane.ts";
import { pod } from "../fixtures/manifests.ts";
import { testServer } from "../fixtures/postgresql.ts";
import { startServe } from "../fixtures/running-server.ts";
import { resourceOf } from "./admission.ts";
import { type Cluster, startCluster } from "./cluster.ts";

let cluster: Cluster;
let cwd = "";
const TLS = ["--tls-cert", "webhook.pem", "--tls-key", "webhook.key"];
const now = () => new Date();

beforeAll(async () => {
  cluster = await startCluster();
  cwd = cluster.folder;
  const policy = {
    admission: {
      exemptNamespaces: ["douane"],
      observe: [
        { until: "2020-01-01", reason: "first" },
        { namespace: "shop", workloads: ["Deployment/web"], until: "2999-01-01", reason: "they ran before" },
      ],
      movingTags: [{ container: "proxy", repository: "registry.example/mesh/proxy", reason: "mesh" }],
    },
  };
  writeFileSync(join(cwd, "policy.yaml"), JSON.stringify(policy));
  writeFileSync(join(cwd, "bad.yaml"), JSON.stringify({ admission: { exemptNamespace: ["douane"] } }));
  const config = JSON.parse(cluster.server.kubeconfig) as { users: { user: object }[] };
  const users = config.users.map((one) => ({ ...one, user: { exec: { command: "aws" } } }));
  writeFileSync(join(cwd, "exec.kubeconfig"), JSON.stringify({ ...config, users }));
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=x"];
  const openssl = (...argv: readonly string[]) =>
    execFileSync("openssl", ["req", "-x509", ...key, ...argv], { cwd, stdio: "pipe" });
  openssl("-keyout", "nameless.key", "-out", "nameless.pem", "-days", "2");
  const san = ["-addext", "subjectAltName=DNS:douane.douane.svc"];
  openssl(
    "-keyout",
    "old.key",
    "-out",
    "old.pem",
    "-not_before",
    "20200101000000Z",
    "-not_after",
    "20200201000000Z",
    ...san,
  );
});
afterAll(() => cluster.stop());

describe("is refused before a port is opened", () => {
  test.each<[string, readonly string[], string]>([
    ["without a certificate", [], "give --tls-cert and --tls-key, or let the server make"],
    ["with a certificate alone", ["--tls-cert", "webhook.pem"], "give --tls-cert and --tls-key"],
    ["with two origins of its certificate", [...TLS, "--tls-dir", "tls"], "give only one of the three"],
    ["with a name for files", [...TLS, "--tls-name", "a.example"], "Issue it with these names"],
    ["with a name that is none", ["--tls-dir", "tls", "--tls-name", "a b"], "write a DNS name or an IP"],
    ["with a folder that cannot be", ["--tls-dir", "webhook.pem/tls"], "cannot be kept there"],
    [
      "with a key for a certificate",
      ["--tls-cert", "webhook.key", "--tls-key", "webhook.key"],
      "not a certificate in PEM",
    ],
    [
      "with a certificate for a key",
      ["--tls-cert", "webhook.pem", "--tls-key", "webhook.pem"],
      "not a private key in PEM",
    ],
    [
      "with the key of another",
      ["--tls-cert", "webhook.pem", "--tls-key", "server.key"],
      "not that of the certificate",
    ],
    [
      "with a certificate without a name",
      ["--tls-cert", "nameless.pem", "--tls-key", "nameless.key"],
      "has no name (subjectAltName)",
    ],
    [
      "with a certificate of the past",
      ["--tls-cert", "old.pem", "--tls-key", "old.key"],
      "expired on 2020-02-01",
    ],
    ["with a file that is not there", ["--tls-cert", "x.pem", "--tls-key", "x.key"], "cannot be read"],
    [
      "with a policy whose key is misspelt",
      [...TLS, "--policy", "bad.yaml"],
      "Did you mean exemptNamespaces?",
    ],
    [
      "with a key for an audit log that is nowhere",
      [...TLS, "--audit-key", "x"],
      "also give --database or --data-dir",
    ],
    [
      "with two places for the store",
      [...TLS, "--database", "postgres:///x", "--data-dir", "y", "--check-config"],
      "are two places",
    ],
    ["with a cluster to watch that it is not in", [...TLS, "--watch", "in-cluster"], "not in a pod"],
    [
      "with a kubeconfig that runs a program",
      [...TLS, "--watch", "exec.kubeconfig"],
      '"exec.kubeconfig" uses "exec"',
    ],
    [
      "with a kubeconfig without a context",
      [...TLS, "--watch", "policy.yaml"],
      '"current-context" is missing',
    ],
    ["with a port that is none", [...TLS, "--listen", "0.0.0.0"], "write a port from 0 to 65535"],
    ["with a port beyond the last", [...TLS, "--listen", "65536"], "write a port from 0 to 65535"],
  ])("%s", async (_, argv, message) => {
    const ended = await douane(["serve", ...argv], { cwd, now });
    expect(ended).toMatchObject({
      exit: argv.includes("webhook.pem/tls") ? 69 : 64,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });
});

test("--check-config says what it would do, and what it would never admit", async () => {
  const ended = await douane(["serve", ...TLS, "--policy", "policy.yaml", "--check-config"], { cwd, now });
  expect([ended.exit, ended.stderr]).toEqual([0, ""]);
  expect(ended.stdout.split("\n")).toEqual([
    expect.stringMatching(/^certificate: IP Address:127\.0\.0\.1, until \d{4}-\d{2}-\d{2} \(1 d\)$/),
    "exempt namespaces: kube-system, douane",
    'observed, not refused: the whole cluster, until 2020-01-01 (ended): "first"',
    expect.stringMatching(
      /^observed, not refused: shop \(Deployment\/web\), until 2999-01-01 \(\d+ d left\): "they ran before"$/,
    ),
    expect.stringMatching(/^registries: all, except at a private address/),
    "tags: refused, except proxy (registry.example/mesh/proxy)",
    expect.stringContaining("verdicts: in memory, lost at a restart"),
    expect.stringContaining("warning: the policy names no signer of trials"),
    expect.stringContaining("warning: no vulnerability data"),
    "",
  ]);
  const durable = await douane(
    ["serve", ...TLS, "--policy", "policy.yaml", "--check-config", "--data-dir", "data"],
    { cwd, now },
  );
  expect(durable.stdout).toContain("verdicts and decisions: in PostgreSQL");
});

/** Status and text of a path, with the serial number of the certificate that was shown. */
async function get(origin: string, path: string): Promise<[status: number, text: string, serial: string]> {
  const { promise, resolve, reject } = Promise.withResolvers<[number, string, string]>();
  const sent = request(
    `${origin}${path}`,
    { ca: cluster.server.certificates.ca, agent: false },
    (response) => {
      const serial = (response.socket as TLSSocket).getPeerCertificate().serialNumber;
      let said = "";
      response
        .on("data", (data) => (said += data))
        .on("end", () => resolve([response.statusCode ?? 0, said, serial]));
    },
  );
  sent.on("error", reject).end();
  return promise;
}

/** Body of the answer to a review. */
async function post(url: string, body: Uint8Array): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { "content-type": "application/json" };
  const options = { ca: cluster.server.certificates.ca, agent: false, method: "POST", headers };
  const sent = request(url, options, (response) => {
    let text = "";
    response.on("data", (data) => (text += data)).on("end", () => resolve(text));
  });
  sent.on("error", reject).end(body);
  return promise;
}

test("listens, is ready, and ends when it is told to, every line of its log JSON", async () => {
  const serve = await startServe([...TLS, "--policy", "policy.yaml"], cwd);
  expect((await get(serve.origin, "/readyz")).slice(0, 2)).toEqual([
    200,
    "ok\ncertificate: 1 days\nobserving: 1 of the policy's entries, the last until 2999-01-01\nvulnerability data: none\n",
  ]);
  expect((await get(serve.origin, "/livez")).slice(0, 2)).toEqual([200, "ok\n"]);
  // The process's own exit code is that of the signal (test/e2e/serve.test.ts).
  expect((await serve.stop()).stderr).toBe("");
  await expect(get(serve.origin, "/livez")).rejects.toThrow("ECONNREFUSED");
  const messages = serve.log().map(({ message }) => message);
  expect(
    messages.filter((message) => ["listening", "stopping", "stopped"].includes(String(message))),
  ).toEqual(["listening", "stopping", "stopped"]);
});

test("watches the pods of a kubeconfig's cluster, and lets the next watcher begin when it ends", async () => {
  const checked = await douane(["serve", ...TLS, "--watch", "kubeconfig", "--check-config"], { cwd, now });
  expect(checked.stdout).toContain(`watched pods: those of ${cluster.server.url}`);
  const serve = await startServe([...TLS, "--policy", "policy.yaml", "--watch", "kubeconfig"], cwd);
  const messages = () => serve.log().map(({ message }) => message);
  await expect.poll(messages, { timeout: DEADLINE_MS }).toContain("watching pods");
  const lease = () => cluster.server.storage.get(resourceOf("leases"), "default", "douane-watcher")?.["spec"];
  expect(lease()).toMatchObject({ holderIdentity: expect.stringMatching(/./) });
  await serve.stop();
  expect(messages()).toContain("no longer watching pods");
  expect(lease()).toMatchObject({ holderIdentity: "" });
});

test("processes of three roles share a database: each does its own, and says no more than that", async () => {
  const database = await testServer();
  const { url } = await database.emptyDatabase();
  const own = ["--policy", "policy.yaml", "--database", url, "--metrics-listen", "127.0.0.1:0"];
  const watch = ["--watch", "kubeconfig"];
  const [admission, examiner, watcher] = await Promise.all([
    startServe(["--role", "admission", ...TLS, ...own, ...watch], cwd),
    startServe(["--role", "examiner", ...own], cwd),
    startServe(["--role", "watcher", ...own, ...watch], cwd),
  ]);
  type Process = typeof admission;
  const said = ({ log }: Process) => log().map(({ message }) => String(message));
  const metricsOf = async (one: Process) => {
    const { metrics } = one.log().find(({ message }) => message === "listening") ?? {};
    return (await fetch(`${String(metrics)}/metrics`)).text();
  };
  expect([new URL(admission.origin).protocol, new URL(examiner.origin).protocol]).toEqual([
    "https:",
    "http:",
  ]);
  for (const { origin } of [examiner, watcher]) {
    expect(await (await fetch(`${origin}/readyz`)).text()).toBe("ok\n");
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
    expect((await fetch(`${origin}/admission/validate`, { method: "POST", body: "{}" })).status).toBe(404);
  }
  await expect.poll(() => said(watcher), { timeout: DEADLINE_MS }).toContain("watching pods");
  expect([said(admission), said(examiner)].flat()).not.toContain("watching pods");

  // Nothing listens at its registry, so that its examination ends at once, with a problem.
  const review = admissionReview(pod({ name: "web" }));
  const answer = () => post(`${admission.origin}/admission/validate?timeout=1s`, review);
  await expect.poll(answer, { timeout: DEADLINE_MS }).toMatch(/"reason":"image-unreadable"|could not be/);
  await expect.poll(() => said(examiner), { timeout: DEADLINE_MS }).toContain("examined");
  expect(said(admission)).not.toContain("examined");

  const [ofAdmission, ofExaminer] = [await metricsOf(admission), await metricsOf(examiner)];
  for (const text of [ofAdmission, ofExaminer, await metricsOf(watcher)]) {
    expect(text).toMatch(/^douane_store_ready 1$/m);
    expect(text).toMatch(/^douane_examinations\{state="waiting"\} \d+$/m);
    expect(text).toMatch(/^douane_examinations_oldest_seconds [\d.]+$/m);
  }
  expect(ofAdmission).toContain("douane_decisions_total");
  expect(ofExaminer).not.toMatch(/douane_(?:decisions|certificate|admission)/);
  await Promise.all([admission, examiner, watcher].map((one) => one.stop()));
  await database.close();
});

test("a renewed certificate is that of the connections from then on", async () => {
  const { webhook, server } = cluster.server.certificates;
  const read = (pair: typeof webhook) =>
    serverCertificate({ ...pair, certFile: "tls.crt", keyFile: "tls.key" });
  const https = await startHttps(async (_, response) => void response.end("ok"), read(webhook), {
    host: "127.0.0.1",
    port: 0,
  });
  const [, , first] = await get(https.origin, "/");
  https.use(read(server));
  const [, , second] = await get(https.origin, "/");
  expect(second).not.toBe(first);
  const taken = Number(new URL(https.origin).port);
  const again = startHttps(async () => {}, read(webhook), { host: "127.0.0.1", port: taken });
  await expect(again).rejects.toMatchObject({ code: "server-port" });
  await https.close(1_000);
});
