// Commands printed to be copied have exactly the printed effect, for all names of files, folders and users in
// a repository: a shell runs each in an empty folder, with programs that record their words.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onlyNotes } from "../src/cli/fix/say.ts";
import { pipelineText } from "../src/fix/draft/pipeline.ts";
import { dockerfileUser } from "../src/rules/dockerfile/1.1-dockerfile-user.ts";
import { buildKontinuous, buildWith, renderChart, renderOverlay } from "../src/workload/build/commands.ts";
import { compose } from "../src/workload/yaml/compose.ts";
import { parse as parseYaml } from "../src/workload/yaml/parse.ts";
import { checkRule } from "./fixtures/check-rule.ts";
import { dockerfileFacts } from "./fixtures/dockerfile.ts";
import { douane } from "./fixtures/douane.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";

const PROGRAMS = ["douane", "docker", "helm", "kubectl", "npx"];

/** Names of folders, each with an effect in an unquoted or wrongly quoted word. */
const NAMES = [
  "a b",
  "$(touch hit)",
  "`touch hit`",
  "a;touch hit;b",
  "a|touch hit",
  "a&&touch hit",
  "a\ntouch hit\n",
  "'; touch hit; '",
  '"; touch hit; "',
  "$HOME",
  "~",
  "--post-renderer=touch",
  "-x",
  "*",
  "{a,b}",
  "a>hit",
  "#a",
  "!!",
  "${{ github.token }}",
  "<img src=x onerror=alert(1)>",
];

const top = mkdtempSync(join(tmpdir(), "douane-pasted-"));
const bin = join(top, "bin");
const notes = join(top, "notes");

beforeAll(() => {
  mkdirSync(bin);
  for (const name of PROGRAMS) {
    const script = `#!/bin/sh\nfor word; do printf '%s\\0' "$word"; done >> '${notes}.${name}'\n`;
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
});
afterAll(() => rmSync(top, { recursive: true }));

/** The words that each program was called with; the folder in which the command ran stays empty. */
function run(command: string): Readonly<Record<string, readonly string[]>> {
  const cwd = join(top, "empty");
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  for (const name of PROGRAMS) rmSync(`${notes}.${name}`, { force: true });
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: "/nowhere" };
  spawnSync("/bin/sh", ["-c", command], { cwd, env, stdio: "ignore" });
  expect([command, readdirSync(cwd)]).toEqual([command, []]);
  const called = PROGRAMS.filter((name) => existsSync(`${notes}.${name}`));
  return Object.fromEntries(
    called.map((name) => [name, readFileSync(`${notes}.${name}`, "utf8").split("\0").slice(0, -1)]),
  );
}

/** The name as sentences show it: controls are escaped, and no path begins with a hyphen. */
function shown(name: string): string {
  return name.replaceAll("\n", "\\u000a").replace(/^-/, "./-");
}

function behind(sentence: string, colon = /(?:Run|read them): /): string {
  return sentence.slice((colon.exec(sentence)?.index ?? 0) + (colon.exec(sentence)?.[0].length ?? 0));
}

test.each(NAMES)("of a folder called %j", (name) => {
  expect(run(behind(renderChart(name, { values: name }).en))).toEqual({
    helm: ["template", shown(name), "--values", shown(name)],
    douane: ["check", "-f", "-"],
  });
  expect(run(behind(renderOverlay(name).en))).toMatchObject({ kubectl: ["kustomize", shown(name)] });
  // The folder does not exist: nothing is built, and the checked input is empty.
  expect(run(behind(buildKontinuous(name).en))).toEqual({ douane: ["check", "-f", "-"] });
  expect(run(behind(buildWith("x", "npx x", name).en))).toEqual({ douane: ["check", "-f", "-"] });
  expect(run(behind(onlyNotes(name, 1).en).replace(/\)\.$/, ""))).toEqual({ douane: ["check", shown(name)] });
});

test.each(NAMES)("of a pipeline that renders a chart called %j", (chart) => {
  const text = pipelineText("github", { manifests: "deploy", chart, version: "v1" }, "en");
  const line = /- run: (.*)/.exec(text)?.[1] ?? "";
  const [document] = compose(line, parseYaml(line));
  expect(line).not.toContain("${{");
  expect(run(String(document?.value))).toEqual({
    helm: ["template", shown(chart), "--output-dir", "rendered/"],
  });
});

test.each(NAMES.filter((name) => !/[\n#]|^\$HOME|\$\{/.test(name)))("of a user called %j", (name) => {
  const dockerfile = dockerfileFacts(`FROM scratch\nUSER "${name.replaceAll('"', '\\"')}"\nCMD ["/a"]\n`);
  const outcome = checkRule(dockerfileUser, { dockerfile });
  const [finding] = outcome.status === "fail" ? outcome.findings : [];
  const command = /as `(docker run .*)` gives it/.exec(finding?.remedy?.en ?? "")?.[1];
  if (command === undefined) throw new Error(`no command: ${JSON.stringify(outcome)}`);
  expect(run(command)).toMatchObject({ docker: expect.arrayContaining(["run", "--rm"]) as unknown });
});

test.each(NAMES.filter((name) => !name.includes("\n")))("of init in a folder called %j", async (name) => {
  const cwd = temporaryDirectory();
  mkdirSync(join(cwd, name, "app"), { recursive: true });
  writeFileSync(join(cwd, name, "app", "Dockerfile"), 'FROM scratch\nUSER 1000\nCMD ["/a"]\n');
  const { stdout, stderr } = await douane(["init", `./${name}`], { cwd });
  const commands = `${stdout}${stderr}`
    .split("\n")
    .flatMap((line) => /^ {2}(douane .*?) {3}#/.exec(line)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) expect(Object.keys(run(command))).toEqual(["douane"]);
});
