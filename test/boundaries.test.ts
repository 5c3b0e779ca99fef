import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { circlesIn } from "./fixtures/circles.ts";
import { importGraph, importsOf, ROOT, SOURCES } from "./fixtures/imports.ts";

/** What each folder of src/ may import, besides itself. Imports point downwards only. */
const GROUND = ["contract", "shell", "secrets", "start", "policy"] as const;
const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  shell: ["contract"],
  secrets: ["contract", "shell"],
  start: ["contract", "shell", "secrets"],
  policy: ["contract", "shell", "secrets", "start"],
  files: ["contract"],
  image: [...GROUND, "files"],
  workload: [...GROUND, "files"],
  dockerfile: GROUND,
  trial: [...GROUND, "files", "image"],
  sbom: [...GROUND, "image"],
  vulnerabilities: [...GROUND, "files", "image", "sbom"],
  rules: ["contract", "shell", "secrets", "start"],
  evidence: [...GROUND, "files", "image", "workload", "dockerfile", "trial", "sbom", "vulnerabilities"],
  assess: [
    ...GROUND,
    "files",
    "image",
    "workload",
    "dockerfile",
    "trial",
    "sbom",
    "vulnerabilities",
    "evidence",
    "rules",
  ],
  fix: [...GROUND, "rules", "workload"],
  report: ["contract"],
  forge: [...GROUND, "files", "image"],
  cli: [
    ...GROUND,
    "files",
    "image",
    "workload",
    "dockerfile",
    "trial",
    "sbom",
    "vulnerabilities",
    "rules",
    "evidence",
    "assess",
    "fix",
    "report",
    "forge",
  ],
};

test("every folder of src/ has its line in the table", () => {
  const folders = new Set(SOURCES.map((file) => file.split("/")[1] ?? ""));
  expect([...folders].toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test.each(SOURCES)("%s imports downwards only", (file) => {
  const folder = file.split("/")[1] ?? "";
  for (const target of importsOf(file)) {
    const [top, imported = ""] = target.split("/");
    expect([top, target]).toEqual(["src", target]);
    expect([folder, ...(ALLOWED[folder] ?? [])], `${file} imports ${target}`).toContain(imported);
  }
});

test("no files of src/ import each other in a circle, for types neither", () => {
  expect(circlesIn(importGraph())).toEqual([]);
});

test.each(SOURCES)("%s has 300 lines at most", (file) => {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n").length - 1;
  expect(lines).toBeLessThanOrEqual(300);
});
