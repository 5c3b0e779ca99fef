import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { CONTRACT } from "../../contract/edition.ts";
import { VERSION, versionLine } from "./version.ts";

test("the version is package.json's", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({ version: VERSION });
});

test("the contract's edition and the commit stand behind it", () => {
  expect(versionLine("1a2b3c4d5e6f").fr).toBe(`douane ${VERSION} (contrat ${CONTRACT}, commit 1a2b3c4d5e6f)`);
  expect(versionLine().en).toBe(`douane ${VERSION} (contract ${CONTRACT})`);
});

test.each([["--version"], ["-V"], ["version"], ["version", "--quiet"]])(
  "%j %j says it in one line",
  async (...argv) => {
    const words = argv.filter((word) => word !== undefined);
    expect(await douane(words)).toEqual({ exit: 0, stdout: `${versionLine().en}\n`, stderr: "" });
  },
);

test("version --json is for programs", async () => {
  const { exit, stdout } = await douane(["version", "--json"]);
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ version: VERSION, contract: CONTRACT, node: process.versions.node });
});
