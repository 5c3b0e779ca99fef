import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ReportDocument } from "../../src/verdicts/report-schema.ts";
import { douane } from "../fixtures/douane.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { container, cronJob, deployment, podSpec, yaml } from "../fixtures/manifests.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";
import { smallImage } from "../fixtures/small-image.ts";
import { withoutRoot } from "../fixtures/without-root.ts";

// Manifests together with the images that they name, in a real registry.

const cwd = mkdtempSync(join(tmpdir(), "douane-manifests-"));
let registry: TestRegistry;
let proxy: Server;
/** Requests between douane and the registry: `GET /v2/team/app/manifests/1.0.0`. */
let asked: string[] = [];
let host = "";

beforeAll(async () => {
  registry = await startRegistry();
  for (const [name, config] of [
    ["good", {}],
    ["root", { User: "0" }],
  ] as const) {
    writeLayout(smallImage(config), join(cwd, name));
    const to = `docker://${registry.host}/team/${name}:1.0.0`;
    execFileSync("skopeo", ["copy", "--quiet", `oci:${join(cwd, name)}`, to, "--dest-tls-verify=false"]);
  }
  proxy = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { method = "GET", url = "/", headers } = incoming;
    const forwarded = request(`http://${registry.host}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = [];
});

afterAll(async () => {
  proxy.close();
  await registry.stop();
  rmSync(cwd, { recursive: true });
});

function using(name: string, image: string, overrides: Readonly<Record<string, unknown>> = {}) {
  return deployment({ name, pod: podSpec({ containers: [container({ image, ...overrides })] }) });
}

async function check(...argv: readonly string[]) {
  const ended = await douane(["check", "--format", "json", ...argv], { cwd });
  const report: ReportDocument = JSON.parse(ended.stdout);
  const answers = report.verdicts.map(({ subject, rows }) => {
    const answer = (id: string) => rows.find((row) => row.id === id)?.answer;
    return [subject.name, answer("non-root"), answer("minimal")];
  });
  return { ...ended, report, answers };
}

test("every workload is judged with its image, which is read once however many name it", async () => {
  const app = `${host}/team/good:1.0.0`;
  const manifests = [
    using("a", app),
    using("b", app),
    cronJob({ pod: podSpec({ containers: [container({ image: app, command: ["/app/server", "job"] })] }) }),
    using("root", `${host}/team/root:1.0.0`),
  ];
  writeFileSync(join(cwd, "all.yaml"), yaml(...manifests));
  const { exit, answers, report, stderr } = await check("all.yaml");
  expect([exit, stderr]).toEqual([1, ""]);
  expect(answers).toEqual([
    ["Deployment/a", "yes", "yes"],
    ["Deployment/b", "yes", "yes"],
    ["CronJob/web", "yes", "yes"],
    ["Deployment/root", "no", "yes"],
  ]);
  expect(report.verdicts[0]?.subject.images[0]).toMatchObject({
    container: "web",
    reference: app,
    digest: expect.stringMatching(/^sha256:/) as string,
    platform: expect.stringMatching(/^linux\//) as string,
  });
  for (const name of ["good", "root"]) {
    expect(asked.filter((line) => line === `GET /v2/team/${name}/manifests/1.0.0`)).toHaveLength(1);
  }
});

test("a container without its image leaves the others judged with theirs", async () => {
  const text = yaml(using("gone", `${host}/team/none:1.0.0`), using("good", `${host}/team/good:1.0.0`));
  writeFileSync(join(cwd, "gone.yaml"), text);
  const { exit, answers, report, stderr } = await check("gone.yaml");
  expect(exit).toBe(69);
  expect(answers).toEqual([
    ["Deployment/gone", "unproven", "unproven"],
    ["Deployment/good", "yes", "yes"],
  ]);
  expect(report.errors).toMatchObject([{ image: `${host}/team/none:1.0.0` }]);
  expect(stderr).toContain("The image is named by gone.yaml:2 (Deployment/gone).");
});

test("no registry is asked with --no-images", async () => {
  writeFileSync(join(cwd, "one.yaml"), yaml(using("good", `${host}/team/good:1.0.0`)));
  const { exit, answers } = await check("one.yaml", "--no-images");
  expect([exit, answers, asked]).toEqual([2, [["Deployment/good", "unproven", "unproven"]], []]);
});

test("evidence of manifests and images is judged again without either", async () => {
  const app = `${host}/team/good:1.0.0`;
  const text = yaml(using("a", app), using("root", `${host}/team/root:1.0.0`), using("b", app));
  writeFileSync(join(cwd, "kept.yaml"), text);
  // An image whose name is in no manifest is judged by itself.
  cpSync(join(cwd, "good"), join(cwd, "alone"), { recursive: true });
  const first = await check("kept.yaml", `oci:${join(cwd, "alone")}`, "--save-evidence", "kept.json");
  const kept = JSON.parse(readFileSync(join(cwd, "kept.json"), "utf8"));
  const kinds = kept.evidence.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(["workload", "image", "workload", "image", "workload", "image"]);
  asked = [];
  const again = await check("--evidence", "kept.json");
  expect([again.exit, again.answers, asked]).toEqual([first.exit, first.answers, []]);
});

test("evidence of an image counts for the workloads that name it", async () => {
  writeFileSync(join(cwd, "one.yaml"), yaml(using("root", `${host}/team/root:1.0.0`)));
  await check("one.yaml", "--save-evidence", "root.json");
  const changed = readFileSync(join(cwd, "root.json"), "utf8").replace('"user":"0"', '"user":"4242"');
  writeFileSync(join(cwd, "changed.json"), changed);
  const { answers } = await check("one.yaml", "--evidence", "changed.json");
  expect(answers).toEqual([["Deployment/root", "yes", "yes"]]);
});

describe("files that cannot be read", () => {
  test("a link that goes round in circles is said, the rest is judged", async () => {
    const folder = mkdtempSync(join(cwd, "loop-"));
    symlinkSync(".", join(folder, "again"));
    symlinkSync("round.yaml", join(folder, "round.yaml"));
    writeFileSync(join(folder, "web.yaml"), yaml(deployment()));
    const { exit, stderr, report } = await check(folder, "--no-images");
    expect([exit, report.verdicts.length]).toEqual([65, 1]);
    expect(stderr).toContain("round.yaml: this symbolic link goes round in circles");
  });

  test("a file without permission is said, the rest is judged", async () => {
    const folder = mkdtempSync(join(cwd, "closed-"));
    for (const each of [cwd, folder]) chmodSync(each, 0o755);
    writeFileSync(join(folder, "a.yaml"), yaml(deployment()));
    writeFileSync(join(folder, "b.yaml"), yaml(deployment()));
    // Modules loaded on demand may be in a folder that only root reads.
    expect((await check(folder, "--no-images")).report.verdicts).toHaveLength(2);
    chmodSync(join(folder, "a.yaml"), 0);
    const { exit, stderr, report } = await withoutRoot(() => check(folder, "--no-images"));
    expect([exit, report.verdicts.length]).toEqual([65, 1]);
    expect(stderr).toContain("a.yaml: reading is not permitted");
  });
});
