// Trials of a server: the admission refuses a pod of which only a trial can prove rows, a process of the role trial runs
// the pod in a sandbox and signs what it saw, and the retry of the pod is admitted.

import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { admissionReview } from "../fixtures/admission-review.ts";
import { startArtifactRegistry } from "../fixtures/artifact-registry.ts";
import { type Started, start, until } from "../fixtures/bundled.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { blobsOf, manifestOf } from "../fixtures/image/image.ts";
import { container, podSpec } from "../fixtures/manifests.ts";
import { type TestServer, testServer } from "../fixtures/postgresql.ts";
import { conformingImage, PLATFORM } from "../fixtures/trial-images.ts";
import { certificates } from "../kube/certificates.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-trial-role-"));
const started: Started[] = [];
let database: TestServer;
let ca = "";
let url = "";
let image = "";

beforeAll(async () => {
  database = await testServer();
  ({ url } = await database.emptyDatabase());
});

/** Pushes the image, and writes keys and a policy that names one of them. */
async function prepare(): Promise<void> {
  const registry = await startArtifactRegistry();
  const value = conformingImage();
  const manifest = manifestOf(value);
  registry.manifests.set(manifest.digest, manifest.bytes);
  for (const { digest, bytes } of blobsOf(value)) registry.blobs.set(digest, bytes);
  image = `${registry.host}/team/app@${manifest.digest}`;
  const own = certificates(folder);
  ca = own.ca;
  writeFileSync(join(folder, "tls.crt"), own.webhook.cert);
  writeFileSync(join(folder, "tls.key"), own.webhook.key);
  const { secret, open } = generateKey("p256");
  writeFileSync(join(folder, "trials.key"), secret);
  writeFileSync(join(folder, "other.key"), generateKey("p256").secret);
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
  writeFileSync(join(folder, "policy.yaml"), JSON.stringify(policy));
}

afterAll(async () => {
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(...argv: readonly string[]): Promise<Started> {
  const own = ["serve", "--policy", "policy.yaml", "--database", url, "--listen", "127.0.0.1:0", ...argv];
  const env = { HOME: folder, XDG_CACHE_HOME: join(folder, `cache-${started.length}`), XDG_DATA_HOME: "" };
  const one = start(own, folder, { env });
  started.push(one);
  await until(one, () => one.said().includes('"listening"'));
  return one;
}

const PROBE = { httpGet: { path: "/healthz", port: 8080 } };
/** Pod that nothing owns: its name is part of its subject. */
const pod = (name: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "team" },
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

interface Answer {
  readonly allowed: boolean;
  readonly status?: { readonly message: string };
}

async function review({ said }: Started, name: string): Promise<Answer> {
  const [origin = ""] = /https:\/\/127\.0\.0\.1:\d+/.exec(said()) ?? [];
  const headers = { "content-type": "application/json" };
  const sent = request(`${origin}/admission/validate?timeout=5s`, {
    ca,
    agent: false,
    method: "POST",
    headers,
  });
  sent.end(admissionReview(pod(name)));
  const [response] = await once(sent, "response");
  let text = "";
  for await (const data of response) text += String(data);
  return (JSON.parse(text) as { readonly response: Answer }).response;
}

test("a pod that only a trial can prove is refused, tried, and admitted by its retry", async () => {
  await prepare();
  const admission = await serve("--tls-cert", "tls.crt", "--tls-key", "tls.key");
  const message = async (name: string) => (await review(admission, name)).status?.message ?? "";
  // The refusal says how a trial is made, whether or not somebody makes trials here.
  await expect.poll(() => message("first"), { timeout: DEADLINE_MS }).toContain("douane trial");

  // A key that the policy does not name: its trials are made, and count nowhere.
  const other = await serve("--role", "trial", "--trial-key", "other.key");
  expect(other.said()).toContain("does not name the key of --trial-key among the signers of trials");
  await until(other, () => other.said().includes('"tried"'));
  other.child.kill("SIGTERM");
  await other.ended;
  expect(await message("first")).toContain("douane trial");

  const trials = await serve("--role", "trial", "--trial-key", "trials.key");
  expect(trials.said()).toContain("trials signed by: trials");
  const allowed = async () => (await review(admission, "second")).allowed;
  await expect.poll(allowed, { timeout: DEADLINE_MS, interval: 500 }).toBe(true);
  expect(trials.said()).toMatch(
    /"tried","subject":"sha256:[0-9a-f]{64}","images":\["sha256:[0-9a-f]{64}"\],"problems":\[\]/,
  );
  expect((await review(admission, "first")).allowed).toBe(false);
});
