// Used tokens in a folder that two notaries share, each a process of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../fixtures/imports.ts";

test("of two processes at once, exactly one is first for each token", async () => {
  const folder = mkdtempSync(join(tmpdir(), "douane-uses-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(ROOT, "test", "fixtures", "token-uses-process.ts");
  const children = ["x", "y"].map((body) =>
    spawn(process.execPath, [script, folder, body, "200"], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  const said = children.map(() => "");
  for (const [index, child] of children.entries())
    child.stdout.on("data", (data) => (said[index] += String(data)));
  await Promise.all(children.map(async (child) => once(child.stdout, "data")));
  const ended = children.map(async (child) => once(child, "close"));
  for (const child of children) child.stdin.end("go\n");
  await Promise.all(ended);
  const results = said.map(
    (text) => JSON.parse(text.split("\n")[1] ?? "") as { readonly since: number; readonly first: number[] },
  );
  const all = results.flatMap(({ first }) => first).toSorted((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: 200 }, (_, token) => token));
  expect(new Set(results.map(({ since }) => since)).size).toBe(1);
});
