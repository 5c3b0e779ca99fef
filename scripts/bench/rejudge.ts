// `node scripts/bench/rejudge.ts FOLDER OTHER [IMAGES]`: fabricates images of 300 components each from the packages of
// imported vulnerability data (FOLDER of `douane vulns import --data`), indexes what each asked of the data in an
// embedded PostgreSQL, and prints the time to find the images that the data of OTHER touch. Then compares every image
// with OTHER in full, as a server does: an image that the index left out has to have the same result.

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import type { OsFacts, PackageFacts } from "../../src/contract/package-facts.ts";
import { rememberedAnswers } from "../../src/server/serve/remembered-answers.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { readCatalog, TABLES_FOLDER } from "../../src/vulnerabilities/database/catalog.ts";
import { openDatabase } from "../../src/vulnerabilities/database/open-database.ts";
import { answerOf, recordedData } from "../../src/vulnerabilities/database/recorded-answers.ts";
import { SortedTable } from "../../src/vulnerabilities/database/table/sorted-table.ts";
import type { VulnerabilityDatabase } from "../../src/vulnerabilities/database.ts";
import { matchComponents } from "../../src/vulnerabilities/match/match-components.ts";
import type { MatchedComponent } from "../../src/vulnerabilities/match/matched-component.ts";

const [before = "", after = "", count = "10000"] = process.argv.slice(2);
const IMAGES = Number(count);
const COMPONENTS = 300;
/** Distinct packages from which the components are drawn, of each kind. */
const NAMES = 2_000;
/** Images that are written to the index at once. */
const AT_ONCE = 4;
const TODAY = new Date().toISOString().slice(0, 10);

interface Kind {
  readonly family: string;
  readonly type: PackageFacts["type"];
  readonly versions: readonly string[];
  readonly os?: OsFacts;
}

const KINDS: readonly Kind[] = [
  { family: "Debian", type: "deb", versions: ["1.0-1", "3.5.7-1"], os: { id: "debian", version: "12" } },
  { family: "Ubuntu", type: "deb", versions: ["2.0-0ubuntu1"], os: { id: "ubuntu", version: "24.04" } },
  { family: "Alpine", type: "apk", versions: ["1.0-r0", "3.2-r1"], os: { id: "alpine", version: "3.20.1" } },
  { family: "Rocky Linux", type: "rpm", versions: ["1:1.0-1.el9"], os: { id: "rocky", version: "9.4" } },
  { family: "npm", type: "npm", versions: ["1.0.0", "4.17.20"] },
  { family: "PyPI", type: "pypi", versions: ["1.0", "2.31.0"] },
  { family: "Maven", type: "maven", versions: ["1.0", "2.14.1"] },
  { family: "Go", type: "golang", versions: ["v1.0.0", "v0.9.1"] },
  { family: "RubyGems", type: "gem", versions: ["1.0.0"] },
  { family: "Packagist", type: "composer", versions: ["1.0.0"] },
  { family: "crates.io", type: "cargo", versions: ["0.1.0"] },
  { family: "NuGet", type: "nuget", versions: ["1.0.0"] },
  { family: "Bitnami", type: "generic", versions: ["1.0.0"] },
];

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

/** Names in the data by family, at most NAMES of each. */
function namesIn(directory: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { file, bytes } of readCatalog(directory)?.sources ?? []) {
    const table = new SortedTable(join(directory, TABLES_FOLDER, file), bytes);
    for (const { key } of table.sections()) {
      const kind = KINDS.find(({ family }) => key.startsWith(`a ${family} `));
      if (kind === undefined) continue;
      const known = found.get(kind.family) ?? new Set();
      if (known.size < NAMES) known.add(key.slice(kind.family.length + 3));
      found.set(kind.family, known);
    }
    table.close();
  }
  return new Map([...found].map(([family, held]) => [family, [...held]]));
}

/** Packages of one distribution, and of the languages; the same for a number, whatever runs. */
function componentsOf(
  image: number,
  names: ReadonlyMap<string, readonly string[]>,
): readonly MatchedComponent[] {
  const systems = KINDS.filter(({ os }) => os !== undefined);
  const system = systems[image % systems.length];
  const kinds = [...KINDS.filter(({ os }) => os === undefined), ...(system === undefined ? [] : [system])];
  const { os } = system ?? {};
  return Array.from({ length: COMPONENTS }, (_, index) => {
    const number = (image * 7919 + index * 104_729) % 1_000_003;
    const kind = (index % 2 === 0 ? system : kinds[index % kinds.length]) ?? system;
    const held = names.get(kind?.family ?? "") ?? [];
    const whole = held[number % Math.max(1, held.length)] ?? `part-${number % NAMES}`;
    const version = kind?.versions[number % kind.versions.length] ?? "1";
    const at = Math.max(whole.lastIndexOf("/"), whole.lastIndexOf(":"));
    const named = at < 0 ? { name: whole } : { namespace: whole.slice(0, at), name: whole.slice(at + 1) };
    const facts: PackageFacts = { type: kind?.type ?? "npm", version, ...named };
    return { facts, ...(os === undefined ? {} : { os }) };
  });
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
