import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

// A newcomer's first hour: the commands of README and LISEZMOI, word for word, print the output shown there.

const ROOT = join(import.meta.dirname, "../..");
const READMES = [
  { file: "README.md", locale: "en_GB.UTF-8" },
  { file: "LISEZMOI.md", locale: "fr_FR.UTF-8" },
];
/** Files of a checkout that `npm pack` needs. */
const PACKED = [
  "bin",
  "src",
  "scripts",
  "examples",
  "test/fixtures",
  "CHANGELOG.md",
  "LICENSE",
  "package.json",
  "rolldown.config.ts",
];

describe.each(READMES)("$file", ({ file, locale }) => {
  const text = readFileSync(join(ROOT, file), "utf8");

  test("npm start shows the refused example as README does, and no word of the build", () => {
    const { status, stdout, stderr } = shell(locale, commandOf(text, "npm start"));
    expect(status).toBe(0);
    const shown = linesOf(blockWith(text, "oci:examples/portal/image:latest")).slice(0, 3);
    expect(inOrder(shown, linesOf(stdout))).toEqual([]);
    expect(stdout + stderr).not.toContain("chunk");
  });

  test("npm start -- demo tries the example put right, and it is admitted", () => {
    const { status, stdout, stderr } = shell(locale, commandOf(text, "npm start -- demo"));
    expect(status).toBe(0);
    const [phases, verdict] = splitAt(linesOf(blockWith(text, "Deployment/portal")), /^✓/);
    // Side by side, they end in any order.
    expect(linesOf(stderr)).toEqual(expect.arrayContaining([...phases]));
    expect(inOrder(verdict, linesOf(stdout))).toEqual([]);
  });

  test("npm start -- demo says what is not tried, and where it could be, where runc is none that holds", () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "runc"), "#!/bin/sh\necho runc version 1.0.0\n", { mode: 0o755 });
    const PATH = `${folder}:${process.env["PATH"]}`;
    const { status, stdout } = shell(locale, commandOf(text, "npm start -- demo"), ROOT, { PATH });
    expect(status).toBe(0);
    expect(stdout).toContain("1.1.12");
    const page = /docs\/usage\/trials[.a-z]*md/.exec(stdout)?.[0] ?? "";
    const heading = /(?:\("|« )(.*?)(?:"\)| »)/.exec(stdout)?.[1] ?? "";
    expect(readFileSync(join(ROOT, page), "utf8")).toContain(`## ${heading}\n`);
  });

  test("the versions of Node that it names are those of package.json", () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(engines.node).toBe("^22.22.2 || >=24.15");
    expect(text).toMatch(/Node 22\.22\.2, 24\.15 (?:or later|ou plus récent)/);
  });
});

test("npm pack and npm install -g, as both say them, give the command", () => {
  const [commands, others] = READMES.map(({ file }) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/`(npm (?:pack|install -g)[^`]*)`/g)].map(
      (match) => match[1],
    ),
  );
  expect(others).toEqual(commands);
  const clone = temporaryDirectory();
  for (const name of PACKED) cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
  const npm_config_prefix = temporaryDirectory();
  const { status, stderr } = shell("C", commands?.join(" && ") ?? "", clone, { npm_config_prefix });
  expect([status, stderr.includes("ERR")]).toEqual([0, false]);
  const command = join(npm_config_prefix, "bin", "douane");
  expect(execFileSync(command, ["--version"], { encoding: "utf8" })).toMatch(/^douane 0\.1\.0 \(contract /);
  const installed = join(npm_config_prefix, "lib", "node_modules", "douane");
  const notices = readFileSync(join(installed, "THIRD-PARTY-NOTICES"), "utf8");
  expect(notices).toMatch(/^zod \d+\.\d+\.\d+ \(MIT\)$/m);
  expect(readFileSync(join(npm_config_prefix, "share/man/man1/douane.1"), "utf8")).toContain(".TH DOUANE 1 ");
});

function shell(locale: string, command: string, cwd = ROOT, more: Record<string, string> = {}) {
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: locale, HOME: temporaryDirectory(), ...more };
  return spawnSync("sh", ["-c", command], { cwd, encoding: "utf8", env });
}

/** The command as written in a block of README, without its comment. */
function commandOf(text: string, command: string): string {
  expect(text.split("\n").map((line) => line.replace(/ +#.*/, ""))).toContain(command);
  return command;
}

/** The block of output that contains these words. */
function blockWith(text: string, words: string): string {
  const blocks = [...text.matchAll(/^```text\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  return blocks.find((block) => block.includes(words)) ?? "";
}

/** Lines without the parts that differ from run to run: seconds and columns. */
function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) =>
      line
        .replace(/\d+[.,]\d s/g, "0 s")
        .replace(/ {2,}/g, " ")
        .trim(),
    )
    .filter((line) => line !== "");
}

/** The lines that do not follow one another in the output. */
function inOrder(lines: readonly string[], output: readonly string[]): readonly string[] {
  let from = 0;
  return lines.filter((line) => {
    const found = output.indexOf(line, from);
    if (found === -1) return true;
    from = found + 1;
    return false;
  });
}

function splitAt(lines: readonly string[], first: RegExp): readonly [readonly string[], readonly string[]] {
  const index = lines.findIndex((line) => first.test(line));
  return [lines.slice(0, index), lines.slice(index)];
}
