import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SCHEMAS } from "../../src/cli/schema/schemas.ts";
import { RULES } from "../../src/rules/index.ts";
import { ruleIndex } from "./rule-index.ts";
import { rulePage } from "./rule-page.ts";

const DOCS = join(import.meta.dirname, "..", "..", "docs");

/** Every generated document by its path below docs/. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>([["rules/README.md", ruleIndex(RULES)]]);
  for (const rule of RULES) files.set(`rules/${rule.id}.md`, rulePage(rule));
  for (const schema of SCHEMAS) {
    files.set(`${schema.name}.schema.json`, `${JSON.stringify(await schema.load(), null, 2)}\n`);
  }
  return files;
}

/** The paths below docs/ that differ from what is generated: missing, changed, or of a rule that is gone. */
export function staleDocuments(files: ReadonlyMap<string, string>): readonly string[] {
  const changed = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  return [...changed, ...existing().filter((path) => !files.has(path))].sort();
}

export function writeDocuments(files: ReadonlyMap<string, string>): void {
  for (const path of existing()) if (!files.has(path)) rmSync(join(DOCS, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(DOCS, path)), { recursive: true });
    writeFileSync(join(DOCS, path), text);
  }
}

function existing(): readonly string[] {
  return globSync(["rules/*", "*.schema.json"], { cwd: DOCS });
}

function read(path: string): string | undefined {
  const file = join(DOCS, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
