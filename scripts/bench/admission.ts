// Processor time of admission: node scripts/bench/admission.ts [reviews]. The core with its JSON, then the same over
// TLS connections that are kept, the load generator in a process of its own and not counted. Beside each, in turn with
// it, a bare prototype, which parses the body, looks one image up and answers: on a busy machine, the ratio counts.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAdmissionReview, verifyStrict } from "../../src/server/admission/admission-request.ts";
import { ReplicaRequests } from "../../src/server/admission/replica-requests.ts";
import { review } from "../../src/server/admission/review.ts";
import type { Subject } from "../../src/server/admission/subject.ts";
import { Examiner } from "../../src/server/examine/examiner.ts";
import { MemoryExaminations } from "../../src/server/examine/memory-examinations.ts";
import { MemoryStore } from "../../src/server/examine/memory-store.ts";
import { type ServerCertificate, serverCertificate } from "../../src/server/http/certificate.ts";
import { listen, originOf, startHttps } from "../../src/server/http/https-server.ts";
import { face } from "../../src/server/http/routes.ts";
import type { VerdictKey } from "../../src/server/ports.ts";
import { storedVerdict } from "../../test/fixtures/admission-request.ts";
import { admissionBody, DIGEST } from "./admission-body.ts";

const COUNT = Number(process.argv[2] ?? 10_000);
const now = () => Date.now();

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

/** Answer of the bare prototype. */
function bareAnswer(bytes: Buffer): string {
  const { request } = JSON.parse(String(bytes)) as Bare;
  const [{ image = "" } = {}] = request.object.spec.containers;
  const response = { uid: request.uid, allowed: ADMITTED.has(image.slice(-DIGEST.length)) };
  return JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response });
}

interface Bare {
  readonly request: {
    readonly uid: string;
    readonly object: { readonly spec: { readonly containers: readonly { readonly image?: string }[] } };
  };
}
const ADMITTED = new Set<string>([DIGEST]);

/** CPU seconds for 10,000 reviews, of the rounds in the middle; the first two warm up. */
async function core(answer: (bytes: Buffer) => Promise<string>, all: readonly Buffer[]): Promise<Pair> {
  const pairs: Pair[] = [];
  for (let round = 0; round < ROUNDS + 2; round++) {
    const bare = await cpuOf(all.length, async () => all.forEach(bareAnswer));
    const own = await cpuOf(all.length, async () => {
      for (const bytes of all) await answer(bytes);
    });
    pairs.push({ bare, own });
  }
  return medianOf(pairs.slice(2));
}

function answers(isAdmitted: boolean): (bytes: Buffer) => Promise<string> {
  const decide = decider(isAdmitted);
  const requests = new ReplicaRequests(readAdmissionReview);
  return async (bytes) =>
    JSON.stringify(
      await decide({
        request: requests.read(bytes),
        until: now() + 9_000,
        verify: () => verifyStrict(bytes),
      }),
    );
}

const ROUNDS = 5;

/** CPU seconds for 10,000 reviews: of the bare prototype, and of douane. */
interface Pair {
  readonly bare: number;
  readonly own: number;
}

async function cpuOf(reviews: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1e6 / reviews) * 10_000;
}

/** The pair with the ratio in the middle. */
function medianOf<T extends Pair>(pairs: readonly T[]): T {
  const sorted = pairs.toSorted((a, b) => a.own / a.bare - b.own / b.bare);
  return sorted[Math.floor(sorted.length / 2)] as T;
}

function shown({ bare, own }: Pair): string {
  return `${own.toFixed(2)}, bare ${bare.toFixed(2)}, ratio ${(own / bare).toFixed(2)}`;
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

/** Rate and latency of a load generator. */
interface Load {
  readonly perSecond: number;
  readonly p99: number;
}

async function overTls(clients: number, all: readonly Buffer[]): Promise<Pair & Load> {
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
  writeFileSync(file, all.map(String).join("\n"));
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
  const bare = await startBare(certificate);
  const generate = (origin: string) =>
    new Promise<Load>((resolve, reject) => {
      const url = `${origin}/admission/validate?timeout=10s`;
      const argv = ["-e", GENERATOR, url, join(folder, "c.pem"), file, String(clients)];
      const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
      let said = "";
      child.stdout.on("data", (data) => (said += data));
      child.on("close", (code) =>
        code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`generator: ${code}`)),
      );
    });
  const rounds: (Pair & Load)[] = [];
  for (let round = 0; round < ROUNDS + 1; round++) {
    let load: Load = { perSecond: 0, p99: 0 };
    const ofBare = await cpuOf(all.length, async () => void (await generate(bare.origin)));
    const own = await cpuOf(all.length, async () => void (load = await generate(server.origin)));
    rounds.push({ bare: ofBare, own, ...load });
  }
  bare.close();
  await server.close(1_000);
  rmSync(folder, { recursive: true });
  return medianOf(rounds.slice(1));
}

async function startBare({ cert, key }: ServerCertificate) {
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = bareAnswer(Buffer.concat(chunks));
      const head = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      response.writeHead(200, head).end(text);
    });
  });
  await listen(server, "127.0.0.1", 0);
  return { origin: originOf("https", server), close: () => server.close() };
}

const bodies = Array.from({ length: COUNT }, (_, index) => admissionBody(index));
process.stdout.write(`body: ${bodies[0]?.length} bytes; CPU seconds per 10,000 reviews\n`);
for (const isAdmitted of [true, false]) {
  const pair = await core(answers(isAdmitted), bodies);
  process.stdout.write(`core and JSON, ${isAdmitted ? "admitted" : "refused"}: ${shown(pair)}\n`);
}
for (const clients of [16, 64]) {
  const { perSecond, p99, ...pair } = await overTls(clients, bodies);
  process.stdout.write(
    `TLS, ${clients} connections kept: ${shown(pair)} (${perSecond}/s, p99 ${p99.toFixed(1)} ms)\n`,
  );
}
