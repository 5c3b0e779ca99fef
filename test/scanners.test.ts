// Reports of real scanners, made here on small sources, against what the tool itself says of the same scan in its
// summary and exit code: Debian's bandit 1.7, gitleaks 8.16 and flawfinder 2.0, and ESLint 10 with
// eslint-plugin-security. No tool for dynamic scans can be installed here: ZAP and Nuclei are held to fixtures.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { AssertedRun } from "../src/attest/reports/format/scan-format.ts";
import { readScanReport } from "../src/attest/reports/read-scan-report.ts";
import { markedToken } from "./fixtures/marked-secrets.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";

let cwd: string;

beforeEach(() => {
  cwd = temporaryDirectory();
});

interface Ended {
  readonly exit: number;
  readonly output: string;
}

function run(command: string, ...argv: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, encoding: "utf8" });
  return { exit: status ?? -1, output: `${stdout}${stderr}` };
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
}

/** Verdict with reasons, and the reading, of a report that a tool wrote. */
function read(file: string, asserted: AssertedRun = {}) {
  const { report, attachment } = readScanReport(readFileSync(join(cwd, file)), file, asserted);
  const reasons = report.incompleteBecause.map(({ reason }) => reason);
  return { ...report, outcome: [report.verdict, ...reasons].join(" "), attached: attachment.text };
}

/** Number behind words of a summary. */
function numberIn(output: string, words: RegExp): number {
  return Number(words.exec(output)?.[1] ?? Number.NaN);
}

const FLAWED =
  "import subprocess, hashlib\ndef f(x):\n    subprocess.call('ls ' + x, shell=True)\n    return eval(x)\nassert True\ndef g(x): return hashlib.md5(x)  # nosec\n";

describe("bandit", () => {
  const scan = (path: string, ...options: readonly string[]) => {
    const { exit } = run(
      "bandit",
      "--quiet",
      "--recursive",
      path,
      "--format",
      "json",
      "--output",
      "a.json",
      ...options,
    );
    run("bandit", "--quiet", "--recursive", path, "--format", "sarif", "--output", "a.sarif", ...options);
    const { output } = run("bandit", "--recursive", path);
    return {
      exit,
      output,
      json: read("a.json", { exitCode: exit }),
      sarif: read("a.sarif", { exitCode: exit }),
    };
  };

  test.each([
    ["every severity", []],
    ["high severity only (-lll)", ["-lll"]],
  ])("counts as its summary does, with %s listed", (_, options) => {
    write({ "src/a.py": FLAWED });
    const { output, json, sarif } = scan("src", ...options);
    const [low, medium, high] = ["Low", "Medium", "High"].map((word) =>
      numberIn(output, new RegExp(`by severity\\)[^]*?${word}: (\\d{1,5})`)),
    );
    expect({ low, medium, high }).toEqual({ low: 2, medium: 1, high: 1 });
    expect(json).toMatchObject({ counts: { low, medium, high, unknown: 0 }, outcome: "fail", suppressed: 1 });
    expect(sarif).toMatchObject({
      tool: "Bandit",
      counts: options.length === 0 ? { low, medium, high } : { high },
      outcome: "fail",
    });
  });

  test("injections are the findings of weaknesses that are injections", () => {
    write({
      "src/a.py": "def f(c, x):\n    c.execute('SELECT * FROM t WHERE a = %s' % x)\n",
      "src/b.py": "import hashlib\nhashlib.md5(b'a')\n",
    });
    const { json, sarif } = scan("src");
    expect([json.injections, sarif.injections]).toEqual([1, 1]);
    expect(json.counts).toMatchObject({ medium: 1, high: 1 });
  });

  test("a clean source passes; a folder without code, or a file that does not parse, proves nothing", () => {
    write({ "clean/a.py": "print('a')\n", "empty/a.txt": "a\n", "broken/a.py": "def (:\n" });
    expect([scan("clean").json.outcome, scan("clean").sarif.outcome]).toEqual(["pass", "pass"]);
    const empty = scan("empty");
    expect([empty.exit, empty.json.outcome, empty.sarif.outcome]).toEqual([
      0,
      "incomplete no-files",
      "incomplete no-files",
    ]);
    const broken = scan("broken");
    expect([broken.exit, broken.json.outcome, broken.sarif.outcome]).toEqual([
      0,
      "incomplete scanner-errors",
      "incomplete error-notifications",
    ]);
    const missing = scan("missing");
    expect(missing.json.outcome).toBe("incomplete no-files scanner-errors");
  });
});

describe("gitleaks", () => {
  const scan = (...options: readonly string[]) => {
    const { exit, output } = run("gitleaks", "detect", "--no-banner", "--report-path", "a.json", ...options);
    run("gitleaks", "detect", "--report-format", "sarif", "--report-path", "a.sarif", ...options);
    const said = { tool: "gitleaks", exitCode: exit, target: "src" };
    return { exit, output, said };
  };

  test("counts as its summary does, and no secret stays in what is attached", () => {
    const [one, other] = [markedToken(), markedToken()];
    write({ "src/a.env": `TOKEN=${one.value}\n`, "src/b.env": `TOKEN=${other.value}\n` });
    const { exit, output, said } = scan("--no-git", "--source", "src");
    const leaks = numberIn(output, /leaks found: (\d{1,5})/);
    expect([exit, leaks]).toEqual([1, 2]);
    for (const file of ["a.json", "a.sarif"]) {
      const report = read(file, said);
      expect(report).toMatchObject({ kind: "secrets", counts: { high: leaks }, outcome: "fail" });
      expect(readFileSync(join(cwd, file), "utf8")).toContain(one.marker);
      expect(report.attached).not.toContain(one.marker);
      expect(report.attached).not.toContain(other.marker);
    }
  });

  test("a scan that failed leaves the file of a clean one: the exit code tells them apart", () => {
    write({ "src/a.txt": "a\n" });
    const clean = scan("--no-git", "--source", "src");
    const written = readFileSync(join(cwd, "a.json"), "utf8");
    expect([clean.exit, read("a.json", clean.said).outcome, read("a.sarif", clean.said).outcome]).toEqual([
      0,
      "pass",
      "pass",
    ]);
    const failed = scan("--source", "src");
    expect(failed.output).toContain("partial scan completed");
    expect(readFileSync(join(cwd, "a.json"), "utf8")).toBe(written);
    expect([failed.exit, read("a.json", failed.said).outcome]).toEqual([1, "incomplete exit-code"]);
    expect(read("a.json").outcome).toBe("incomplete completion-unknown kind-unknown tool-unknown");
  });

  test("a folder that is missing leaves no file", () => {
    expect(scan("--no-git", "--source", "missing").exit).toBe(1);
    expect(existsSync(join(cwd, "a.json"))).toBe(false);
  });
});

describe("flawfinder", () => {
  const scan = (path: string) => {
    const { exit, output } = run("flawfinder", "--sarif", path);
    writeFileSync(join(cwd, "a.sarif"), output);
    return {
      summary: run("flawfinder", path).output,
      report: read("a.sarif", { exitCode: exit, target: path }),
    };
  };

  test("counts as its summary does, with the injection of a command", () => {
    write({
      "src/a.c":
        "#include <string.h>\nint main(int c,char**v){char b[4];strcpy(b,v[1]);system(v[2]);return 0;}\n",
    });
    const { summary, report } = scan("src");
    const { critical, high, medium, low, info } = report.counts;
    expect(critical + high + medium + low + info).toBe(numberIn(summary, /Hits = (\d{1,5})/));
    // Levels 4 and 5 are errors, see its table of hits at each level.
    expect(high).toBe(numberIn(summary, /\[4\+\] {1,5}(\d{1,5})/));
    expect(report).toMatchObject({
      tool: "Flawfinder",
      toolVersion: "2.0.19",
      injections: 1,
      outcome: "fail",
    });
  });

  test("a clean source passes only with the job's word, for it lists no rule and no file", () => {
    write({ "src/a.c": "int main(void){return 0;}\n" });
    expect(scan("src").report.outcome).toBe("pass");
    expect(read("a.sarif").outcome).toBe("incomplete completion-unknown");
  });
});

describe("ESLint with eslint-plugin-security", () => {
  const ESLINT = join(import.meta.dirname, "scanners", "node_modules", "eslint", "bin", "eslint.js");
  const PLUGIN = join(import.meta.dirname, "scanners", "node_modules", "eslint-plugin-security", "index.js");
  const CONFIG = `import security from ${JSON.stringify(PLUGIN)};\nexport default [security.configs.recommended, { rules: { semi: "error", "security/detect-eval-with-expression": "error" } }];\n`;

  const scan = (...options: readonly string[]) => {
    write({ "eslint.config.mjs": CONFIG });
    const { exit } = run(
      process.execPath,
      ESLINT,
      "src",
      "--format",
      "json",
      "--output-file",
      "a.json",
      ...options,
    );
    run(
      process.execPath,
      ESLINT,
      "src",
      "--format",
      "json-with-metadata",
      "--output-file",
      "b.json",
      ...options,
    );
    const { output } = run(process.execPath, ESLINT, "src", "--format", "stylish", "--no-color", ...options);
    return { exit, output, json: read("a.json", { exitCode: exit }) };
  };

  test("counts the errors and warnings of its summary that are of security", () => {
    write({
      "src/a.js":
        'const fs = require("fs");\neval(process.argv[2]);\nfs.readFileSync(process.argv[3]);\n// eslint-disable-next-line security/detect-eval-with-expression\neval(process.argv[4]);\nrequire("child_process").exec("ls " + process.argv[2])\n',
    });
    const { exit, output, json } = scan();
    expect(output).toContain("4 problems (2 errors, 2 warnings)");
    expect(output.match(/ security\//g)).toHaveLength(3);
    expect(exit).toBe(1);
    expect(json).toMatchObject({
      counts: { high: 1, medium: 2 },
      injections: 2,
      suppressed: 1,
      outcome: "fail",
    });
    expect(read("b.json").counts).toEqual(json.counts);
  });

  test("a source that does not parse proves nothing, nor do rules of style alone", () => {
    write({ "src/a.js": "function (\n" });
    expect(scan().json.outcome).toBe("incomplete no-security-rules scanner-errors");
    write({ "src/a.js": "let a = 1\n" });
    expect(scan().json.outcome).toBe("incomplete no-security-rules");
    write({ "src/a.js": "let a = 1;\n" });
    const clean = scan();
    expect([clean.exit, clean.json.outcome]).toEqual([0, "incomplete no-security-rules"]);
    expect(read("a.json", { exitCode: 0, rules: "eslint-plugin-security 4.1.0" }).outcome).toBe("pass");
  });
});
