import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { VERSION } from "../../src/cli/process/version.ts";
import { SCHEMAS } from "../../src/cli/schema/schemas.ts";
import { RULES } from "../../src/rules/index.ts";
import { databaseRolesSql } from "../../src/server/store/database-roles.ts";
import { helmChart } from "./helm-chart.ts";
import { ruleIndex } from "./rule-index.ts";
import { rulePage } from "./rule-page.ts";
import { shellsPage } from "./shells-page.ts";
import { withShownOutputs } from "./shown-output.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Every generated document, or document with generated parts, by its path. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>([["docs/rules/README.md", ruleIndex(RULES)]]);
  for (const rule of RULES) files.set(`docs/rules/${rule.id}.md`, rulePage(rule));
  for (const schema of SCHEMAS) {
    files.set(`docs/${schema.name}.schema.json`, `${JSON.stringify(await schema.load("en"), null, 2)}\n`);
  }
  files.set("docs/shells.md", shellsPage());
  files.set("deploy/database-roles.sql", databaseRolesSql());
  for (const [path, text] of helmChart(VERSION)) files.set(path, text);
  files.set("README.md", await withShownOutputs("README.md", "en"));
  files.set("LISEZMOI.md", await withShownOutputs("LISEZMOI.md", "fr"));
  for (const page of globSync("docs/usage/*.md", { cwd: ROOT })) {
    files.set(page, await withShownOutputs(page, page.endsWith(".fr.md") ? "fr" : "en"));
  }
  return files;
}

/** Paths that differ from the generated documents: missing, changed, or of a removed rule. */
export function staleDocuments(files: ReadonlyMap<string, string>): readonly string[] {
  const changed = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  return [...changed, ...existing().filter((path) => !files.has(path))].sort();
}

export function writeDocuments(files: ReadonlyMap<string, string>): void {
  for (const path of existing()) if (!files.has(path)) rmSync(join(ROOT, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

function existing(): readonly string[] {
  return globSync(["docs/rules/*", "docs/*.schema.json", "deploy/helm/**/*.yaml"], { cwd: ROOT });
}

function read(path: string): string | undefined {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
