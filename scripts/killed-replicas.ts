// `npm run killed-replicas [-- PODS IMAGES]`: creates pods (10,000 of 50 images by default) through three replicas of
// `douane serve` on one PostgreSQL, of which one is killed every five seconds, and reports whether an image was
// examined twice, a pod without proof admitted, or one with proof not. test/e2e/killed-replicas.test.ts does so with
// fewer pods.

import { killedReplicas } from "../test/fixtures/killed-replicas.ts";

const [pods = 10_000, images = 50] = process.argv.slice(2).map(Number);
const { reads, examined, ...after } = await killedReplicas({
  pods,
  images,
  unproven: 5,
  roles: ["all", "all", "all"],
  killMs: 5_000,
  kills: 3,
});
const most = (counts: readonly number[]) => counts.reduce((a, b) => Math.max(a, b), 0);
const lines = [
  `${after.admitted} pods admitted in ${after.seconds.toFixed(0)} s, ${after.retried} of them by a retry; ${after.kills} replicas killed`,
  `${after.wrong + after.wrongEntries} admitted without proof; ${after.damages} damages of the audit log; ${after.waiting} examinations left`,
  `images: ${reads.length}, of which ${reads.filter((count) => count > 1).length} were begun again after a kill (${most(reads)} times at most)`,
  `verdicts kept of one subject: ${most(examined)} at most`,
];
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = after.wrong + after.wrongEntries + after.damages + after.waiting > 0 ? 1 : 0;
