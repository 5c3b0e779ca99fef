import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isGroup } from "../../src/cli/command-line/command.ts";
import { loadedEntries } from "../../src/cli/command-line/leaves.ts";
import { longFlag } from "../../src/cli/command-line/option.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { LANGS } from "../../src/contract/text.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { manPage } from "./man-page.ts";

/** Bold is a letter over itself. */
const BACKSPACE = "\b";

test.each(LANGS)("the page in %s is sound to mandoc, and shows every command and option", async (lang) => {
  const file = join(temporaryDirectory(), "douane.1");
  writeFileSync(file, await manPage(lang, "2026-11-26"));
  const { status, stdout } = spawnSync("mandoc", ["-Tlint", "-Wwarning", file], { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, ""]);
  const shown = execFileSync("mandoc", ["-Tutf8", "-Owidth=100", file], { encoding: "utf8" });
  const plain = shown.replaceAll(new RegExp(`.${BACKSPACE}`, "g"), "");
  for (const { path, command } of await loadedEntries(COMMANDS)) {
    expect(plain).toContain(`douane ${path}`);
    if (isGroup(command)) continue;
    for (const flag of Object.keys(command.flags)) expect(plain).toContain(longFlag(flag));
  }
});
