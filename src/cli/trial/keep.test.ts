import {
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { keepIn } from "./keep.ts";

const FACTS = trialFacts();
const NAME = "Deployment_web_web";

async function kept(folder: string, name = "Deployment/web web"): Promise<string> {
  await keepIn("kept", folder)(name, FACTS);
  return join(folder, "kept");
}

test("each trial has a new folder", async () => {
  const cwd = temporaryDirectory();
  const folder = await kept(cwd);
  await kept(cwd);
  await kept(cwd, "../../..");
  expect(readdirSync(folder).toSorted()).toEqual([NAME, `${NAME}-2`, "trial"]);
  expect(JSON.parse(readFileSync(join(folder, NAME, "trial.json"), "utf8"))).toEqual(FACTS);
  expect(readdirSync(join(folder, `${NAME}-2`))).toEqual(readdirSync(join(folder, NAME)));
});

describe("links that somebody planted", () => {
  test("in the place of a trial's folder lead nowhere", async () => {
    const [cwd, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    mkdirSync(join(cwd, "kept"));
    symlinkSync(elsewhere, join(cwd, "kept", NAME));
    await kept(cwd);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readdirSync(join(cwd, "kept", `${NAME}-2`))).toContain("trial.json");
  });

  test("in the place of its files lead nowhere", async () => {
    const [cwd, target] = [temporaryDirectory(), join(temporaryDirectory(), "precious")];
    writeFileSync(target, "precious");
    mkdirSync(join(cwd, "kept", NAME), { recursive: true });
    for (const file of ["trial.json", "changes.txt"]) symlinkSync(target, join(cwd, "kept", NAME, file));
    if (process.getuid?.() === 0)
      for (const path of ["kept", `kept/${NAME}`]) chownSync(join(cwd, path), 1, 1);
    await kept(cwd);
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect(lstatSync(join(cwd, "kept", `${NAME}-2`, "trial.json")).isFile()).toBe(true);
  });

  test("in the place of the folder itself are refused", async () => {
    const [cwd, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    symlinkSync(elsewhere, join(cwd, "kept"));
    await expect(kept(cwd)).rejects.toMatchObject({
      code: "keep-unwritable",
      message: expect.stringContaining("A symbolic link is not followed."),
    });
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
