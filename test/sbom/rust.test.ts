import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { AuditDataSearch } from "../../src/sbom/catalogers/rust/audit-data.ts";
import { rustProgram } from "../fixtures/rust-program.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-rust-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { program, library } = rustProgram(folder);

/** The list as binutils finds it, by the section table. */
function section(
  file: string,
): readonly { readonly name: string; readonly version: string; readonly kind?: string }[] {
  const dump = join(folder, "section");
  execFileSync("objcopy", ["--dump-section", `.dep-v0=${dump}`, file, "/dev/null"]);
  return (JSON.parse(inflateSync(readFileSync(dump)).toString()) as { packages: [] }).packages;
}

function found(file: string): readonly string[] | undefined {
  const search = new AuditDataSearch();
  const bytes = readFileSync(file);
  for (let at = 0; at < bytes.length; at += 65_536) search.push(bytes.subarray(at, at + 65_536));
  return search.end()?.packages.map(({ name, version }) => `${name} ${version}`);
}

test.each([
  ["a program", program],
  ["a shared library", library],
])("the crates of %s are those of its section .dep-v0, but for what only built it", (_, file) => {
  const listed = section(file);
  expect(listed.map(({ name }) => name)).toContain("builder");
  const linked = listed.filter(({ kind }) => kind !== "build");
  expect(found(file)).toEqual(linked.map(({ name, version }) => `${name} ${version}`));
  expect(found(file)).toContain("greeting 1.2.0-rc.1+x");
});

test("a program that was stripped states what binutils still finds in it", () => {
  const stripped = join(folder, "stripped");
  execFileSync("strip", ["--strip-all", "-o", stripped, program]);
  expect(found(stripped)).toEqual(found(program));
});
