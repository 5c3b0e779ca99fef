// Processor time of admission: node scripts/bench/admission.ts [reviews]. The core with its JSON, then the same over
// TLS connections that are kept, the load generator in a process of its own and not counted.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAdmissionReview, verifyStrict } from "../../src/server/admission/admission-request.ts";
import { review } from "../../src/server/admission/review.ts";
import type { Subject } from "../../src/server/admission/subject.ts";
import { Examiner } from "../../src/server/examine/examiner.ts";
import { MemoryExaminations } from "../../src/server/examine/memory-examinations.ts";
import { MemoryStore } from "../../src/server/examine/memory-store.ts";
import { serverCertificate } from "../../src/server/http/certificate.ts";
import { startHttps } from "../../src/server/http/https-server.ts";
import { face } from "../../src/server/http/routes.ts";
import type { VerdictKey } from "../../src/server/ports.ts";
import { storedVerdict } from "../../test/fixtures/admission-request.ts";

const COUNT = Number(process.argv[2] ?? 10_000);
const now = () => Date.now();
const DIGEST = `sha256:${"a".repeat(64)}` as const;

/** Body of about 3.3 kB: a pod of a ReplicaSet, as an API server sends it. */
function body(index: number): Buffer {
  const labels = { app: "web", "pod-template-hash": "5d4f8c7b9" };
  const probe = {
    httpGet: { path: "/healthz", port: 8080, scheme: "HTTP" },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const name = `web-5d4f8c7b9-${index.toString(36).padStart(5, "0")}`;
  const token = `kube-api-access-${index.toString(36).padStart(5, "0")}`;
  const object = {
    kind: "Pod",
    apiVersion: "v1",
    metadata: {
      name,
      generateName: "web-5d4f8c7b9-",
      namespace: "team",
      uid: `88df1e66-afe8-4320-9fde-${index.toString(16).padStart(12, "0")}`,
      generation: 1,
      creationTimestamp: "2026-11-24T13:50:49Z",
      labels,
      ownerReferences: [
        {
          apiVersion: "apps/v1",
          kind: "ReplicaSet",
          name: "web-5d4f8c7b9",
          uid: "9677bb46-a796-4193-8586-e36a25f7b4ff",
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      volumes: [
        { name: "tmp", emptyDir: {} },
        {
          name: token,
          projected: {
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
              { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
              {
                downwardAPI: {
                  items: [
                    { path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } },
                  ],
                },
              },
            ],
            defaultMode: 420,
          },
        },
      ],
      containers: [
        {
          name: "web",
          image: `registry.example/team/web:1.4.2@${DIGEST}`,
          ports: [{ containerPort: 8080, protocol: "TCP" }],
          env: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "db", key: "uri" } } },
          ],
          resources: { limits: { cpu: "1", memory: "512Mi" }, requests: { cpu: "100m", memory: "256Mi" } },
          volumeMounts: [
            { name: "tmp", mountPath: "/tmp" },
            { name: token, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
          ],
          livenessProbe: probe,
          readinessProbe: probe,
          terminationMessagePath: "/dev/termination-log",
          terminationMessagePolicy: "File",
          imagePullPolicy: "IfNotPresent",
          securityContext: {
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
          },
        },
      ],
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      serviceAccountName: "default",
      serviceAccount: "default",
      securityContext: { runAsUser: 1000, runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      schedulerName: "default-scheduler",
      tolerations: [
        {
          key: "node.kubernetes.io/not-ready",
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 300,
        },
        {
          key: "node.kubernetes.io/unreachable",
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 300,
        },
      ],
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: "PreemptLowerPriority",
    },
    status: { phase: "Pending", qosClass: "Burstable" },
  };
  const kind = { group: "", version: "v1", kind: "Pod" };
  const resource = { group: "", version: "v1", resource: "pods" };
  const request = {
    uid: `5d9a0fbf-55f8-4ef0-8559-${index.toString(16).padStart(12, "0")}`,
    kind,
    resource,
    requestKind: kind,
    requestResource: resource,
    name,
    namespace: "team",
    operation: "CREATE",
    userInfo: {
      username: "system:serviceaccount:kube-system:replicaset-controller",
      groups: ["system:serviceaccounts", "system:authenticated"],
    },
    object,
    oldObject: null,
    dryRun: false,
    options: { kind: "CreateOptions", apiVersion: "meta.k8s.io/v1" },
  };
  return Buffer.from(JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1", request }));
}

/** An examiner that knows every subject, admitted or refused. */
function decider(isAdmitted: boolean) {
  const finding = {
    rule: "1.1-seccomp",
    message: { fr: "non", en: "no" },
    remedy: { fr: "x", en: "x" },
    presumed: false,
    fingerprint: "f",
  };
  const stored = storedVerdict(isAdmitted ? {} : { seccomp: { answer: "no", findings: [finding] } });
  const store = new MemoryStore(() => {});
  const onError = () => {};
  const judge = async (_: Subject, key: VerdictKey) => ({
    stored: { ...stored, key, judgedAt: new Date(now()).toISOString() },
    problems: [],
  });
  const examiner = new Examiner({
    store,
    now,
    keyOf: ({ digest }) => ({ subject: digest, policy: DIGEST, rules: DIGEST }),
    examinations: new MemoryExaminations({ store, examine: judge, now, onError }),
    judgeManifest: judge,
    onError,
  });
  const ports = {
    verdictOf: examiner.verdictOf.bind(examiner),
    digestOf: async () => undefined,
    releases: async () => [],
    record: async () => {},
    now,
  };
  const settings = {
    admission: {},
    bound: new Set<string>(),
    exempt: new Set<string>(),
    lang: "en" as const,
    rowsOf: () => ({ enforced: false, warned: new Map() }),
  };
  return (asked: Parameters<typeof review>[0]) => review(asked, settings, ports);
}

const NO_CHECKS = { check: async () => [403, {}] as const };
const NO_RELEASES = { make: async () => [403, {}] as const, list: async () => [403, {}] as const };

async function core(isAdmitted: boolean, bodies: readonly Buffer[]): Promise<number> {
  const decide = decider(isAdmitted);
  const one = async (bytes: Buffer) =>
    JSON.stringify(
      await decide({
        request: readAdmissionReview(bytes),
        until: now() + 9_000,
        verify: () => verifyStrict(bytes),
      }),
    );
  for (const bytes of bodies.slice(0, 2_000)) await one(bytes);
  const before = process.cpuUsage();
  for (const bytes of bodies) await one(bytes);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1e6 / bodies.length) * 10_000;
}

/** Sends every body over this many connections that are kept; in a process of its own. */
const GENERATOR = `
const { Agent, request } = require("node:https");
const [url, ca, file, clients] = process.argv.slice(1);
const { readFileSync } = require("node:fs");
const bodies = readFileSync(file, "utf8").split("\\n");
const agent = new Agent({ keepAlive: true, ca: readFileSync(ca), maxSockets: Number(clients) });
let next = 0;
const times = [];
function send() {
  const body = bodies[next++];
  if (body === undefined) return Promise.resolve();
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers: { "content-type": "application/json" } }, (answer) => answer.resume().on("end", () => { times.push(performance.now() - begun); resolve(); }));
    sent.on("error", reject).end(body);
  }).then(send);
}
const begun = performance.now();
Promise.all(Array.from({ length: Number(clients) }, send)).then(() => {
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({ perSecond: Math.round(times.length / (performance.now() - begun) * 1000), p99: times[Math.floor(times.length * 0.99)] }));
  process.exit(0);
});
`;

async function overTls(
  clients: number,
  bodies: readonly Buffer[],
): Promise<{ cpu: number; perSecond: number; p99: number }> {
  const folder = mkdtempSync(join(tmpdir(), "douane-bench-"));
  const openssl = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=bench",
    "-addext",
    "subjectAltName=IP:127.0.0.1",
    "-keyout",
    "k.pem",
    "-out",
    "c.pem",
  ];
  execFileSync("openssl", openssl, { cwd: folder, stdio: "ignore" });
  const file = join(folder, "bodies");
  writeFileSync(file, bodies.map(String).join("\n"));
  const certificate = serverCertificate({
    cert: readFileSync(join(folder, "c.pem"), "utf8"),
    certFile: "c",
    key: readFileSync(join(folder, "k.pem"), "utf8"),
    keyFile: "k",
  });
  const decide = decider(true);
  const server = await startHttps(
    face(
      { validate: decide, mutate: decide, unready: async () => [], releases: NO_RELEASES, checks: NO_CHECKS },
      { now, log: () => {}, isDraining: () => false },
    ),
    certificate,
    { host: "127.0.0.1", port: 0 },
  );
  const generate = () =>
    new Promise<{ perSecond: number; p99: number }>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [
          "-e",
          GENERATOR,
          `${server.origin}/admission/validate?timeout=10s`,
          join(folder, "c.pem"),
          file,
          String(clients),
        ],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let said = "";
      child.stdout.on("data", (data) => (said += data));
      child.on("close", (code) =>
        code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`generator: ${code}`)),
      );
    });
  await generate();
  const before = process.cpuUsage();
  const seen = await generate();
  const { user, system } = process.cpuUsage(before);
  await server.close(1_000);
  rmSync(folder, { recursive: true });
  return { cpu: ((user + system) / 1e6 / bodies.length) * 10_000, ...seen };
}

const bodies = Array.from({ length: COUNT }, (_, index) => body(index));
process.stdout.write(`body: ${bodies[0]?.length} bytes; CPU seconds per 10,000 reviews\n`);
process.stdout.write(
  `core and JSON, admitted: ${(await core(true, bodies)).toFixed(2)}, refused: ${(await core(false, bodies)).toFixed(2)}\n`,
);
for (const clients of [16, 64]) {
  const { cpu, perSecond, p99 } = await overTls(clients, bodies);
  process.stdout.write(
    `TLS, ${clients} connections kept: ${cpu.toFixed(2)} (${perSecond}/s, p99 ${p99.toFixed(1)} ms)\n`,
  );
}
