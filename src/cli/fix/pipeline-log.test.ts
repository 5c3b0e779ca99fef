import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";

const DOCKERFILE = "FROM ubuntu\nRUN cat > /x <<E\n::add-mask::admitted\n##[add-mask]a\nE\nCMD app\n";
const COMMAND = /^\s*::[a-z]|##\[/im;

function folder(): string {
  const cwd = mkdtempSync(join(tmpdir(), "douane-pipeline-log-"));
  writeFileSync(join(cwd, "Dockerfile"), DOCKERFILE);
  return cwd;
}

test("in a pipeline, a diff holds no command to the runner, and says so", async () => {
  const { stdout, stderr } = await douane(["fix", "Dockerfile"], { cwd: folder(), env: { CI: "true" } });
  expect(stdout).toContain(" \\u003a:add-mask::admitted");
  expect(stdout).toContain("\\u0023#[add-mask]a");
  expect(stdout).not.toMatch(COMMAND);
  expect(stderr).toContain("redirect it to a file");
  expect(stderr).not.toMatch(COMMAND);
});

test("outside a pipeline, it is the text that git apply takes", async () => {
  const { stdout, stderr } = await douane(["fix", "Dockerfile"], { cwd: folder() });
  expect(stdout).toContain(" ::add-mask::admitted\n ##[add-mask]a\n");
  expect(stderr).not.toContain("redirect");
});

test("a file that --write writes is exact", async () => {
  const cwd = folder();
  const { stdout, stderr } = await douane(["fix", "--write", "Dockerfile"], { cwd, env: { CI: "true" } });
  expect(readFileSync(join(cwd, "Dockerfile"), "utf8")).toContain("\n::add-mask::admitted\n##[add-mask]a\n");
  expect(`${stdout}\n${stderr}`).not.toMatch(COMMAND);
});

test("the annotations of --format github stay commands", async () => {
  const { stdout } = await douane(["check", "Dockerfile", "--format", "github"], {
    cwd: folder(),
    env: { CI: "true" },
  });
  expect(stdout).toMatch(/^::(?:error|warning|notice)/m);
  expect(stdout).not.toMatch(/::add-mask::|##\[/);
});
