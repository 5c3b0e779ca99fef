import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { reviewSettings, storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { startServer } from "../../../test/fixtures/fake-registry.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { VerdictAnswer } from "../../server/admission/ports.ts";
import { allowed } from "../../server/admission/response.ts";
import type { Subject } from "../../server/admission/subject.ts";
import { checkApi } from "../../server/check/check-api.ts";
import { face } from "../../server/http/routes.ts";
import { serverCheckSchema } from "./server-check-schema.ts";

const OBSERVE = [{ namespace: "observed", until: "2026-07-01", reason: "the first day" }];
const NOW = Date.parse("2026-06-15T12:00:00Z");
const now = () => new Date(NOW);
const IMAGE = `registry.example/web@sha256:${"a".repeat(64)}`;

/** Manifest of a Deployment, without a namespace unless it is given. */
function deployment(name: string, namespace?: string): string {
  return JSON.stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: {
      template: { spec: { containers: [{ name: "web", image: IMAGE, env: [{ name: "A", value: "b" }] }] } },
    },
  });
}

const shared = mkdtempSync(join(tmpdir(), "douane-server-check-"));
const CA = join(shared, "certificates/ca.crt");
beforeAll(() => makeCertificates(shared));
afterAll(() => rmSync(shared, { recursive: true }));

let cwd = "";
let host = "";
/** Answers of the server by the name of the object; a name without one is admitted. */
let answers: Readonly<Record<string, VerdictAnswer>> = {};
let subjects: Subject[] = [];
/** Answers in the place of the server, the first for the next request; absent: its own. */
let instead: ((request: IncomingMessage, response: ServerResponse) => void)[] = [];
let requests = 0;

beforeEach(async () => {
  cwd = temporaryDirectory();
  writeFileSync(join(cwd, "token"), "a\n");
  writeFileSync(join(cwd, "other"), "b\n");
  [answers, subjects, instead, requests] = [{}, [], [], 0];
  const log = () => {};
  const checks = checkApi(
    reviewSettings({ registries: ["registry.example"], exemptNamespaces: ["infra"], observe: OBSERVE }),
    {
      async verdictOf(subject) {
        subjects.push(subject);
        const { name } = subject.object["metadata"] as { readonly name: string };
        return answers[name] ?? { kind: "known", stored: storedVerdict() };
      },
      now: () => NOW,
      log,
      userOf: async (token) => (token === "a" ? { user: "ci", groups: [] } : undefined),
      mayCheck: async (_, namespace) => namespace !== "other",
      waiting: async () => 0,
    },
  );
  const answer = face(
    {
      validate: async () => allowed("u"),
      mutate: async () => allowed("u"),
      unready: async () => [],
      releases: { make: async () => [404, {}], list: async () => [404, {}] },
      checks,
    },
    { now: () => NOW, log, isDraining: () => false },
  );
  const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
    readFileSync(join(shared, name), "utf8"),
  );
  ({ host } = await startServer(
    (request, response) => {
      requests += 1;
      const other = instead.shift();
      if (other === undefined) void answer(request, response);
      else other(request, response);
    },
    { key, cert },
  ));
});

const SERVER = ["--token-file", "token", "--ca-file", CA];
const check = (...argv: readonly string[]) =>
  douane(["check", "--server", `https://${host}`, ...SERVER, ...argv], { cwd, now });

function write(name: string, ...documents: readonly string[]): string {
  writeFileSync(join(cwd, name), documents.join("\n---\n"));
  return name;
}

test("sends each workload, and shows the rows and causes of the server's answer", async () => {
  answers = {
    web: {
      kind: "known",
      stored: storedVerdict({ seccomp: { answer: "no" }, "stdout-logs": { answer: "unproven" } }),
    },
  };
  const file = write(
    "web.yaml",
    deployment("web", "shop"),
    '{"apiVersion":"v1","kind":"Service"}',
    deployment("api", "shop"),
  );
  const ended = await check("-f", file);
  expect(ended.exit).toBe(1);
  expect(ended.stdout.split("\n")).toEqual([
    "web.yaml:1 Deployment/web (shop): refused",
    "  no (1): seccomp",
    "  unproven (1): stdout-logs",
    expect.stringMatching(/^ {2}yes \(16\): non-root, .*\(scans\)/),
    expect.stringMatching(/^ {2}- 1\.1 seccomp .*: no\.$/),
    expect.stringMatching(/^ {2}- .*stdout-logs .*: unproven\.$/),
    "web.yaml:5 Deployment/api (shop): admitted",
    expect.stringMatching(/^ {2}yes \(18\): /),
    "",
  ]);
  expect(subjects.map(({ object }) => object)).toEqual([
    JSON.parse(deployment("web", "shop")),
    JSON.parse(deployment("api", "shop")),
  ]);
});

test("in an observed namespace, says until when the webhook lets the pods in, and what refuses them afterwards", async () => {
  const no = { kind: "known", stored: storedVerdict({ seccomp: { answer: "no" } }) } as const;
  answers = { web: no, api: no };
  const file = write("web.yaml", deployment("web", "observed"), deployment("good", "observed"));
  const ended = await check("-f", file);
  expect(ended.exit).toBe(1);
  const [head, until] = ended.stdout.split("\n");
  expect([head, until]).toEqual([
    "web.yaml:1 Deployment/web (observed): refused",
    "  observed until 2026-07-01, included: the webhook lets these pods in until then, and refuses them afterwards for:",
  ]);
  expect(ended.stdout.match(/observed until/g)).toHaveLength(1);
  const json = await check("-f", file, "--format", "json", "--lang", "fr");
  expect(JSON.parse(json.stdout).workloads[0].answer).toMatchObject({
    decision: "refused",
    observedUntil: "2026-07-01",
  });
});

test("the JSON report is as its published schema says, whatever was answered", async () => {
  answers = {
    web: { kind: "known", stored: storedVerdict({ seccomp: { answer: "no" } }) },
    slow: { kind: "under-examination", soFar: storedVerdict() },
    gone: { kind: "unreadable", why: [{ fr: "x", en: "x" }] },
  };
  const file = write(
    "web.yaml",
    ...["web", "slow", "gone", "good"].map((name) => deployment(name, "shop")),
    deployment("exempt", "infra"),
    deployment("watched", "observed"),
  );
  const { stdout } = await check("-f", file, "-f", "missing.yaml", "--format", "json");
  const document = JSON.parse(stdout);
  expect(serverCheckSchema.safeParse(document).error).toBeUndefined();
  expect(document.workloads).toHaveLength(6);
  expect(document.errors).toHaveLength(1);
});

test("speaks French, the server's causes too", async () => {
  answers = { web: { kind: "under-examination", soFar: storedVerdict({ seccomp: { answer: "unproven" } }) } };
  const ended = await check("-f", write("web.yaml", deployment("web", "shop")), "--lang", "fr");
  expect([ended.exit, ended.stdout]).toEqual([
    2,
    expect.stringMatching(
      /refusé, faute de preuve\n {2}à prouver \(1\) : seccomp\n[^]*examen en cours[^]*redemander/,
    ),
  ]);
});

test.each<[string, string, string | undefined, readonly string[], number]>([
  ["admitted", "api", "shop", [], 0],
  ["exempt", "web", "infra", [], 0],
  ["unproven", "unproven", "shop", [], 2],
  ["unproven, and not to stop", "unproven", "shop", ["--fail-on", "refused"], 0],
  ["refused", "refused", "shop", ["--fail-on", "refused"], 1],
  ["of the namespace that is given", "api", undefined, ["--namespace", "shop"], 0],
  ["of its own namespace rather than the given one", "api", "shop", ["--namespace", "other"], 0],
])("what is %s has its exit code", async (_, name, namespace, argv, exit) => {
  answers = {
    unproven: { kind: "known", stored: storedVerdict({ "stdout-logs": { answer: "unproven" } }) },
    refused: { kind: "known", stored: storedVerdict({ seccomp: { answer: "no" } }) },
  };
  expect(await check("-f", write("web.yaml", deployment(name, namespace)), ...argv)).toMatchObject({ exit });
});

test("writes JSON, to a file beside the list, and a list's items with the type of the list", async () => {
  const item =
    '{"metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"web","image":"x:1"}]}}';
  const file = write("list.json", `{"apiVersion":"v1","kind":"PodList","items":[${item}]}`);
  const ended = await check("-f", file, "--format", "json=out.json", "--format", "checklist");
  expect(ended).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining("list.json:1 Pod/web (shop): admitted"),
  });
  expect(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8"))).toMatchObject({
    schema: "douane/server-check/v1",
    server: `https://${host}`,
    workloads: [
      {
        file: "list.json",
        line: 1,
        kind: "Pod",
        name: "web",
        namespace: "shop",
        answer: { decision: "admitted" },
      },
    ],
    errors: [],
    skipped: [],
  });
  expect(subjects[0]?.object).toMatchObject({ apiVersion: "v1", kind: "Pod" });
});

test("a namespace without the right is an error of its own, and a refusal beside it counts", async () => {
  answers = { web: { kind: "known", stored: storedVerdict({ seccomp: { answer: "no" } }) } };
  const file = write("two.yaml", deployment("api", "other"), deployment("web", "shop"));
  const ended = await check("-f", file, "--format", "json");
  expect(ended).toMatchObject({
    exit: 3,
    stderr: expect.stringContaining('does not have the right "check" on "pods" in the namespace "other"'),
  });
  expect(JSON.parse(ended.stdout)).toMatchObject({
    workloads: [{ name: "web" }],
    errors: [{ about: "two.yaml" }],
  });
});

test("asks again where another check of the user is under way", async () => {
  instead = [
    (_, response) => void response.writeHead(429).end('{"code":"check-busy","message":{"fr":"f","en":"e"}}'),
  ];
  expect(await check("-f", write("web.yaml", deployment("web", "shop")))).toMatchObject({ exit: 0 });
  expect(requests).toBe(2);
});

const EVERY_ROW = storedVerdict().verdict.rows.map(({ id, answer }) => ({ id, answer, enforced: true }));
const LIE = {
  schema: "douane/check/v1",
  decision: "admitted",
  verdict: "known",
  rows: EVERY_ROW,
  causes: [],
  more: 0,
  warnings: [],
  images: [],
};

describe("an answer that is not a douane server's is no admission, and ends the questions", () => {
  test.each<[string, number, string]>([
    ["a page", 200, "<html>"],
    ["another document", 200, "{}"],
    ["an admission without rows", 200, JSON.stringify({ ...LIE, rows: [] })],
    [
      "an admission with one row eighteen times",
      200,
      JSON.stringify({ ...LIE, rows: EVERY_ROW.map(() => EVERY_ROW[0]) }),
    ],
    ["an admission before the examination", 200, JSON.stringify({ ...LIE, verdict: "under-examination" })],
    ["too long an answer", 200, `"${"x".repeat(2 * 1024 ** 2)}"`],
    ["a redirect", 302, ""],
  ])("%s", async (_, status, body) => {
    instead = [(__, response) => void response.writeHead(status, { location: "/elsewhere" }).end(body)];
    const file = write("two.yaml", deployment("web", "shop"), deployment("api", "shop"));
    const ended = await check("-f", file, "--format", "json");
    expect(ended).toMatchObject({
      exit: 65,
      stderr: expect.stringContaining("not that of a douane server"),
    });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      workloads: [],
      errors: [{}, { message: { en: expect.stringContaining("not asked") } }],
    });
    expect(requests).toBe(1);
  });

  test("characters of a server cannot control the terminal", async () => {
    const escape = "\u001b[2J";
    const causes = [{ reason: "seccomp", message: `clear ${escape}` }];
    instead = [(_, response) => void response.end(JSON.stringify({ ...LIE, decision: "refused", causes }))];
    const ended = await check("-f", write("web.yaml", deployment("web", "shop")));
    expect([ended.exit, ended.stdout.includes("clear ?[2J")]).toEqual([1, true]);
  });
});

describe("is refused before anything is sent", () => {
  test.each<[string, readonly string[], string]>([
    ["with an image", ["registry.example/web:1"], "is not a manifest"],
    ["without an input", [], "Nothing to ask"],
    ["with a place for an image", ["-f", "web.yaml", "--image", "web=x:1"], "--image and --server"],
    ["with a policy", ["-f", "web.yaml", "--policy", "policy.yaml"], "--policy and --server"],
    ["with a trial", ["-f", "web.yaml", "--trial"], "--trial and --server"],
    ["without images", ["-f", "web.yaml", "--no-images"], "--no-images and --server"],
    ["with another format", ["-f", "web.yaml", "--format", "sarif"], "--format sarif and --server"],
    ["without a namespace", ["-f", "bare.yaml"], "names no namespace"],
    ["over plain HTTP", ["-f", "web.yaml", "--server", "http://127.0.0.1"], "write the HTTPS address"],
    [
      "with a password in the address",
      ["-f", "web.yaml", "--server", "https://u:secret@h"],
      "without a password",
    ],
    ["with an empty token", ["-f", "web.yaml", "--token-file", "empty"], "this is not a token"],
  ])("%s", async (_, argv, message) => {
    write("web.yaml", deployment("web", "shop"));
    write("bare.yaml", `${deployment("web")}\n`);
    writeFileSync(join(cwd, "policy.yaml"), "{}");
    writeFileSync(join(cwd, "empty"), "\n");
    const ended = await check(...argv);
    expect(ended).toMatchObject({ exit: 64, stdout: "", stderr: expect.stringContaining(message) });
    expect([requests, ended.stderr.includes("secret")]).toEqual([0, false]);
  });

  test("without a token", async () => {
    const ended = await douane(
      ["check", "--server", `https://${host}`, "-f", write("web.yaml", deployment("web"))],
      { cwd, now },
    );
    expect(ended).toMatchObject({ exit: 64, stderr: expect.stringContaining("--token-file is missing") });
  });
});

test("variables of every check are left aside, and none sends a check to a server", async () => {
  const file = write("web.yaml", deployment("web", "shop"));
  const env = { DOUANE_POLICY: "policy.yaml", DOUANE_SERVER: `https://${host}`, DOUANE_TOKEN_FILE: "token" };
  const argv = ["check", "-f", file, "--ca-file", CA];
  expect(await douane([...argv, "--server", `https://${host}`], { cwd, now, env })).toMatchObject({
    exit: 0,
  });
  expect(requests).toBe(1);
  const { DOUANE_POLICY: _, ...others } = env;
  const local = await douane([...argv, "--no-images"], { cwd, now, env: others });
  expect([local.exit === 0, requests]).toEqual([false, 1]);
});

test.each<[string, readonly string[], number, string]>([
  ["a token that is nobody's", ["--token-file", "other"], 64, "present a token that the API server accepts"],
  ["a server that is not there", ["--server", "https://127.0.0.1:1"], 69, "127.0.0.1:1"],
  ["a server of an unknown authority", ["--ca-file", "other.crt"], 69, "127.0.0.1"],
])("%s ends the questions", async (_, argv, exit, message) => {
  writeFileSync(join(cwd, "other.crt"), rootCertificates[0] ?? "");
  const file = write("two.yaml", deployment("web", "shop"), deployment("api", "shop"));
  const ended = await check("-f", file, ...argv);
  expect(ended).toMatchObject({ exit, stderr: expect.stringContaining(message) });
  expect(subjects).toEqual([]);
});

test("a folder's Dockerfiles are said to be left, and a chart that is not rendered is no admission", async () => {
  write("web.yaml", deployment("web", "shop"));
  const whole = await check(".");
  expect(whole).toMatchObject({
    exit: 0,
    stderr: expect.stringContaining("the Dockerfiles of a folder are not judged"),
  });
  write("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: [");
  expect(await check("-f", "bad.yaml", "-f", "web.yaml")).toMatchObject({ exit: 65 });
  expect(await check("-f", "missing.yaml")).toMatchObject({ exit: 64, stdout: "" });
});

test("--namespace alone is refused: without a server it would change nothing", async () => {
  const ended = await douane(["check", "-f", write("web.yaml", deployment("web")), "--namespace", "shop"], {
    cwd,
    now,
  });
  expect(ended).toMatchObject({
    exit: 64,
    stderr: expect.stringContaining("--namespace goes with --server"),
  });
});
