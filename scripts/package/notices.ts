import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type RolldownOptions, rolldown } from "rolldown";

const ROOT = join(import.meta.dirname, "..", "..");

/** Licences of data packages without a text; they only require the address and the author. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
  "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
};

/** The Apache licence, which douane is under, too. */
const APACHE = readFileSync(join(ROOT, "LICENSE"), "utf8").trim();

/**
 * Texts of licences for packages that ship none, by package name: standard texts with the package's copyright
 * line.
 */
const FORGOTTEN: Readonly<Record<string, string>> = {
  "@sigstore/verify": `Copyright 2023 The Sigstore Authors (https://github.com/sigstore/sigstore-js)

${APACHE}`,
  saxes: `Copyright (c) the contributors to saxes (https://github.com/lddubeau/saxes)

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};

/** Licences that ask for their text, and for nothing else of a bundle. */
const KNOWN = new Set([
  ...Object.keys(ADDRESSES),
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
]);

/**
 * Notices of all third-party packages in the bundle. @throws if a package has no licence, or one that was not
 * reviewed
 */
export async function thirdPartyNotices(configs: readonly RolldownOptions[]): Promise<string> {
  const folders = new Set<string>();
  for (const config of configs) for (const id of await modulesOf(config)) addPackage(folders, id);
  const parts = [...folders].toSorted().flatMap((folder) => [noticeOf(folder), ...carriedNotices(folder)]);
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
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const { name, version, license } = manifest;
  if (!KNOWN.has(license)) throw new Error(`${name} ${version}: licence ${String(license)} is not looked at`);
  const [file] = globSync("{LICENSE,LICENCE,license}{,.md,.txt}", { cwd: path });
  const text =
    file === undefined
      ? (addressOf(manifest) ?? ofReadme(path) ?? FORGOTTEN[name])
      : readFileSync(join(path, file), "utf8").trim();
  if (text === undefined) throw new Error(`${name} ${version}: no text of its licence in ${dirname(path)}`);
  return `${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n\n${text}`;
}

/**
 * Code of other projects that a bundled package carries, without stating its version. Its terms are taken
 * from the licence of Node, which carries it, too.
 */
const CARRIED: Readonly<Record<string, readonly string[]>> = { undici: ["llhttp"] };

function carriedNotices(folder: string): readonly string[] {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  const line = "=".repeat(80);
  return (CARRIED[name] ?? []).map(
    (carried) => `${line}\n${carried} ${name}@${version} (MIT)\n${line}\n\n${nodesTerms(carried)}`,
  );
}

/** Terms of a library in the licence of the locked Node. @throws if they are not there, or not those of MIT */
function nodesTerms(library: string): string {
  const [file] = globSync("node_modules/node/node_modules/node-*/LICENSE", { cwd: ROOT });
  const text = file === undefined ? "" : readFileSync(join(ROOT, file), "utf8");
  const [, behind = ""] = text.split(`- ${library}, located at `);
  const [, terms = ""] = behind.split('"""');
  if (!terms.includes("Permission is hereby granted"))
    throw new Error(`no terms of ${library} in Node's licence`);
  return terms.replace(/^ +/gm, "").trim();
}

/** Text of a licence at the end of a README: a heading and the whole text, not just its name. */
function ofReadme(path: string): string | undefined {
  const [file] = globSync("{README,readme}.md", { cwd: path });
  if (file === undefined) return undefined;
  const [, text] = /\n#+ *licen[cs]e *\n(.*)$/is.exec(readFileSync(join(path, file), "utf8")) ?? [];
  return text?.includes("WITHOUT WARRANTY") === true ? text.trim() : undefined;
}

function addressOf({ license, author, repository }: Record<string, string>): string | undefined {
  const address = ADDRESSES[license ?? ""];
  return address && `${address}\nby ${JSON.stringify(author ?? repository)}`;
}
