import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { doubtOfData } from "./data-directory.ts";

function clone(): string {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, ".local", "share", "douane", "vulnerabilities"), { recursive: true });
  return folder;
}

test.each<[string, (folder: string) => Readonly<Record<string, string>>, boolean]>([
  ["HOME is the clone", (folder) => ({ HOME: folder }), false],
  ["XDG_DATA_HOME lies in the clone", (folder) => ({ XDG_DATA_HOME: join(folder, "data") }), false],
  ["DOUANE_DATA lies in the clone", (folder) => ({ DOUANE_DATA: join(folder, "data") }), true],
])("data that a repository may have brought are not believed: %s", (_, variables, isAsked) => {
  const folder = clone();
  const context = { argv: [], cwd: "/", env: variables(folder) };
  const doubt = doubtOfData(context, isAsked ? join(folder, "data") : undefined, undefined);
  expect(doubt?.isUsed).toBe(false);
  expect(doubt?.text.en).toContain(`below ${folder}`);
  expect(doubt?.text.fr).toContain(`sous ${folder}`);
});

test.each([
  [["check", "--data", "data"], true],
  [["check", "--data=data"], true],
  [["check", "--", "--data"], false],
  [["check", "--database=data"], false],
])("data in the clone are used, and said, where the command line names them: %j: %s", (argv, isUsed) => {
  const cwd = clone();
  const doubt = doubtOfData({ argv, cwd, env: {} }, "data", undefined);
  expect([doubt?.isUsed, doubt?.text.en.includes("because --data names them")]).toEqual([isUsed, isUsed]);
});

test("data that the policy's key has to have signed are believed anywhere", () => {
  const folder = clone();
  const context = { argv: [], cwd: folder, env: { HOME: folder } };
  expect(doubtOfData(context, undefined, "PEM")).toBeUndefined();
  expect(doubtOfData(context, "data", "PEM")).toBeUndefined();
});

test("data that somebody names in a working directory without a mark are believed", () => {
  const cwd = temporaryDirectory();
  for (const argv of [
    ["check", "--data", "data"],
    ["vulns", "status"],
  ]) {
    expect(doubtOfData({ argv, cwd, env: {} }, "data", undefined)).toBeUndefined();
  }
  expect(doubtOfData({ argv: ["check", "."], cwd, env: {} }, "data", undefined)).toBeDefined();
});

test("data beside the clone are believed", () => {
  const own = temporaryDirectory();
  const context = { argv: ["check", "."], cwd: clone(), env: { HOME: own } };
  expect(doubtOfData(context, undefined, undefined)).toBeUndefined();
  const typed = { ...context, argv: ["check", "--data", join(own, "data")] };
  expect(doubtOfData(typed, join(own, "data"), undefined)).toBeUndefined();
  expect(doubtOfData(context, join(own, "data"), undefined)).toBeUndefined();
});

test("check warns of such data and judges without, vulns ends", async () => {
  const cwd = clone();
  const env = { HOME: cwd };
  const { stderr } = await douane(["check", "oci:gone", "--lang", "en"], { env, cwd });
  expect(stderr).toContain("Warning: The vulnerability data below");
  expect((await douane(["check", "oci:gone", "--quiet"], { env, cwd })).stderr).not.toContain("Warning");
  const affected = await douane(["vulns", "affected", "CVE-2026-1111", "a.json"], { env, cwd });
  expect([affected.exit, affected.stderr]).toEqual([64, expect.stringContaining("are not used")]);
  const target = ["vulns", "export", join(temporaryDirectory(), "out")];
  const exported = await douane(target, { env, cwd });
  expect([exported.exit, exported.stderr]).toEqual([64, expect.stringContaining("are not used")]);
});

test.each([
  [["check", "oci:gone"], 65],
  [["vulns", "affected", "CVE-2026-1111", "a.json"], 69],
])("what the command line names is used, and said: %j", async (argv) => {
  const cwd = clone();
  const context = { env: { HOME: temporaryDirectory() }, cwd };
  const { stderr } = await douane([...argv, "--data", "data", "--lang", "en"], context);
  expect(stderr).toContain("they are used because --data names them");
  const quiet = await douane([...argv, "--data", "data", "--quiet", "--lang", "en"], context);
  expect(quiet.stderr).not.toContain("because --data names them");
});
