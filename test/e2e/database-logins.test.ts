// Each role of a server as its own user of the database: the owner prepares the tables, and from the first request to the
// export of the audit log no process has another's rights.

import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { connect } from "../../src/server/store/database/connect.ts";
import { admissionReview } from "../fixtures/admission-review.ts";
import { startArtifactRegistry } from "../fixtures/artifact-registry.ts";
import { type Started, start, until } from "../fixtures/bundled.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { douane } from "../fixtures/douane.ts";
import { blobsOf, manifestOf } from "../fixtures/image/image.ts";
import { ROOT } from "../fixtures/imports.ts";
import { container, podSpec } from "../fixtures/manifests.ts";
import { type TestServer, testServer } from "../fixtures/postgresql.ts";
import { conformingImage, PLATFORM } from "../fixtures/trial-images.ts";
import { certificates } from "../kube/certificates.ts";
import { type Cluster, startCluster } from "../kube/cluster.ts";

const ROLES = ["admission", "examiner", "watcher", "trial", "auditor"];
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };
const folder = mkdtempSync(join(tmpdir(), "douane-logins-"));
const started: Started[] = [];
let database: TestServer;
let cluster: Cluster;
let url = "";
let ownerUrl = "";

beforeAll(async () => {
  [database, cluster] = await Promise.all([testServer(), startCluster()]);
  ({ url, ownerUrl } = await database.emptyDatabase());
});
afterAll(async () => {
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  await Promise.all([database.close(), cluster.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const urlOf = (role: string) => url.replace("user=douane", `user=login_${role}`);

async function serve(role: string, ...argv: readonly string[]): Promise<Started> {
  const own = ["serve", "--role", role, "--policy", "policy.yaml", "--database", urlOf(role)];
  const env = { HOME: folder, XDG_CACHE_HOME: join(folder, `cache-${role}`), XDG_DATA_HOME: "" };
  const one = start([...own, "--listen", "127.0.0.1:0", ...argv], folder, { env });
  started.push(one);
  await until(one, () => one.said().includes('"listening"'));
  return one;
}

/** Pushes an image, and writes keys, certificate and policy. Returns the image and the authority of the server. */
async function prepare(): Promise<{ readonly image: string; readonly ca: string }> {
  const registry = await startArtifactRegistry();
  const value = conformingImage();
  const manifest = manifestOf(value);
  registry.manifests.set(manifest.digest, manifest.bytes);
  for (const { digest, bytes } of blobsOf(value)) registry.blobs.set(digest, bytes);
  const { ca, webhook } = certificates(folder);
  const { secret, open } = generateKey("p256");
  const audit = generateKey("p256");
  const policy = {
    platform: PLATFORM,
    admission: { registries: [registry.host] },
    attestations: {
      signers: [{ id: "trials", keys: [{ pem: open }] }],
      builders: [{ signer: "trials", id: "https://gitlab.example/*", level: 2 }],
      applications: [
        { source: "https://gitlab.example/team/app", repositories: [`${registry.host}/team/app`] },
      ],
      statements: { trial: { signers: ["trials"] } },
      rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } },
    },
  };
  const files = {
    "tls.crt": webhook.cert,
    "tls.key": webhook.key,
    "trials.key": secret,
    "audit.key": audit.secret,
    "audit.pub": audit.open,
    "policy.yaml": JSON.stringify(policy),
    kubeconfig: cluster.server.kubeconfig,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { image: `${registry.host}/team/app@${manifest.digest}`, ca };
}

const podOf = (image: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "app", namespace: "team" },
  spec: podSpec({
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      container({
        image,
        ports: [{ containerPort: 8080 }],
        readinessProbe: PROBE,
        livenessProbe: PROBE,
        env: undefined,
        envFrom: undefined,
      }),
    ],
  }),
});

async function isAllowed({ said }: Started, image: string, ca: string): Promise<boolean> {
  const [origin = ""] = /https:\/\/127\.0\.0\.1:\d+/.exec(said()) ?? [];
  const headers = { "content-type": "application/json" };
  const sent = request(`${origin}/admission/validate?timeout=5s`, {
    ca,
    agent: false,
    method: "POST",
    headers,
  });
  sent.end(admissionReview(podOf(image)));
  const [response] = await once(sent, "response");
  let text = "";
  for await (const data of response) text += String(data);
  return (JSON.parse(text) as { readonly response: { readonly allowed: boolean } }).response.allowed;
}

test("a pod is examined, tried, admitted, watched and exported, each by its own user of the database", async () => {
  const { image, ca } = await prepare();
  // The owner's part.
  const migrated = await douane(["serve", "--migrate", "--database", url], { cwd: folder, env: {} });
  expect([migrated.exit, migrated.stderr]).toEqual([0, ""]);
  const owner = connect({ url: ownerUrl });
  await owner.pool.query(readFileSync(join(ROOT, "deploy", "database-roles.sql"), "utf8"));
  for (const role of ROLES) await owner.pool.query(`create role login_${role} login in role douane_${role}`);
  await owner.close();

  const admission = await serve(
    "admission",
    "--tls-cert",
    "tls.crt",
    "--tls-key",
    "tls.key",
    "--audit-key",
    "audit.key",
  );
  await serve("examiner");
  const trials = await serve("trial", "--trial-key", "trials.key");
  const watcher = await serve("watcher", "--watch", "kubeconfig");
  const allowed = () => isAllowed(admission, image, ca);
  await expect.poll(allowed, { timeout: DEADLINE_MS, interval: 500 }).toBe(true);
  expect(trials.said()).toContain('"tried"');

  // The pod runs with another image than the admitted one: the watcher writes an entry of the audit log.
  const other = `sha256:${"e".repeat(64)}`;
  cluster.put("pods", {
    ...podOf(image),
    metadata: { name: "app", namespace: "team", uid: "pod-1" },
    status: {
      phase: "Running",
      containerStatuses: [{ name: "app", image, imageID: `registry.example/x@${other}` }],
    },
  });
  await expect.poll(() => watcher.said(), { timeout: DEADLINE_MS }).toContain('"pod reported"');

  // The end of admission signs a head behind its decisions.
  admission.child.kill("SIGTERM");
  await admission.ended;
  const audit = (...argv: readonly string[]) =>
    douane(["audit", ...argv, "--database", urlOf("auditor")], { cwd: folder, env: {} });
  const verified = await audit("verify");
  expect([verified.exit, verified.stdout]).toEqual([0, expect.stringMatching(/The log is whole: [1-9]/)]);
  const day = new Date().toISOString().slice(0, 10);
  const asked = ["--application", "team", "--from", "2026-01-01", "--to", day, "--out", "team.json"];
  expect(await audit("export", ...asked)).toMatchObject({ exit: 0 });
  const offline = await douane(["audit", "verify", "team.json", "--public-key", "audit.pub"], {
    cwd: folder,
    env: {},
  });
  expect(offline.exit).toBe(0);
  for (const one of started) expect(one.said()).not.toContain("permission denied");
});
