// One TUF repository, read by @sigstore/tuf and by douane.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initTUF } from "@sigstore/tuf";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { douane } from "../fixtures/douane.ts";
import { fakeSigstore } from "../fixtures/fake-sigstore.ts";
import { type TufMirror, TufRepository, tufKey, tufMirror } from "../fixtures/tuf-repository.ts";

const [FIRST, SECOND] = [tufKey(), tufKey()];
const cwd = mkdtempSync(join(tmpdir(), "douane-tuf-readers-"));
let text: string;
let mirror: TufMirror;
let repository: TufRepository;
let runs = 0;
beforeAll(async () => {
  text = JSON.stringify((await fakeSigstore()).trustedRoot);
  mirror = await tufMirror();
});
beforeEach(() => {
  repository = new TufRepository();
  mirror.files = repository.files;
  writeFileSync(join(cwd, "root.json"), repository.root({ rootKeys: [FIRST] }));
  repository.publish(Buffer.from(text));
});
afterAll(async () => {
  await mirror.close();
  rmSync(cwd, { recursive: true });
});

async function bySigstore(): Promise<boolean> {
  const options = { rootPath: join(cwd, "root.json"), cachePath: join(cwd, `cache${++runs}`), retry: 0 };
  try {
    const client = await initTUF({ ...options, mirrorURL: mirror.origin });
    return (await client.getTarget("trusted_root.json")) === text;
  } catch {
    return false;
  }
}

async function byDouane(): Promise<boolean> {
  const file = `trusted_root${++runs}.json`;
  const options = ["--tuf-mirror", mirror.origin, "--tuf-root", "root.json", "--trusted-root", file];
  const { exit } = await douane(["verify", "--update-root", ...options], { cwd });
  return exit === 0 && readFileSync(join(cwd, file), "utf8") === text;
}

test.each<[string, boolean, () => void]>([
  ["as published", true, () => {}],
  [
    "after a rotation of the root",
    true,
    () => repository.root({ version: 2, rootKeys: [SECOND], by: [FIRST, SECOND] }),
  ],
  ["after a rotation by a stranger", false, () => repository.root({ version: 2, rootKeys: [SECOND] })],
  [
    "with an expired timestamp",
    false,
    () => repository.publish(Buffer.from(text), { timestamp: { expires: "2020-01-01T00:00:00Z" } }),
  ],
  [
    "with another file",
    false,
    () => repository.publish(Buffer.from(text), { served: Buffer.from(`{${text.slice(1)} `) }),
  ],
])("a repository %s: both readers agree", async (_, expected, change) => {
  change();
  expect([await bySigstore(), await byDouane()]).toEqual([expected, expected]);
});
