import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { arch } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin", "douane.cjs");
/** Name of npm's package of Node for this platform, and a Node older than the first one README supports. */
const PACKAGE = `node-linux-${arch()}`;
const OLD = join(import.meta.dirname, `../node-versions/node_modules/node-20-${arch()}/bin/node`);

function onOldNode(argv: readonly string[], env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(OLD, [BIN, ...argv], { encoding: "utf8", env });
  return { exit: status, stdout, stderr };
}

/** A folder with this test's own Node as `node`. */
function folderWithNode(...below: readonly string[]): string {
  const folder = join(temporaryDirectory(), ...below);
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, "node"));
  return folder;
}

describe("the executable on the Node versions of package.json's engines, and others", () => {
  test.each([
    ["18.20.8", 69],
    ["20.20.2", 69],
    ["22.22.1", 69],
    ["22.22.2", 0],
    ["23.11.1", 69],
    ["24.14.9", 69],
    ["24.15.0", 0],
    ["26.0.0", 0],
  ])("%s, alone, ends with %i", (version, exit) => {
    const claim = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
    const argv = ["--import", `data:text/javascript,${encodeURIComponent(claim)}`, BIN, "--version"];
    const env = { PATH: "", HOME: temporaryDirectory() };
    const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8", env });
    expect(status).toBe(exit);
    expect(stderr === "").toBe(exit === 0);
  });
});

test("a clone is set up by README's first Node", () => {
  const { status, stderr } = spawnSync(OLD, ["scripts/setup.mjs"], { cwd: ROOT, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("npm ci")]);
  for (const file of ["README.md", "LISEZMOI.md"]) {
    expect(readFileSync(join(ROOT, file), "utf8")).toMatch(/Node 20\.11 (?:or later|ou plus récent)/);
  }
});

describe("the executable on an older Node", () => {
  test("says the command that gets it another one", () => {
    const home = temporaryDirectory();
    const { exit, stdout, stderr } = onOldNode(["--version"], { PATH: dirname(OLD), HOME: home });
    expect([exit, stdout]).toEqual([69, ""]);
    expect(stderr).toContain("this one is v20.11.0, and PATH has no other");
    const command = `npm install --prefix "${join(home, ".local/share/douane")}" ${PACKAGE}@24`;
    expect(stderr.split("\n").filter((line) => line.trim() === command)).toHaveLength(2);
  });

  test("runs on what that command installs", () => {
    const bin = folderWithNode("douane", "node_modules", PACKAGE, "bin");
    const env = { PATH: "", XDG_DATA_HOME: join(bin, "../../../..") };
    expect(onOldNode(["--version"], env)).toMatchObject({ exit: 0, stderr: "" });
  });

  test.each([
    ["in a repository", ".git"],
    ["in one of Mercurial", ".hg"],
  ])("does not run what a repository may have brought: %s", (_, mark) => {
    const bin = folderWithNode("clone", "douane", "node_modules", PACKAGE, "bin");
    const clone = join(bin, "../../../..");
    const env = { PATH: "", XDG_DATA_HOME: clone };
    expect(onOldNode(["--version"], env).exit).toBe(0);
    mkdirSync(join(clone, mark));
    expect(onOldNode(["--version"], env).exit).toBe(69);
  });

  test("does not run what lies in the working directory", () => {
    const bin = folderWithNode("clone", ".local", "share", "douane", "node_modules", PACKAGE, "bin");
    const cwd = join(bin, "../../../../../..");
    const { status } = spawnSync(OLD, [BIN, "--version"], { cwd, env: { PATH: "", HOME: cwd } });
    expect(status).toBe(69);
  });

  test("runs on one that fits further down PATH, with the same arguments and exit code", () => {
    const env = { PATH: [dirname(OLD), "node_modules", folderWithNode()].join(":"), HOME: "/nonexistent" };
    expect(onOldNode(["explain", "non-root"], env)).toMatchObject({ exit: 0, stderr: "" });
    const wrong = onOldNode(["check", "a b", "--nonsense"], env);
    expect([wrong.exit, wrong.stderr.includes("--nonsense")]).toEqual([64, true]);
  });

  test("ends by the signal that ends the other", async () => {
    const env = { PATH: folderWithNode(), HOME: temporaryDirectory() };
    const child = spawn(OLD, [BIN, "check", "-f", "-"], { stdio: "pipe", env });
    await untilItHasAChild(child.pid);
    child.kill("SIGTERM");
    const [, endedBy] = await once(child, "close");
    expect(endedBy).toBe("SIGTERM");
  });
});

async function untilItHasAChild(pid: number | undefined): Promise<void> {
  const hasOne = (): boolean =>
    existsSync(`/proc/${pid}/task/${pid}/children`) &&
    execFileSync("cat", [`/proc/${pid}/task/${pid}/children`], { encoding: "utf8" }).trim() !== "";
  while (!hasOne()) await new Promise((resolve) => setTimeout(resolve, 20));
}
