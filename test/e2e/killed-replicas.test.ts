import { expect, test } from "vitest";
import { killedReplicas } from "../fixtures/killed-replicas.ts";

test("replicas of two roles that are killed under load examine each image once, admit none without proof, and every retry succeeds", async () => {
  const pods = 12;
  const after = await killedReplicas({
    pods,
    images: 3,
    unproven: 1,
    roles: ["admission", "examiner"],
    killMs: 1_500,
    kills: 2,
    mostKills: 2,
  });
  expect(after).toMatchObject({ wrong: 0, wrongEntries: 0, damages: 0, waiting: 0 });
  // One image of four is never admitted; load goes on until both were killed.
  expect(after.admitted).toBeGreaterThanOrEqual(Math.floor((pods * 3) / 4));
  expect(after.retried).toBeGreaterThan(0);
  for (const count of after.examined) expect(count).toBeLessThanOrEqual(1);
  for (const count of after.reads) expect(count).toBeGreaterThan(0);
  // An examination that a kill interrupts is begun again; each replica has two at a time.
  const again = after.reads.reduce((sum, count) => sum + count - 1, 0);
  expect(again).toBeLessThanOrEqual(2 * after.kills);
});
