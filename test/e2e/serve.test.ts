// The whole way of a pod: a real image on Debian's docker-registry, its real trial attested, the bundled `douane
// serve`, the fake API server, and Debian's kubectl.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateKey } from "../../src/attest/keys/generate-key.ts";
import { sha256 } from "../../src/contract/digest.ts";
import { type Started, start, until } from "../fixtures/bundled.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { douane } from "../fixtures/douane.ts";
import { container, deployment, type Manifest, podSpec, yaml } from "../fixtures/manifests.ts";
import { serverFolder } from "../fixtures/postgresql.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { nodeImageOf, PLATFORM } from "../fixtures/trial-images.ts";
import { type Cluster, startCluster } from "../kube/cluster.ts";
import { webhookConfigurations } from "../kube/webhook-configurations.ts";

const SERVER = `const server = require("node:http").createServer((request, response) => {
  console.log(request.method, request.url);
  response.statusCode = ["/", "/healthz"].includes(request.url) ? 200 : 404;
  response.end("ok");
});
server.listen(8080, () => console.log("listening"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
`;
const PROBE = { httpGet: { path: "/healthz", port: 8080 } };

const cwd = mkdtempSync(join(tmpdir(), "douane-serve-e2e-"));
const env = { HOME: cwd, PATH: process.env["PATH"] };
let registry: TestRegistry;
/** Stands before the registry, and holds requests while it is closed. */
let gate: Gate;
let cluster: Cluster;
let serve: Started;
/** Image by tag, and by tag and digest. */
let tagged = "";
let pinned = "";

/** A Deployment of the image as the team writes it. */
const portal = (image: string, changes: Manifest = {}, spec: Manifest = {}) =>
  deployment({
    name: "portal",
    namespace: "team",
    pod: podSpec({
      containers: [
        container({
          image,
          ports: [{ containerPort: 8080 }],
          env: [{ name: "LOG_LEVEL", value: "info" }],
          envFrom: undefined,
          readinessProbe: PROBE,
          livenessProbe: PROBE,
          ...changes,
        }),
      ],
      ...spec,
    }),
  });

/** The Pod that a ReplicaSet makes of a Deployment's template. */
function podOf(workload: Manifest, name: string): Manifest {
  const { template } = workload["spec"] as {
    readonly template: { readonly metadata?: object; readonly spec: object };
  };
  const ownerReferences = [
    { apiVersion: "apps/v1", kind: "ReplicaSet", name: "portal-5d4f", uid: "r", controller: true },
  ];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template.metadata, name, namespace: "team", ownerReferences },
    spec: template.spec,
  };
}

interface Gate {
  readonly host: string;
  /** Paths of all requests. */
  readonly asked: readonly string[];
  open(): void;
  close(): void;
  stop(): Promise<void>;
}

async function startGate(to: string): Promise<Gate> {
  let opened = Promise.withResolvers<void>();
  opened.resolve();
  const asked: string[] = [];
  const [hostname, port] = to.split(":");
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method, url, headers } = incoming;
    const passed = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  };
  async function held(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    asked.push(incoming.url ?? "");
    await opened.promise;
    pass(incoming, outgoing);
  }
  const server = createServer((incoming, outgoing) => void held(incoming, outgoing));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    open: () => opened.resolve(),
    close: () => void (opened = Promise.withResolvers<void>()),
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function run(...argv: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await douane(argv, { cwd, env, now: () => new Date() });
  if (exit !== 0) throw new Error(`douane ${argv.join(" ")}: ${exit}\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  [registry, cluster] = await Promise.all([startRegistry(), startCluster()]);
  const image = nodeImageOf([{ path: "app/server.js", content: SERVER }], {
    User: "1000",
    Cmd: ["node", "server.js"],
    WorkingDir: "/app",
    ExposedPorts: { "8080/tcp": {} },
  });
  gate = await startGate(registry.host);
  // skopeo blocks this process, and with it the gate.
  const source = `${registry.host}/team/portal:1.4.2`;
  tagged = `${gate.host}/team/portal:1.4.2`;
  execFileSync("skopeo", ["copy", "--quiet", "--dest-tls-verify=false", image, `docker://${source}`]);
  const raw = execFileSync("skopeo", ["inspect", "--raw", "--tls-verify=false", `docker://${source}`]);
  pinned = `${tagged}@${sha256(raw)}`;
  const pair = generateKey("p256");
  writeFileSync(join(cwd, "platform.key"), pair.secret);
  writeFileSync(join(cwd, "platform.pub"), pair.open);
  writeFileSync(join(cwd, "douane.yaml"), "trial: { settle: 0.6, grace: 2 }\n");
  writeFileSync(join(cwd, "portal.yaml"), yaml(portal(pinned)));
  await run("trial", "-f", "portal.yaml", "--output", "trial.json", "--fail-on", "refused");
  const policy = {
    platform: PLATFORM,
    attestations: {
      signers: [{ id: "platform", keys: [{ file: "platform.pub" }] }],
      builders: [{ signer: "platform", id: "https://gitlab.example/*", level: 2 }],
      applications: [
        { source: "https://gitlab.example/team/portal", repositories: [`${gate.host}/team/portal`] },
      ],
      statements: { trial: { signers: ["platform"] } },
      rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } },
    },
    admission: { exemptNamespaces: ["douane"], pinTags: true, registries: [gate.host, registry.host] },
  };
  writeFileSync(join(cwd, "policy.yaml"), JSON.stringify(policy));
  const { webhook, ca } = cluster.server.certificates;
  writeFileSync(join(cwd, "tls.crt"), webhook.cert);
  writeFileSync(join(cwd, "tls.key"), webhook.key);
  cluster.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } });
  serve = await startServer(ca);
});

/** Starts `douane serve`, and has the API server ask it. */
async function startServer(ca: string, ...more: readonly string[]): Promise<Started> {
  const flags = ["--policy", "policy.yaml", "--tls-cert", "tls.crt", "--tls-key", "tls.key"];
  const argv = ["serve", ...flags, "--listen", "127.0.0.1:0", ...more];
  const started = start(argv, cwd, { env: { HOME: cwd, XDG_CACHE_HOME: "", XDG_DATA_HOME: "" } });
  await until(started, () => started.said().includes('"listening"'));
  const [origin = ""] = /https:\/\/127\.0\.0\.1:\d+/.exec(started.said()) ?? [];
  for (const [plural, object] of Object.entries(webhookConfigurations(origin, ca, { timeoutSeconds: 3 })))
    cluster.put(plural, object);
  return started;
}

afterAll(async () => {
  serve.child.kill();
  await serve.ended;
  await Promise.all([gate.stop(), registry.stop(), cluster.stop()]);
  rmSync(cwd, { recursive: true });
});

/** Retries like a ReplicaSet's controller, until the pod is admitted. */
async function retried(pod: Manifest): Promise<void> {
  const attempt = async () => (await cluster.apply(pod)).stdout;
  await expect.poll(attempt, { timeout: DEADLINE_MS, interval: 500 }).toMatch(/^pod\/\S+ created\n$/);
}

test("a pod of an unknown image is refused while it is examined; what it lacks is named, and once it is there the retry is admitted", async () => {
  const first = podOf(portal(pinned), "first");
  gate.close();
  const unknown = await cluster.apply(first);
  expect(unknown).toEqual({
    code: 1,
    stdout: "",
    stderr: `Error from server (Forbidden): error when creating "STDIN": admission webhook "admission.douane.example" denied the request: douane: refused for 1 reason:
- unknown image: it is being examined. Retried automatically (by the ReplicaSet, Job…); create a bare pod again.
`,
  });
  gate.open();
  await expect
    .poll(async () => (await cluster.apply(first)).stderr, { timeout: DEADLINE_MS, interval: 500 })
    .toContain("1.2, 1.4 stdout-logs");
  await run("attest", pinned, "--trial", "trial.json", "--key", "platform.key");
  await retried(first);
  // Known now: the registry is not asked again.
  gate.close();
  expect((await cluster.apply(podOf(portal(pinned), "second"))).stdout).toBe("pod/second created\n");
  gate.open();
});

test("a pod by its tag runs the image that was judged: the tag is pinned, and moved afterwards it changes nothing", async () => {
  await retried(podOf(portal(tagged), "by-tag"));
  const { stdout } = await cluster.kubectl(
    "",
    "get",
    "pod",
    "by-tag",
    "-n",
    "team",
    "-o",
    "jsonpath={.spec.containers[0].image}",
  );
  expect(stdout).toBe(pinned);
});

test("a Deployment is warned of what its pods would be refused for, and created", async () => {
  const bad = portal(pinned, { securityContext: { privileged: true } });
  const { code, stdout, stderr } = await cluster.apply(bad);
  expect([code, stdout]).toEqual([0, "deployment.apps/portal created\n"]);
  expect(stderr).toMatch(
    /^Warning: douane: 1\.1 no-host-access .*container "portal-web|^Warning: douane: 1\.1 no-host-access/m,
  );
  const pod = await cluster.apply(podOf(bad, "privileged"));
  expect(pod.stderr).toContain("no-host-access");
  expect(pod.stderr).toContain("no-escalation");
});

test("nothing gets an unjudged image through: an image volume, an init container, a debugger", async () => {
  const other = `${registry.host}/team/other:1.0.0@sha256:${"0".repeat(64)}`;
  const volumes = [
    { name: "tmp", emptyDir: {} },
    { name: "models", image: { reference: other } },
  ];
  const withVolume = await cluster.apply(podOf(portal(pinned, {}, { volumes }), "volume"));
  expect(withVolume.stderr).toContain("denied the request");
  const initContainers = [
    container({
      name: "first",
      image: other,
      ports: undefined,
      readinessProbe: undefined,
      livenessProbe: undefined,
    }),
  ];
  const withInit = await cluster.apply(podOf(portal(pinned, {}, { initContainers }), "init"));
  expect(withInit.stderr).toContain("denied the request");
  const debug = await cluster.kubectl(
    "",
    "debug",
    "first",
    "-n",
    "team",
    "--image",
    other,
    "--container=shell",
    "--profile=general",
  );
  expect(debug.stderr).toContain("denied the request");
});

test("a resize of a running pod is judged, and a namespace that its owner relabels stays in the webhook's scope", async () => {
  const resources = { limits: { memory: "192Mi" }, requests: { memory: "192Mi" } };
  const patch = JSON.stringify({ spec: { containers: [{ name: "web", resources }] } });
  const resized = () =>
    cluster.kubectl("", "patch", "pod", "first", "-n", "team", "--subresource", "resize", "--patch", patch);
  gate.close();
  expect((await resized()).stderr).toContain("denied the request");
  gate.open();
  const labels = {
    "kubernetes.io/metadata.name": "kube-system",
    "pod-security.kubernetes.io/enforce": "privileged",
  };
  cluster.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "team", labels } });
  const bad = portal(pinned, { securityContext: { privileged: true } });
  expect((await cluster.apply(podOf(bad, "relabelled"))).stderr).toContain("no-host-access");
});

test("SIGTERM answers what is under way, and says so", async () => {
  serve.child.kill("SIGTERM");
  await until(serve, () => serve.said().includes('"stopping"'));
  const { code } = await cluster.apply(podOf(portal(pinned), "late"));
  expect(code).toBe(0);
  expect(await serve.ended).toEqual([143, null]);
  const lines = serve
    .said()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ level: "info", message: "stopped" });
  const decisions = lines.filter(({ message }) => message === "decision");
  expect(decisions.filter(({ kind }) => kind === "admitted").map(({ name }) => name)).toContain("second");
});

test("with PostgreSQL, a killed server knows its verdicts again, and its audit log is whole and can be exported", async () => {
  const folder = serverFolder();
  const { ca } = cluster.server.certificates;
  const place = ["--data-dir", join(folder, "data")];
  const killed = await startServer(ca, ...place);
  await retried(podOf(portal(pinned), "kept"));
  const second = await douane(
    ["serve", ...place, "--policy", "policy.yaml", "--tls-cert", "tls.crt", "--tls-key", "tls.key"],
    { cwd, env },
  );
  expect([second.exit, second.stderr]).toEqual([69, expect.stringContaining(`process ${killed.child.pid}`)]);
  killed.child.kill("SIGKILL");
  await killed.ended;

  gate.close();
  serve = await startServer(ca, ...place, "--audit-key", "platform.key");
  expect((await cluster.apply(podOf(portal(pinned), "again"))).stdout).toBe("pod/again created\n");
  gate.open();
  // A pod with a verdict of its own: examined by stored evidence, its image is not read again.
  const already = gate.asked.length;
  const { metadata, ...noted } = podOf(portal(pinned), "noted") as Manifest & { metadata: object };
  await retried({ ...noted, metadata: { ...metadata, annotations: { note: "other" } } });
  const asked = gate.asked.slice(already);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((path) => path.endsWith(`/manifests/${pinned.split("@")[1]}`))).toEqual([]);
  serve.child.kill("SIGTERM");
  await serve.ended;

  const lines = serve
    .said()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { head } = lines.findLast(({ message }) => message === "audit head");
  writeFileSync(join(cwd, "head.json"), JSON.stringify(head));
  const heads = ["--head", "head.json", "--public-key", "platform.pub"];
  const whole = await run("audit", "verify", ...place, ...heads);
  expect(whole).toMatch(/The log is whole: (\d+) entries[^]*up to \1/);
  const today = new Date().toISOString().slice(0, 10);
  const period = ["--from", "2026-01-01", "--to", today];
  await run("audit", "export", ...place, "--application", "team/portal", ...period, "--out", "portal.json");
  // Exit 0: no document is missing by which was judged.
  const verified = await run("audit", "verify", "portal.json", "--public-key", "platform.pub");
  expect(verified).toContain("team/portal");
  rmSync(folder, { recursive: true });
});
