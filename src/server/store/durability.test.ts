import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { decision } from "../../../test/fixtures/decisions.ts";
import { killedRecorders } from "../../../test/fixtures/killed-recorders.ts";
import { serverFolder } from "../../../test/fixtures/postgresql.ts";
import { verifyChain } from "../audit/verify-chain.ts";
import { entriesOf } from "./audit-log.ts";
import { openStore, type PostgresStore } from "./open-store.ts";

test("no answered decision is lost, and the chain is whole, when the process and PostgreSQL are killed under load", async () => {
  const { answered, lost, entries, damages, kills } = await killedRecorders(4);
  expect({ lost, damages, kills }).toEqual({ lost: [], damages: 0, kills: [2, 2] });
  expect(answered).toBeGreaterThan(0);
  // An entry without an answer is possible, an answer without an entry is not.
  expect(entries).toBeGreaterThanOrEqual(answered);
});

test.runIf(process.getuid?.() === 0)(
  "on a full disk nothing is answered that is not recorded, and space heals it",
  async () => {
    const folder = serverFolder();
    const disk = join(folder, "disk");
    mkdirSync(disk);
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=110m", "tmpfs", disk]).status).toBe(0);
    try {
      const store = await openStore({ folder: join(disk, "data") }, { douane: "0.1.0" });
      const ballast = join(disk, "ballast");
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - 2_000_000));
      const answered: string[] = [];
      const refused = await untilRefused(store, answered);
      expect(refused).toMatchObject({
        code: expect.stringMatching(/^store-(?:full|unreachable)$/),
        exit: 69,
      });
      rmSync(ballast);
      while (!(await store.isReady())) await sleep(50);
      await store.record(decision({ uid: "after" }));
      const uids: string[] = [];
      for await (const { entry } of entriesOf(store.database)) uids.push(JSON.parse(entry).decision.uid);
      expect(uids).toEqual(expect.arrayContaining([...answered, "after"]));
      expect(await verifyChain(entriesOf(store.database))).toMatchObject({ damages: 0 });
      await store.close();
    } finally {
      spawnSync("umount", ["--lazy", disk]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

/** Records large decisions until one is refused: its error. What was answered before is added to `answered`. */
async function untilRefused(store: PostgresStore, answered: string[]): Promise<unknown> {
  for (let index = 0; ; index++) {
    const uid = `full-${index}`;
    const causes = [{ reason: "non-root", message: `${index}`.repeat(20_000) } as const];
    try {
      await store.record(decision({ uid, causes }));
      answered.push(uid);
    } catch (error) {
      return error;
    }
  }
}
