import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type RolldownOptions, rolldown } from "rolldown";

const ROOT = join(import.meta.dirname, "..", "..");

/** Licences that ask for their text, and for nothing else of a bundle. */
const KNOWN = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);

/** What is in the bundle of others, and on which terms. @throws where a package says none, or one that nobody has looked at */
export async function thirdPartyNotices(configs: readonly RolldownOptions[]): Promise<string> {
  const folders = new Set<string>();
  for (const config of configs) for (const id of await modulesOf(config)) addPackage(folders, id);
  const parts = [...folders].toSorted().map(noticeOf);
  const about = "douane's bundle holds code of the packages below, each on the terms that follow its name.";
  return `${about}\n\n${parts.join("\n\n")}\n`;
}

async function modulesOf({ output, ...input }: RolldownOptions): Promise<readonly string[]> {
  const bundle = await rolldown({ ...input, logLevel: "silent" });
  const options = Array.isArray(output) ? output[0] : output;
  const { output: files } = await bundle.generate(options);
  await bundle.close();
  return files.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
}

/** The folder of the package that a module belongs to; nothing for one of ours. */
function addPackage(folders: Set<string>, id: string): void {
  const path = /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
  if (path !== undefined) folders.add(path.slice(path.indexOf("node_modules/")));
}

function noticeOf(folder: string): string {
  const path = join(ROOT, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  if (!KNOWN.has(license)) throw new Error(`${name} ${version}: licence ${String(license)} is not looked at`);
  const [file] = globSync("{LICENSE,LICENCE,license}{,.md,.txt}", { cwd: path });
  if (file === undefined) throw new Error(`${name} ${version}: no text of its licence in ${dirname(path)}`);
  const text = readFileSync(join(path, file), "utf8").trim();
  return `${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n\n${text}`;
}
