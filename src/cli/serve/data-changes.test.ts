import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import { watchData } from "./data-changes.ts";

const directory = mkdtempSync(join(tmpdir(), "douane-data-changes-"));
afterAll(() => rmSync(directory, { recursive: true }));
const eventually = { timeout: DEADLINE_MS, interval: 5 };

function write(text: string): void {
  writeFileSync(join(directory, "new.json"), text);
  renameSync(join(directory, "new.json"), join(directory, "catalog.json"));
}

test("data are read again when their catalogue was replaced or a day began; what cannot be read leaves those before", async () => {
  write("1");
  const used: string[] = [];
  const lines: string[] = [];
  let [opened, day] = [0, "2026-06-15"];
  let next: (() => VulnerabilityDatabase | undefined) | undefined;
  const database = { sources: [] } as unknown as VulnerabilityDatabase;
  const stop = watchData(
    {
      directory,
      async open() {
        opened += 1;
        return next === undefined ? database : next();
      },
      use: async () => void used.push("used"),
    },
    () => Date.parse(`${day}T12:00:00Z`),
    (level, message) => lines.push(`${level}: ${message}`),
    5,
  );
  write("22");
  await expect.poll(() => used.length, eventually).toBe(1);
  day = "2026-06-16";
  await expect.poll(() => used.length, eventually).toBe(2);
  next = () => undefined;
  write("333");
  await expect
    .poll(() => lines, eventually)
    .toEqual([expect.stringMatching(/^warn: .* those of before are used/)]);
  next = () => {
    throw new Error("damaged");
  };
  write("4444");
  await expect.poll(() => lines.length, eventually).toBe(2);
  expect([used.length, opened]).toEqual([2, 4]);
  stop();
});
