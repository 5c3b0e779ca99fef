import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reasons why a checkout cannot be released; empty if it can. */
export function releaseProblems(root: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return [
    ...treeProblems(root),
    ...versionProblems(root, manifest.version),
    ...changelogProblems(root, manifest.version),
    ...provenanceProblems(manifest),
  ];
}

function treeProblems(root: string): readonly string[] {
  const changed = git(root, "status", "--porcelain")
    .split("\n")
    .filter((line) => line !== "");
  return changed.length === 0 ? [] : [`not everything is committed: ${changed.slice(0, 5).join(", ")}`];
}

function versionProblems(root: string, version: string): readonly string[] {
  const problems: string[] = [];
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) problems.push(`package.json: ${version} is no version`);
  const constant = readFileSync(join(root, "src", "cli", "process", "version.ts"), "utf8");
  if (!constant.includes(`VERSION = "${version}";`))
    problems.push(`src/cli/process/version.ts says another one than ${version}`);
  const tagged = git(root, "rev-list", "--max-count=1", `refs/tags/v${version}`);
  if (tagged !== "" && tagged !== git(root, "rev-parse", "HEAD")) {
    problems.push(`the tag v${version} stands on another commit: ${tagged}`);
  }
  return problems;
}

/** The first section is the version's, with the day of its release. */
function changelogProblems(root: string, version: string): readonly string[] {
  const heading = /^## .*$/m.exec(readFileSync(join(root, "CHANGELOG.md"), "utf8"))?.[0] ?? "no section";
  const [, named, behind = ""] = /^## (\S+)(.*)$/.exec(heading) ?? [];
  if (named !== version) return [`CHANGELOG.md begins with "${heading}", not with ${version}`];
  return /^ \(\d{4}-\d{2}-\d{2}\)$/.test(behind)
    ? []
    : [`CHANGELOG.md: "${heading}" names no day, as in (2026-01-31)`];
}

/** npm proves where a package was built against the repository that it names. */
function provenanceProblems(manifest: {
  repository?: unknown;
  publishConfig?: { provenance?: boolean };
}): string[] {
  const problems: string[] = [];
  if (manifest.publishConfig?.provenance !== true)
    problems.push("package.json: publishConfig.provenance is not true");
  if (manifest.repository === undefined)
    problems.push("package.json names no repository, which provenance needs");
  return problems;
}

function git(root: string, ...argv: readonly string[]): string {
  return spawnSync("git", ["-C", root, ...argv], { encoding: "utf8" }).stdout.trimEnd();
}
