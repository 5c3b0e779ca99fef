import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const DAY_MS = 86_400_000;

let home = "";
let cache = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "douane-cache-"));
  cache = join(home, ".cache", "douane");
});
afterEach(() => rmSync(home, { recursive: true }));

function put(name: string, bytes: number, ageMs: number): string {
  const path = join(cache, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "x".repeat(bytes));
  utimesSync(path, (NOW - ageMs) / 1_000, (NOW - ageMs) / 1_000);
  return path;
}

function run(...argv: readonly string[]) {
  return douane(["cache", ...argv], { env: { HOME: home } });
}

describe("douane cache", () => {
  test("shows each part with its size and its age", async () => {
    put("layers/facts/a.json", 2_048, 3 * DAY_MS);
    put("code/b/c", 512, DAY_MS / 24);
    const { exit, stdout } = await run();
    expect(exit).toBe(0);
    expect(stdout).toBe(`${cache}: 2 entries, 2.5 KiB, unused for 3 d at most
  layer analyses: 1 entry, 2 KiB, unused for 3 d at most
  layers unpacked for trials: 0 entries
  compiled code: 1 entry, 512 B, unused for 1 h at most
`);
  });

  test("prune removes what was not used for long, a month unless told otherwise", async () => {
    const [old, young] = [
      put("layers/facts/a.json", 10, 40 * DAY_MS),
      put("layers/facts/b.json", 20, 8 * DAY_MS),
    ];
    expect((await run("prune")).stdout).toBe("Removed: 10 B (1). Kept: 20 B (1).\n");
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    await run("prune", "--older-than", "7d");
    expect(existsSync(young)).toBe(false);
  });

  test("clean removes everything, nothing outside of the cache", async () => {
    const beside = join(home, "beside");
    writeFileSync(beside, "");
    put("layers/facts/a.json", 10, 0);
    expect((await run("clean")).stdout).toBe("Removed: 10 B (1). Kept: 0 B (0).\n");
    expect(existsSync(beside)).toBe(true);
  });

  test("layers that a trial may be using stay", async () => {
    const folder = join(cache, "unpacked", "layers-1", "host", "a".repeat(22));
    put(join("unpacked", "layers-1", "host", "a".repeat(22), "layer.json"), 2, 0);
    writeFileSync(join(folder, "bytes"), "4096");
    // The clock of the machine: they were made just now.
    const env = { HOME: home };
    const now = () => new Date();
    const clean = await douane(["cache", "clean"], { env, now });
    expect(clean.stdout).toBe(
      "Removed: 0 B (0). Kept: 4 KiB (1).\nUnpacked layers used within 2 h, kept for a trial that may be running: 1.\n",
    );
    expect(existsSync(folder)).toBe(true);
  });

  test("where there is none, says so", async () => {
    expect((await douane(["cache"], { env: {} })).stdout).toBe("no cache (HOME is not set)\n");
    expect((await run("clean")).stdout).toBe("Removed: 0 B (0). Kept: 0 B (0).\n");
  });

  test.each([
    [["clear"], 'douane cache "clear": unknown action. Did you mean clean?'],
    [["prune", "--older-than", "soon"], '--older-than "soon": write a number of days or hours'],
  ])("%j is refused", async (argv, says) => {
    const { exit, stderr } = await run(...argv);
    expect([exit, stderr]).toEqual([64, expect.stringContaining(says)]);
  });
});
