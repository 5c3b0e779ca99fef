// `node scripts/bench/rejudge.ts FOLDER OTHER [IMAGES]`: fabricates images of 300 components each from the packages of
// imported vulnerability data (FOLDER of `douane vulns import --data`), indexes what each asked of the data in an
// embedded PostgreSQL, and prints the time to find the images that the data of OTHER touch. Then compares every image
// with OTHER in full, as a server does: an image that the index left out has to have the same result.

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { rememberedAnswers } from "../../src/server/serve/remembered-answers.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { openDatabase } from "../../src/vulnerabilities/database/open-database.ts";
import { answerOf, recordedData } from "../../src/vulnerabilities/database/recorded-answers.ts";
import type { VulnerabilityDatabase } from "../../src/vulnerabilities/database.ts";
import { matchComponents } from "../../src/vulnerabilities/match/match-components.ts";
import { COMPONENTS, componentsOf, namesIn } from "./rejudge/components.ts";

const [before = "", after = "", count = "10000"] = process.argv.slice(2);
const IMAGES = Number(count);
/** Images that are written to the index at once. */
const AT_ONCE = 4;
const TODAY = new Date().toISOString().slice(0, 10);

const folder = mkdtempSync(join(tmpdir(), "douane-bench-"));
chmodSync(folder, 0o755);
const store = await openStore({ folder: join(folder, "data") }, { douane: "0.1.0" });
const [old, now] = [before, after].map((data) => rememberedAnswers(openDatabase(data, TODAY))) as [
  VulnerabilityDatabase,
  VulnerabilityDatabase,
];
try {
  const names = namesIn(before);
  const [recorded, results] = [new Map<Digest, number>(), new Map<Digest, string>()];
  let started = performance.now();
  const writes: Promise<void>[] = [];
  for (let index = 0; index < IMAGES; index++) {
    const { data, answers } = recordedData(old);
    const digest = sha256(`image ${index}`);
    results.set(digest, resultOf(matchComponents(componentsOf(index, names), data, TODAY)));
    writes.push(store.dataIndex.keepAnswers(digest, answers));
    if (writes.length === AT_ONCE) await Promise.all(writes.splice(0));
    recorded.set(digest, answers.size);
  }
  await Promise.all(writes);
  say(
    `compared and indexed: ${IMAGES} images of ${COMPONENTS} components, ${sum(recorded.values())} answers`,
    started,
  );
  const { rows } = await store.database.pool.query<{ answers: string; bytes: string }>(
    `select (select count(*) from douane.data_answer) as answers,
      pg_size_pretty(pg_total_relation_size('douane.image_answers') + pg_total_relation_size('douane.data_answer')) as bytes`,
  );
  process.stdout.write(
    `distinct answers: ${rows[0]?.answers}; both tables with their indexes: ${rows[0]?.bytes}\n`,
  );
  const cpu = process.cpuUsage();
  started = performance.now();
  const fresh = openDatabase(after, TODAY);
  const touched = await store.dataIndex.touchedBy((query) => answerOf(fresh, query));
  fresh.close();
  const { user, system } = process.cpuUsage(cpu);
  say(`touched: ${touched.size} images; CPU of node ${((user + system) / 1e6).toFixed(2)} s`, started);
  started = performance.now();
  const all = await store.dataIndex.touchedBy(() => undefined);
  say(`worst case, every answer changed: ${all.size} images`, started);
  started = performance.now();
  const begun = process.cpuUsage();
  let [differ, missed] = [0, 0];
  for (let index = 0; index < IMAGES; index++) {
    const digest = sha256(`image ${index}`);
    const result = resultOf(matchComponents(componentsOf(index, names), now, TODAY));
    if (result === results.get(digest)) continue;
    differ += 1;
    if (!touched.has(digest)) missed += 1;
  }
  const spent = process.cpuUsage(begun);
  const each = ((spent.user + spent.system) / 1_000 / IMAGES).toFixed(1);
  say(
    `compared in full: ${differ} images with another result, ${missed} of them not touched; ${each} ms of CPU each`,
    started,
  );
  if (missed > 0) process.exitCode = 1;
} finally {
  old.close();
  now.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

function resultOf(facts: ReturnType<typeof matchComponents>): string {
  return sha256(JSON.stringify({ ...facts, sources: [] }));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, one) => total + one, 0);
}

function say(text: string, since: number): void {
  process.stdout.write(`${text}: ${((performance.now() - since) / 1_000).toFixed(2)} s\n`);
}
