import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** What each folder of src/ may import, besides itself. Imports point downwards only. */
const GROUND = ["contract", "shell", "secrets", "start", "policy"] as const;
const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  shell: ["contract"],
  secrets: ["contract", "shell"],
  start: ["contract", "shell", "secrets"],
  image: GROUND,
  workload: GROUND,
  dockerfile: GROUND,
  trial: [...GROUND, "image"],
  rules: ["contract", "shell", "secrets", "start"],
  evidence: [...GROUND, "image", "workload", "dockerfile", "trial"],
  fix: [...GROUND, "rules", "workload"],
  report: ["contract"],
  cli: [...GROUND, "image", "workload", "dockerfile", "trial", "rules", "evidence", "fix", "report"],
};

const ROOT = join(import.meta.dirname, "..");
const files = globSync("src/**/*.ts", { cwd: ROOT }).filter((file) => !file.endsWith(".test.ts"));

test("every folder of src/ has its line in the table", () => {
  const folders = new Set(files.map((file) => file.split("/")[1] ?? ""));
  expect([...folders].toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test.each(files)("%s imports downwards only", (file) => {
  const folder = file.split("/")[1] ?? "";
  for (const target of importsOf(file)) {
    const [top, imported = ""] = relative(ROOT, join(ROOT, dirname(file), target)).split("/");
    expect([top, target]).toEqual(["src", target]);
    expect([folder, ...(ALLOWED[folder] ?? [])], `${file} imports ${target}`).toContain(imported);
  }
});

/** Relative imports, type-only and dynamic ones too. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const pattern = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}
