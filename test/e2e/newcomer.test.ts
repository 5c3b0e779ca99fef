import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dockerfileFacts } from "../fixtures/dockerfile.ts";
import { douane } from "../fixtures/douane.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";
import { nodeImageOf } from "../fixtures/trial-images.ts";

// From a Dockerfile without a manifest to Admitted, following only the instructions that douane prints.
// Docker is not installed where this test runs: the image is made from the Dockerfile's instructions.

const SERVER = `const http = require("node:http");
const server = http.createServer((request, response) => {
  console.log(request.method, request.url);
  if (request.url === "/healthz") return response.end("ok");
  if (request.url === "/") return response.end("<h1>Portal</h1>");
  response.writeHead(404).end("not found");
});
server.listen(process.env.PORT ?? 3000, () => console.log("listening"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
`;

const DOCKERFILE = `# An Express application, as many begin.
FROM node:22-slim
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
EXPOSE 3000
CMD node server.js
`;

test("an Express application with a Dockerfile and no manifest is admitted after four commands and no edit", async () => {
  const cwd = temporaryDirectory();
  const env = { HOME: temporaryDirectory(), PATH: process.env["PATH"] };
  const run = (...argv: readonly string[]) => douane(argv, { cwd, env });
  writeFileSync(join(cwd, "Dockerfile"), DOCKERFILE);
  writeFileSync(join(cwd, "package.json"), '{ "name": "@ministry/portal", "version": "1.4.2" }\n');
  writeFileSync(join(cwd, "server.js"), SERVER);
  writeFileSync(join(cwd, "douane.yaml"), "trial: { settle: 0.6, grace: 2 }\n");

  // 1. What is safe in the Dockerfile is written; then the image is built.
  expect(await run("fix", "Dockerfile", "--write")).toMatchObject({ exit: 0, stdout: "" });
  const fixed = readFileSync(join(cwd, "Dockerfile"), "utf8");
  expect(fixed).toBe(
    DOCKERFILE.replace("EXPOSE", "USER 1000\nEXPOSE").replace("node server.js", '["node", "server.js"]'),
  );
  const { final } = dockerfileFacts(fixed);
  const image = nodeImageOf([{ path: "app/server.js", content: SERVER }], {
    User: final?.user?.value,
    Cmd: final?.cmd?.words,
    WorkingDir: final?.workingDir,
    ExposedPorts: { "3000/tcp": {} },
  });

  // 2. It is tried.
  const tried = await run("trial", image, "--output", "trial.json", "--fail-on", "refused");
  expect([tried.exit, tried.stderr]).toEqual([0, expect.stringContaining("GET /healthz 200")]);

  // 3. A manifest is written from the evidence of the trial.
  const written = await run("init", "--evidence", "trial.json", "--ci", "gitlab");
  expect(written.stderr).toContain("deploy/portal.yaml: written");
  expect(written.stderr).toContain(`douane trial -f deploy/portal.yaml ${image} `);
  const manifest = readFileSync(join(cwd, "deploy/portal.yaml"), "utf8");
  expect(manifest).toContain("readinessProbe: { httpGet: { path: /healthz, port: 3000 } }");
  expect(existsSync(join(cwd, ".gitlab-ci.yml"))).toBe(true);

  // 4. It is admitted: by the evidence, and by a trial of its own.
  const judged = await run("check", "deploy", "--evidence", "trial.json");
  expect([judged.exit, judged.stdout]).toEqual([
    0,
    expect.stringMatching(/^✓ Admitted {2}Deployment\/portal\n/),
  ]);
  const again = await run("trial", "-f", "deploy", image);
  expect([again.exit, again.stdout]).toEqual([
    0,
    expect.stringMatching(/^✓ Admitted {2}Deployment\/portal\n/),
  ]);

  // Nothing that fix can repair is left, and nothing is overwritten.
  const left = await run("fix", "Dockerfile", "deploy", "--evidence", "trial.json");
  expect(left.stdout).toBe("");
  expect(left.stderr).toMatch(
    /^deploy\/portal\.yaml: nothing to correct\.\nDockerfile:2: left to you: .*general-purpose base/,
  );
  await run("init", "--evidence", "trial.json");
  expect(readFileSync(join(cwd, "deploy/portal.yaml"), "utf8")).toBe(manifest);
  expect(readFileSync(join(cwd, "douane.yaml"), "utf8")).toContain("settle");
});

const CONFIGURED = `if (process.env.DATABASE_URL === undefined) throw new Error("DATABASE_URL is not set");
${SERVER.replace("process.env.PORT ?? 3000, ", 'process.env.PORT ?? 3000, process.env.HOST ?? "127.0.0.1", ')}`;

test("one that needs variables is admitted with the manifest that init writes, and with no other values", async () => {
  const cwd = temporaryDirectory();
  const env = { HOME: temporaryDirectory(), PATH: process.env["PATH"] };
  const run = (...argv: readonly string[]) => douane(argv, { cwd, env });
  const image = nodeImageOf([{ path: "app/server.js", content: CONFIGURED }], {
    User: "1000",
    Cmd: ["node", "server.js"],
    WorkingDir: "/app",
    ExposedPorts: { "3000/tcp": {} },
  });
  writeFileSync(join(cwd, "package.json"), '{ "name": "portal" }\n');
  const url = "postgres://portal:Hiver2024!x9@db.internal/portal";
  const given = { HOST: "0.0.0.0", DATABASE_URL: url };
  writeFileSync(join(cwd, "douane.yaml"), JSON.stringify({ trial: { settle: 0.6, grace: 2, env: given } }));

  expect(await run("trial", image, "--output", "trial.json", "--fail-on", "refused")).toMatchObject({
    exit: 0,
  });
  await run("init", "--evidence", "trial.json", "--ci", "none");
  const file = join(cwd, "deploy/portal.yaml");
  const manifest = readFileSync(file, "utf8");
  expect(manifest).toContain('- { name: HOST, value: "0.0.0.0" }');
  expect(manifest).toContain(
    "- { name: DATABASE_URL, valueFrom: { secretKeyRef: { name: portal, key: DATABASE_URL } } }",
  );
  expect([manifest, readFileSync(join(cwd, "trial.json"), "utf8")].join().includes("Hiver2024")).toBe(false);

  expect(await run("check", "deploy", "--evidence", "trial.json")).toMatchObject({ exit: 0 });
  const again = await run("trial", "-f", "deploy", image, "--format", "json");
  expect([again.exit, again.stdout]).toEqual([
    0,
    expect.stringContaining("given by the settings: DATABASE_URL (Secret portal/DATABASE_URL)"),
  ]);

  // First a value other than the one tried; then none at all, though the settings have it.
  writeFileSync(file, manifest.replace('"0.0.0.0"', '"127.0.0.1"'));
  const other = await run("check", "deploy", "--evidence", "trial.json");
  expect(other.exit).not.toBe(0);
  expect(other.stderr).toContain("the trial lacked an input that the manifest gives: the variable HOST");
  expect((await run("trial", "-f", "deploy", image)).exit).toBe(1);
  writeFileSync(file, manifest.replace(/.*name: HOST.*\n/, ""));
  const less = await run("check", "deploy", "--evidence", "trial.json", "--format", "json");
  expect([less.exit, less.stdout]).toEqual([
    2,
    expect.stringContaining("trial.env HOST gave what the manifest does not"),
  ]);
  const untold = await run("trial", "-f", "deploy", image);
  expect([untold.exit, untold.stderr]).toEqual([
    1,
    expect.stringContaining("not given to the trial, which runs what will be deployed: trial.env HOST"),
  ]);
});
