import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { untrustedData } from "./data-directory.ts";

function clone(): string {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, ".local", "share", "douane", "vulnerabilities"), { recursive: true });
  return folder;
}

test.each([
  ["HOME is the clone", (folder: string) => ({ HOME: folder })],
  ["XDG_DATA_HOME lies in the clone", (folder: string) => ({ XDG_DATA_HOME: join(folder, "data") })],
])("data that a repository may have brought are not believed: %s", (_, variables) => {
  const folder = clone();
  const context = { argv: [], cwd: "/", env: variables(folder) };
  expect(untrustedData(context, undefined, undefined)?.en).toContain(`below ${folder}`);
  expect(untrustedData(context, undefined, undefined)?.fr).toContain(`sous ${folder}`);
});

test("data are believed in a folder that the user names, or signed with the policy's key", () => {
  const folder = clone();
  const context = { argv: [], cwd: folder, env: { HOME: folder } };
  expect(untrustedData(context, join(folder, "data"), undefined)).toBeUndefined();
  expect(untrustedData(context, undefined, "PEM")).toBeUndefined();
});

test("data in a home beside the clone are believed", () => {
  const context = { argv: ["check", "."], cwd: clone(), env: { HOME: temporaryDirectory() } };
  expect(untrustedData(context, undefined, undefined)).toBeUndefined();
});

test("check warns of such data and judges without, vulns ends", async () => {
  const cwd = clone();
  const env = { HOME: cwd };
  const { stderr } = await douane(["check", "oci:gone", "--lang", "en"], { env, cwd });
  expect(stderr).toContain("Warning: The vulnerability data below");
  expect((await douane(["check", "oci:gone", "--quiet"], { env, cwd })).stderr).not.toContain("Warning");
  const affected = await douane(["vulns", "affected", "CVE-2026-1111", "a.json"], { env, cwd });
  expect([affected.exit, affected.stderr]).toEqual([64, expect.stringContaining("are not used")]);
});
