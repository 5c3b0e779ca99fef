import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { deployment, yaml } from "../fixtures/manifests.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

// Attacks by a repository on the machine that judges it, against the bundle, with real links and FIFOs.

const BIN = join(import.meta.dirname, "../..", "bin", "douane.cjs");
/** Virtual memory of the process in KiB: V8 reserves most of it. */
const MEMORY = 24 * 1024 ** 2;

/** A home with a file of the user's, and a cloned repository in it. */
function clone(): { readonly home: string; readonly cwd: string } {
  const home = temporaryDirectory();
  const cwd = join(home, "src", "clone");
  mkdirSync(join(cwd, ".git", "hooks"), { recursive: true });
  mkdirSync(join(cwd, ".git", "info"), { recursive: true });
  writeFileSync(join(home, ".bashrc"), "alias ll='ls -l'\n");
  writeFileSync(join(cwd, "deploy.yaml"), yaml(deployment({ name: "web" })));
  return { home, cwd };
}

function check(cwd: string, home: string, ...argv: readonly string[]) {
  const command = `ulimit -v ${MEMORY}; exec "$0" "$@"`;
  const { status, signal, stdout, stderr } = spawnSync(
    "sh",
    ["-c", command, process.execPath, BIN, "check", ...argv, "--lang", "en", "--platform", "linux/amd64"],
    {
      cwd,
      encoding: "utf8",
      env: { HOME: home, PATH: process.env["PATH"] ?? "" },
      timeout: DEADLINE_MS / 2,
      killSignal: "SIGKILL",
    },
  );
  return { status, signal, stdout, stderr };
}

describe("a file that douane.yaml names", () => {
  const places: readonly (readonly [string, (cwd: string, home: string) => string])[] = [
    ["above", () => "../../.bashrc"],
    ["by an absolute path", (_, home) => join(home, ".bashrc")],
    ["behind a link", (cwd) => link(cwd, "report.md", "../../.bashrc")],
    ["behind a folder's link", (cwd) => `${link(cwd, "out", "../..")}/.bashrc`],
    ["as a hook of git", () => ".git/hooks/post-checkout"],
    ["as a hook, in other letters", () => ".Git/hooks/post-checkout"],
  ];

  test.each(places)("%s is not written, and the run ends before it judges", (_, place) => {
    const { home, cwd } = clone();
    const file = place(cwd, home);
    writeFileSync(join(cwd, "douane.yaml"), `formats: [${JSON.stringify(`markdown=${file}`)}]\n`);
    const ended = check(cwd, home, ".");
    expect(ended).toMatchObject({ status: 64, stdout: "" });
    expect(ended.stderr).toContain("which douane.yaml names, is not written");
    expect(readFileSync(join(home, ".bashrc"), "utf8")).toBe("alias ll='ls -l'\n");
    expect(existsSync(join(cwd, ".git/hooks/post-checkout"))).toBe(false);
  });

  test("in its folder is written, twice, but not over another file", () => {
    const { home, cwd } = clone();
    mkdirSync(join(cwd, "reports"));
    writeFileSync(
      join(cwd, "douane.yaml"),
      "formats: [markdown=reports/r.md, json=r.json, checklist=r.txt]\n",
    );
    const first = check(cwd, home, ".");
    expect(first.stderr).not.toContain("not written");
    const report = readFileSync(join(cwd, "reports/r.md"), "utf8");
    expect(check(cwd, home, ".")).toEqual(first);
    expect(readFileSync(join(cwd, "reports/r.md"), "utf8")).toBe(report);
    writeFileSync(join(cwd, "r.json"), '{ "name": "portal" }');
    expect(check(cwd, home, ".").status).toBe(64);
    expect(readFileSync(join(cwd, "r.json"), "utf8")).toBe('{ "name": "portal" }');
  });

  test("what the command line names is the user's word", () => {
    const { home, cwd } = clone();
    check(cwd, home, ".", "--format", "json=../../.bashrc");
    expect(readFileSync(join(home, ".bashrc"), "utf8")).toContain('"schema": "douane/report/v1"');
  });
});

describe("a cache in the clone", () => {
  const places: readonly (readonly [string, (cwd: string) => Record<string, string>])[] = [
    ["by XDG_CACHE_HOME", (cwd) => ({ XDG_CACHE_HOME: join(cwd, ".cache") })],
    ["by HOME", (cwd) => ({ HOME: cwd })],
  ];

  test.each(places)("%s is neither run, nor believed, nor written", (_, variables) => {
    const { home, cwd } = clone();
    const code = join(cwd, ".cache", "douane", "code");
    mkdirSync(code, { recursive: true });
    const env = { HOME: home, PATH: process.env["PATH"] ?? "", ...variables(cwd) };
    for (let run = 0; run < 2; run += 1) {
      const argv = [BIN, "check", ".", "--lang", "en"];
      const { stdout } = spawnSync(process.execPath, argv, { cwd, encoding: "utf8", env });
      expect(stdout).toContain("Deployment/web");
      expect(readdirSync(code)).toEqual([]);
    }
  });

  test("beside the clone is used from the second run on", () => {
    const { home, cwd } = clone();
    check(cwd, home, ".");
    check(cwd, home, ".");
    expect(readdirSync(join(home, ".cache", "douane", "code"))).toHaveLength(1);
  });
});

function link(cwd: string, name: string, target: string): string {
  symlinkSync(target, join(cwd, name));
  return name;
}

/** Links to files that never end, block or have side effects, and FIFOs without a writer. */
const ENDLESS: readonly (readonly [string, (path: string) => void])[] = [
  ["/dev/zero", (path) => symlinkSync("/dev/zero", path)],
  ["/dev/tty", (path) => symlinkSync("/dev/tty", path)],
  ["/proc/kmsg", (path) => symlinkSync("/proc/kmsg", path)],
  ["a FIFO", (path) => void execFileSync("mkfifo", [path])],
  ["a link to a FIFO", (path) => linkedFifo(path)],
];

function linkedFifo(path: string): void {
  execFileSync("mkfifo", [`${path}.fifo`]);
  symlinkSync(`${path}.fifo`, path);
}

/**
 * Files that are read without being named on the command line: their content is unknown, and the report
 * leaves nothing out because of them.
 */
const SILENT = [
  ".gitignore",
  ".douaneignore",
  ".git/info/exclude",
  ".git/index",
  "Makefile",
  ".gitlab-ci.yml",
];
/** Files that are judged: the report names each. */
const JUDGED = ["other.yaml", "other.json", "Dockerfile"];

describe.each(ENDLESS)("%s", (_, make) => {
  test("in place of files of a repository is not read", () => {
    const { home, cwd } = clone();
    // The pipelines are read for a Dockerfile, the index for a file that is ignored.
    writeFileSync(join(cwd, "api.Dockerfile"), "FROM scratch\nUSER 1000\n");
    mkdirSync(join(cwd, "deploy"));
    writeFileSync(join(cwd, "deploy", ".gitignore"), "*.yaml\n");
    writeFileSync(join(cwd, "deploy", "ignored.yaml"), yaml(deployment({ name: "ignored" })));
    for (const file of [...SILENT, ...JUDGED]) make(join(cwd, file));
    const { status, signal, stdout, stderr } = check(cwd, home, ".");
    expect(signal).toBeNull();
    // The image is in no registry.
    expect(status).toBeOneOf([65, 69]);
    for (const file of JUDGED) expect(`${stdout}${stderr}`).toMatch(new RegExp(`${file}"? ?: `));
    expect(stdout).toContain("Deployment/web");
  });

  test("in place of douane.yaml is refused", () => {
    const { home, cwd } = clone();
    make(join(cwd, "douane.yaml"));
    const { status, stderr } = check(cwd, home, ".");
    expect(status).toBe(64);
    expect(stderr).toMatch(
      /douane\.yaml" cannot be read \((?:this is not a regular file|the path leads out)/,
    );
  });
});

describe("a link out of the clone, which the pipeline names", () => {
  const TOKEN = "Zk9qXw7LmPt3RvB2Qx5cY8dT1nE4uG6h";
  const JSON_REPORT = ["--format", "json"];

  test.each<[string, readonly string[]]>([
    ["Dockerfile", ["Dockerfile", ...JSON_REPORT]],
    ["conf.yaml", ["deploy.yaml", "--config", "conf.yaml", ...JSON_REPORT]],
    ["policy.yaml", ["deploy.yaml", "--policy", "policy.yaml", ...JSON_REPORT]],
    ["trial.json", ["deploy.yaml", "--evidence", "trial.json", ...JSON_REPORT]],
    ["other.yaml", ["other.yaml", ...JSON_REPORT]],
  ])("%s is not followed, and nothing of its target is shown", (name, argv) => {
    const { home, cwd } = clone();
    writeFileSync(join(home, "token"), TOKEN);
    link(cwd, name, "../../token");
    const { status, stdout, stderr } = check(cwd, home, ...argv);
    expect([64, 65]).toContain(status);
    expect(stderr).toContain("is a symbolic link to");
    for (let from = 0; from + 4 <= TOKEN.length; from += 4)
      expect(`${stdout}${stderr}`).not.toContain(TOKEN.slice(from, from + 4));
  });

  test("evidence that is no JSON is not quoted", () => {
    const { home, cwd } = clone();
    writeFileSync(join(cwd, "trial.json"), "hunter2-Zq");
    const { status, stderr } = check(cwd, home, "deploy.yaml", "--evidence", "trial.json");
    expect(status).toBe(65);
    expect(stderr).toContain("Unexpected token 'h'");
    expect(stderr).not.toContain("hunter");
  });
});

describe("a home in which nothing can be kept", () => {
  test.each(["/proc", "/proc/self", "/dev/null", "/dev/null/x", "/nonexistent/home", "relative", ""])(
    "HOME=%j: the run ends as without a cache",
    (home) => {
      const { cwd } = clone();
      const without = check(cwd, temporaryDirectory(), ".", "--no-images", "--no-cache");
      const { status, signal, stdout } = check(cwd, home, ".", "--no-images");
      expect({ status, signal, stdout }).toEqual({
        status: without.status,
        signal: null,
        stdout: without.stdout,
      });
    },
  );
});
