import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decision, storedVerdict, VERDICT_KEY } from "../../../test/fixtures/decisions.ts";
import { type TestServer, testServer } from "../../../test/fixtures/postgresql.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { AuditEntry } from "../audit/entry.ts";
import { verifyChain } from "../audit/verify-chain.ts";
import { TRIAL_WORK, trialKey } from "../examine/trial-work.ts";
import type { GracePeriod } from "../grace-store.ts";
import type { Release } from "../ports.ts";
import { entriesOf } from "./audit-log.ts";
import { dataIndex } from "./data-answers.ts";
import { connect } from "./database/connect.ts";
import { MIGRATIONS } from "./database/migrations/list.ts";
import { DATABASE_ROLES, databaseRolesSql } from "./database-roles.ts";
import { keepDocument, readDocuments } from "./documents.ts";
import { keepEvidence, readEvidence } from "./evidence.ts";
import { judgedByDigest } from "./examinations/queue-rows.ts";
import { imageEvidence } from "./image-evidence.ts";
import { type KeptSubject, keptSubjects } from "./kept-subjects.ts";
import { openStore, type PostgresStore } from "./open-store.ts";
import { installations } from "./postgresql/installations.ts";
import { removeUnused } from "./retention.ts";

const OPTIONS = { douane: "0.1.0" };
const OTHER = `sha256:${"c".repeat(64)}` as const;

/** Entries of the log, as this version writes them. */
async function entriesIn({ database }: PostgresStore): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const { entry } of entriesOf(database)) entries.push(JSON.parse(entry) as AuditEntry);
  return entries;
}

describe.each(installations().map((one) => [one.major, one] as const))("on PostgreSQL %i", (major, one) => {
  let server: TestServer;
  let store: PostgresStore;
  let ownerUrl: string;
  let urlOf: string;
  beforeAll(async () => {
    server = await testServer(one);
    const { url, ownerUrl: owner } = await server.emptyDatabase();
    ownerUrl = owner;
    urlOf = url;
    store = await openStore({ url }, OPTIONS);
  });
  afterAll(async () => {
    await store.close();
    await server.close();
  });

  test("the server is of the version that was asked for", async () => {
    const { rows } = await store.database.pool.query("show server_version_num");
    expect(Math.floor(Number(rows[0].server_version_num) / 10_000)).toBe(major);
    expect(await store.isReady()).toBe(true);
  });

  test("a verdict is kept and read again, and an older one does not replace it", async () => {
    const data = { ...VERDICT_KEY, data: OTHER };
    expect(await store.verdict(data)).toBeUndefined();
    const newer = storedVerdict({ key: data, judgedAt: "2026-11-30T11:00:00.000Z" });
    await store.keepVerdict(newer);
    await store.keepVerdict(storedVerdict({ key: data, judgedAt: "2026-11-30T10:59:59.999Z", images: [] }));
    await store.keepVerdict(storedVerdict({ key: data, judgedAt: "2026-11-30T10:40:00.000Z", images: [] }));
    expect(await store.verdict(data)).toEqual(newer);
    // Later than an examination takes: a process whose clock is wrong made it.
    await store.keepVerdict(storedVerdict({ key: data, judgedAt: "2028-11-30T11:00:00.000Z" }));
    await store.keepVerdict(newer);
    expect(await store.verdict(data)).toEqual(newer);
    // The same subject without data, or with another policy, is another question.
    expect(await store.verdict(VERDICT_KEY)).toBeUndefined();
    expect(await store.verdict({ ...data, policy: OTHER })).toBeUndefined();
  });

  test("releases of a namespace count until their end, also for another replica", async () => {
    const release = (n: number, namespace: string, until: string): Release => ({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      namespace,
      until,
      digest: OTHER,
      reason: "the registry \0 is down",
      at: "2026-11-30T10:00:00.000Z",
      by: "camille",
    });
    const [short, long] = [
      release(1, "shop", "2026-11-30T11:00:00.000Z"),
      release(2, "shop", "2026-11-30T12:00:00.000Z"),
    ];
    for (const one of [short, long, release(3, "other", "2026-12-01T00:00:00.000Z")]) {
      await store.keepRelease(one);
    }
    const replica = await openStore({ url: urlOf }, OPTIONS);
    const at = (time: string) => replica.releases("shop", new Date(time));
    expect(await at("2026-11-30T10:59:59.999Z")).toEqual([long, short]);
    expect(await at("2026-11-30T11:00:00.000Z")).toEqual([long]);
    expect(await at("2026-11-30T12:00:00.000Z")).toEqual([]);
    await replica.close();
  });

  // Rights are the same in every version: once is enough.
  test.runIf(major === installations()[0]?.major)(
    "a role of the server does its work with its own rights, and no more",
    async () => {
      const owner = connect({ url: ownerUrl });
      await owner.pool.query(databaseRolesSql());
      await owner.pool.query(databaseRolesSql());
      const as = async (role: string) => {
        await owner.pool.query(`drop role if exists login_${role}`);
        await owner.pool.query(`create role login_${role} login in role douane_${role}`);
        return openStore({ url: urlOf.replace("user=douane", `user=login_${role}`) }, OPTIONS);
      };
      const key = { ...VERDICT_KEY, subject: `sha256:${"d".repeat(64)}` as const };
      const subject = { digest: key.subject, object: { metadata: { name: "rights" }, spec: {} } };
      const digest = `sha256:${"d".repeat(64)}` as const;
      const [admission, examiner, watcher, trial] = await Promise.all(
        ["admission", "examiner", "watcher", "trial"].map(as),
      );
      if (!admission || !examiner || !watcher || !trial) throw new Error("no store");
      const asked = { subject: subject as never, namespace: "rights", isAgain: false };
      // The work of each.
      await admission.queue.ask({ ...asked, key });
      await admission.record({ ...decision({ kind: "admitted", namespace: "rights" }), key, start: digest });
      await admission.subjects.keepSubject(subject, "rights");
      await admission.flush();
      expect(await admission.isReady()).toBe(true);
      const examined = Promise.withResolvers<void>();
      const stop = examiner.queue.examine({
        examine: async () => ({ stored: storedVerdict({ key }), problems: [] }),
        judgedBy: { policy: key.policy, rules: key.rules },
        atATime: 1,
        examinationMs: 10_000,
        onEnd: () => examined.resolve(),
        onError: (error) => examined.reject(error),
      });
      await examined.promise;
      await stop();
      await examiner.evidence.keep({ digest, asked: digest, version: digest }, digest, "text");
      await examiner.dataIndex.keepAnswers(digest, new Map([["rights", "QQ=="]]));
      await examiner.keepDocuments?.({ policy: "rights" });
      const workload = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        namespace: "rights",
        name: "web",
        uid: "d",
      };
      const seen = {
        namespace: "rights",
        name: "web",
        workload,
        node: "n",
        start: digest,
        key,
        digests: [digest],
      };
      await watcher.keepSeen([{ ...seen, uid: "rights", findings: [] }], []);
      const by = { policy: key.policy, rules: key.rules };
      expect(await watcher.subjects.unreported(by, new Date())).toEqual([key.subject]);
      await watcher.subjects.keepReported(storedVerdict({ key }));
      await watcher.subjects.keepNotices(["rights"]);
      await watcher.grace.keepGracePeriod({
        namespace: "rights",
        subject: key.subject,
        until: "2026-12-01T00:00:00.000Z",
        workloads: [],
        findings: [],
      });
      await watcher.record(decision({ kind: "changed", namespace: "rights" }));
      await watcher.keepOnly(new Set());
      await removeUnused(watcher.database, new Date(0));
      expect(await admission.grace.gracePeriod("rights", key.subject)).toBeDefined();
      const other = { subject: { ...subject, digest: OTHER } as never, namespace: "rights", isAgain: false };
      await examiner.queue.ask({ ...other, key: trialKey(other.subject) });
      await admission.queue.ask({ ...asked, key: { ...key, data: OTHER } });
      const tried = Promise.withResolvers<void>();
      const stopTrials = trial.queue.examine({
        examine: async () => {
          await trial.trials.keepTrial({
            image: digest,
            subject: OTHER,
            envelope: "{}",
            at: new Date().toISOString(),
          });
          return { problems: [] };
        },
        judgedBy: TRIAL_WORK,
        atATime: 1,
        examinationMs: 10_000,
        onEnd: () => tried.resolve(),
        onError: (error) => tried.reject(error),
      });
      await tried.promise;
      await stopTrials();
      // Statements that an attacker who has taken over a process would try.
      const denied = { code: "42501" };
      const verdict = "insert into douane.verdict select * from douane.verdict limit 1";
      const forbidden: [PostgresStore, string[]][] = [
        [
          trial,
          [
            verdict,
            "select * from douane.verdict",
            "select body from douane.document",
            "insert into douane.release (id, namespace, until, body) values (gen_random_uuid(), 'a', now(), '')",
            "select douane.append_entries('{a}', '{a}', '{a}')",
            "update douane.grace_period set until = now()",
            "insert into douane.image_evidence (key, digest, version, body) values ('a', 'a', 'a', '')",
            "insert into douane.examination (key, judged_by, namespace, subject, bytes, is_again, turn) values ('a', 'a', 'a', 'a', 1, false, 1)",
          ],
        ],
        [
          examiner,
          [
            "insert into douane.release (id, namespace, until, body) values (gen_random_uuid(), 'a', now(), '')",
            "select douane.append_entries('{a}', '{a}', '{a}')",
            "update douane.grace_period set until = now()",
            "delete from douane.admitted_start",
            "insert into douane.evidence (digest, kind, douane, body, collected_at) values ('a', 'a', 'a', 'a', now())",
          ],
        ],
        [admission, [verdict, "update douane.grace_period set until = now()", "delete from douane.verdict"]],
        [watcher, [verdict, "insert into douane.admitted_start select * from douane.admitted_start limit 1"]],
      ];
      for (const [{ database }, statements] of forbidden) {
        for (const one of statements) await expect(database.pool.query(one)).rejects.toMatchObject(denied);
        await expect(database.pool.query("create table douane.other (a int)")).rejects.toMatchObject(denied);
        await expect(database.pool.query("delete from douane.audit_entry")).rejects.toMatchObject(denied);
      }
      // A trial sees trials alone in the queue that it shares.
      const ofTrial = await trial.database.pool.query(
        "update douane.examination set subject = 'x' returning judged_by",
      );
      expect(ofTrial.rows).toEqual([{ judged_by: judgedByDigest(TRIAL_WORK) }]);
      const waiting = await owner.pool.query(
        "select subject from douane.examination where namespace = 'rights'",
      );
      expect(waiting.rows.filter((row) => row.subject === "x")).toHaveLength(1);
      expect(waiting.rows).toHaveLength(2);
      for (const one of [admission, examiner, watcher, trial]) await one.close();
      await owner.close();
      await store.database.pool.query("delete from douane.examination");
    },
  );

  test("each role has its rights on its tables, and none on any other", async () => {
    const owner = connect({ url: ownerUrl });
    await owner.pool.query(databaseRolesSql());
    const { rows } = await owner.pool.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'douane' and tablename not like 'kysely%'",
    );
    const tables = rows.map(({ name }) => name);
    for (const [role, given] of Object.entries(DATABASE_ROLES)) {
      expect(tables).toEqual(expect.arrayContaining(Object.keys(given)));
      await owner.pool.query(`drop role if exists reader_${role}`);
      await owner.pool.query(`create role reader_${role} login in role douane_${role}`);
      const login = connect({ url: urlOf.replace("user=douane", `user=reader_${role}`) });
      for (const table of tables) {
        const rights: readonly string[] = given[table as keyof typeof given] ?? [];
        const { rows: held } = await login.pool.query<{ right: string }>(
          `select r as right from unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) r
            where has_table_privilege('douane.' || $1, r)`,
          [table],
        );
        expect([role, table, held.map(({ right }) => right)]).toEqual([role, table, rights]);
        const read = await login.pool.query(`select from douane.${table} limit 0`).then(
          () => "read",
          ({ code }: { readonly code: string }) => code,
        );
        expect([role, table, read]).toEqual([role, table, rights.includes("select") ? "read" : "42501"]);
      }
      await login.close();
    }
    await owner.close();
  });

  test("grace periods are found by their subject, and their ends are counted by the hour", async () => {
    const { grace } = store;
    const period = (n: number, namespace: string, until: string): GracePeriod => ({
      namespace,
      subject: `sha256:${`${n}`.repeat(64)}`,
      until,
      workloads: ["Deployment/web"],
      findings: [],
    });
    const [first, second] = [
      period(1, "graced", "2026-12-01T10:00:00.000Z"),
      period(2, "graced", "2026-12-01T10:59:59.999Z"),
    ];
    for (const one of [second, first, period(1, "other", "2026-12-01T11:00:00.000Z")]) {
      await grace.keepGracePeriod(one);
    }
    expect(await grace.gracePeriod("graced", first.subject)).toEqual(first);
    expect(await grace.gracePeriod("graced", OTHER)).toBeUndefined();
    const at = (time: string) => grace.gracePeriods("graced", new Date(time));
    expect(await at("2026-12-01T09:00:00.000Z")).toEqual([first, second]);
    expect(await at("2026-12-01T10:00:00.000Z")).toEqual([second]);
    const [from, to] = [new Date("2026-12-01T10:00:00Z"), new Date("2026-12-01T13:00:00Z")];
    const hour = Date.parse("2026-12-01T10:00:00Z") / 3_600_000;
    expect(await grace.endsByHour(from, to, { ...first, subject: OTHER })).toEqual(
      new Map([
        [hour, 2],
        [hour + 1, 1],
      ]),
    );
    expect((await grace.endsByHour(from, to, first)).get(hour)).toBe(1);
    const longer = { ...first, until: "2026-12-02T00:00:00.000Z" };
    await grace.keepGracePeriod(longer);
    expect(await grace.gracePeriod("graced", first.subject)).toEqual(longer);
    // An admission in a grace period does not replace that by which the subject was admitted.
    const start = `sha256:${"e".repeat(64)}` as const;
    const admitted = { ...decision({ kind: "admitted", namespace: "graced" }), key: VERDICT_KEY, start };
    await store.record(admitted);
    await store.record({ ...admitted, kind: "grace", key: { ...VERDICT_KEY, data: OTHER } });
    expect((await store.admission("graced", start))?.key).toEqual(VERDICT_KEY);
    await removeUnused(store.database, new Date("2027-03-02T00:00:00Z"));
    expect(await at("2026-11-01T00:00:00.000Z")).toEqual([longer]);
    await removeUnused(store.database, new Date("2027-03-03T00:00:00Z"));
    expect(await at("2026-11-01T00:00:00.000Z")).toEqual([]);
  });

  test("what let pods in is found by what starts, also by another replica; a tag that moved adds its images", async () => {
    const start = `sha256:${"5".repeat(64)}` as const;
    const [image] = storedVerdict().images;
    const images = (digest: typeof OTHER) => (image === undefined ? [] : [{ ...image, digest }]);
    const letIn = { ...decision({ kind: "admitted" }), key: VERDICT_KEY, start, namespace: "team" };
    await store.record({ ...letIn, images: images(OTHER) });
    await store.record({ ...letIn, kind: "refused", start: OTHER, images: [] });
    const other = await openStore({ url: urlOf }, OPTIONS);
    expect(await other.admission("team", start)).toEqual({
      key: VERDICT_KEY,
      templates: new Map(),
      images: images(OTHER),
    });
    expect(await other.admission("team", OTHER)).toBeUndefined();
    expect(await other.admission("aides", start)).toBeUndefined();
    const moved = { at: "2026-12-01T00:00:00.000Z", images: images(start) };
    await other.record({ ...letIn, ...moved });
    await other.close();
    const found = await store.admission("team", start);
    expect(found?.images.map(({ digest }) => digest)).toEqual([start, OTHER]);
    // Another workload starts the same, and is told by its labels; its rollout has another verdict.
    const [labels, rollout] = [
      { ...VERDICT_KEY, subject: start },
      { ...VERDICT_KEY, subject: OTHER },
    ];
    for (const [at, key] of [
      ["2026-12-01T00:00:01.000Z", labels],
      ["2026-12-01T00:00:02.000Z", rollout],
    ] as const)
      await store.record({ ...letIn, at, key, labels: OTHER, images: images(OTHER) });
    await store.record({ ...letIn, at: "2026-12-01T00:00:03.000Z", labels: start, images: images(OTHER) });
    expect(await store.admission("team", start)).toMatchObject({
      key: VERDICT_KEY,
      templates: new Map([
        [OTHER, rollout],
        [start, VERDICT_KEY],
      ]),
    });
    await store.keepVerdict(storedVerdict({ key: { ...VERDICT_KEY, data: start }, images: images(start) }));
    expect([await store.isJudged(start), await store.isJudged(`sha256:${"6".repeat(64)}`)]).toEqual([
      true,
      false,
    ]);
    expect(Date.parse(await store.knownSince())).toBeLessThan(Date.now() + 60_000);
  });

  test("pods that run are kept with their workload until they are gone, and their verdicts with them", async () => {
    const key = { ...VERDICT_KEY, data: `sha256:${"7".repeat(64)}` as const };
    const pod = (uid: string) => ({
      uid,
      namespace: "team",
      name: `web-${uid}`,
      workload: { apiVersion: "apps/v1", kind: "Deployment", namespace: "team", name: "web", uid: "d" },
      node: "node-1",
      start: OTHER,
      digests: [OTHER],
      findings: ["image-unresolved"],
    });
    const kept = async () => {
      const { rows } = await store.database.pool.query(
        "select uid, findings from douane.running_pod order by uid",
      );
      return rows.map(({ uid, findings }) => [uid, findings]);
    };
    await store.keepVerdict(storedVerdict({ key, judgedAt: "2020-01-01T00:00:00.000Z" }));
    await store.keepSeen([{ ...pod("1"), key }, pod("2"), pod("3")], []);
    await store.keepSeen([{ ...pod("1"), key, findings: [] }], ["3"]);
    expect(await kept()).toEqual([
      ["1", []],
      ["2", ["image-unresolved"]],
    ]);
    expect([await store.reportedOf("2"), await store.reportedOf("3")]).toEqual([["image-unresolved"], []]);
    await removeUnused(store.database, new Date());
    expect(await store.verdict(key)).toBeDefined();
    await store.keepOnly(new Set(["2"]));
    expect(await kept()).toEqual([["2", ["image-unresolved"]]]);
    await removeUnused(store.database, new Date());
    const { rows } = await store.database.pool.query("select from douane.verdict where data = $1", [
      key.data,
    ]);
    expect(rows).toEqual([]);
    await store.keepOnly(new Set());
  });

  test("subjects of pods that run are found until a verdict by the current documents is about them", async () => {
    const digest = `sha256:${"8".repeat(64)}` as const;
    const object = { metadata: { name: "a\0b" }, spec: {} };
    const key = { ...VERDICT_KEY, subject: digest };
    const last = storedVerdict({ key });
    const workload = { apiVersion: "apps/v1", kind: "Deployment", namespace: "team", name: "web", uid: "d" };
    const by = { policy: key.policy, rules: key.rules, data: OTHER };
    await store.keepVerdict(last);
    await store.subjects.keepSubject({ digest, object }, "team");
    const seen = { namespace: "team", workload, node: "n", start: OTHER, key, digests: [], findings: [] };
    await store.keepSeen(
      [
        { ...seen, uid: "1", name: "web-1" },
        { ...seen, uid: "2", name: "web-2" },
      ],
      [],
    );
    const [judged, later] = [new Date(last.judgedAt), new Date(Date.parse(last.judgedAt) + 1)];
    const same = { policy: key.policy, rules: key.rules };
    const now = new Date("2026-12-03T00:00:00Z");
    expect(await store.subjects.outdated(by, new Date(0), now)).toEqual([digest]);
    expect(await store.subjects.outdated(same, judged, now)).toEqual([]);
    expect(await store.subjects.outdated(same, later, now)).toEqual([digest]);
    // A verdict of a time that has not come is none.
    expect(await store.subjects.outdated(same, new Date(0), new Date(0))).toEqual([digest]);
    expect(await store.subjects.unreported(same, new Date(0))).toEqual([]);
    expect((await store.subjects.subject(digest, new Date(0)))?.newest).toBeUndefined();
    const found = {
      subject: { digest, object },
      namespace: "team",
      last,
      newest: last,
      workloads: [workload],
    };
    expect(await store.subjects.subject(digest, now)).toEqual(found);
    const kept: KeptSubject[] = [];
    for await (const one of keptSubjects(store.database)) kept.push(one);
    expect(kept).toContainEqual({
      subject: { digest, object },
      namespace: "team",
      workloads: ["Deployment/web"],
    });
    const newer = storedVerdict({ key: { ...key, data: OTHER }, judgedAt: "2026-12-01T00:00:00.000Z" });
    await store.keepVerdict(newer);
    expect(await store.subjects.outdated(by, judged, now)).toEqual([]);
    // The verdict by which the pod was admitted is compared with the newer verdict, until the change is reported.
    const refusing = storedVerdict({
      ...newer,
      judgedAt: "2026-12-02T00:00:00.000Z",
      verdict: { ...last.verdict, admitted: "no" },
    });
    expect(await store.subjects.unreported(by, now)).toEqual([digest]);
    expect(await store.subjects.subject(digest, now)).toMatchObject({ last, newest: newer });
    await store.subjects.keepReported(newer);
    expect(await store.subjects.unreported(by, now)).toEqual([]);
    await store.keepVerdict(refusing);
    expect(await store.subjects.unreported(by, now)).toEqual([digest]);
    expect(await store.subjects.subject(digest, now)).toMatchObject({ last: newer, newest: refusing });
    await store.subjects.keepReported(refusing);
    expect([await store.subjects.unreported(by, now), await store.subjects.unreported(same, now)]).toEqual([
      [],
      [],
    ]);
    // What was reported at a time that has not come hides nothing.
    await store.subjects.keepReported({ ...refusing, judgedAt: "2028-12-02T00:00:00.000Z" });
    expect(await store.subjects.unreported(by, now)).toEqual([digest]);
    await store.subjects.keepReported(refusing);
    expect(await store.verdictByOtherData?.({ ...key, data: OTHER })).toEqual(last);
    expect(await store.verdictByOtherData?.(key)).toMatchObject({ judgedAt: refusing.judgedAt });
    expect(await store.verdictByOtherData?.({ ...key, policy: OTHER })).toBeUndefined();
    expect(await store.subjects.newNotices([])).toEqual(new Set());
    await store.subjects.keepNotices(["a", "b"]);
    await store.subjects.keepNotices(["a"]);
    expect(await store.subjects.newNotices(["a", "c"])).toEqual(new Set(["c"]));
    // A released pod: no verdict of it is in the store.
    const released = { ...key, subject: `sha256:${"9".repeat(64)}` as const };
    await store.subjects.keepSubject({ digest: released.subject, object }, "team");
    await store.keepSeen([{ ...seen, key: released, uid: "3", name: "web-3" }], []);
    await removeUnused(store.database, new Date());
    expect(await store.subjects.outdated(by, judged, now)).toEqual([released.subject]);
    expect(await store.subjects.subject(released.subject, now)).toEqual({
      ...found,
      subject: { digest: released.subject, object },
      last: undefined,
      newest: undefined,
    });
    await store.keepOnly(new Set());
    expect(await store.subjects.running()).toEqual([]);
    expect(await store.subjects.subject(OTHER, now)).toBeUndefined();
  });

  test("evidence of an image is found by its version alone, and that of another one is told", async () => {
    const others: string[] = [];
    const evidence = imageEvidence(store.database, ({ digest }) => others.push(digest));
    const key = { digest: OTHER, asked: OTHER, version: OTHER };
    expect(await evidence.find(key)).toBeUndefined();
    const text = '{"a":"\u0000é"}'.repeat(10_000);
    await evidence.keep(key, OTHER, text);
    expect((await evidence.find(key))?.text).toBe(text);
    const newer = { ...key, version: VERDICT_KEY.subject };
    expect([await evidence.find(newer), others]).toEqual([undefined, [OTHER]]);
    await evidence.keep(newer, OTHER, "new");
    expect((await evidence.find(newer))?.text).toBe("new");
    await evidence.keep(newer, OTHER, "x".repeat(LIMITS.storedEvidenceBytes + 1));
    expect((await evidence.find(newer))?.text).toBe("new");
    const full = imageEvidence(store.database, undefined, 10);
    await full.keep({ ...newer, asked: newer.version }, OTHER, "more");
    expect(await full.find({ ...newer, asked: newer.version })).toBeUndefined();
  });

  test("evidence and comparisons are removed a day after their collection if no verdict names the image, and once they count no longer", async () => {
    const [named, unnamed] = [`sha256:${"5".repeat(64)}`, `sha256:${"6".repeat(64)}`] as const;
    const images = decision().images.map((one) => ({ ...one, digest: named }));
    await store.keepVerdict(storedVerdict({ key: { ...VERDICT_KEY, subject: named }, images }));
    const [evidence, index] = [imageEvidence(store.database), dataIndex(store.database)];
    const keyOf = (image: Digest) => ({ digest: image, asked: OTHER, version: OTHER });
    for (const image of [named, unnamed]) {
      await evidence.keep(keyOf(image), image, "text");
      await index.keepAnswers(image, new Map([[`["cve","${image}"]`, "QQ=="]]));
    }
    async function after(days: number) {
      await removeUnused(store.database, new Date(Date.now() + days * 86_400_000));
      const found = await Promise.all([named, unnamed].map((image) => evidence.find(keyOf(image))));
      const { rows } = await store.database.pool.query(
        "select query from douane.data_answer where query like '%5555%' or query like '%6666%'",
      );
      const touched = await index.touchedBy(() => undefined);
      return [found.map((one) => one?.text), [named, unnamed].map((one) => touched.has(one)), rows.length];
    }
    expect(await after(0.9)).toEqual([["text", "text"], [true, true], 2]);
    expect(await after(1.1)).toEqual([["text", undefined], [true, false], 1]);
    expect(await after(LIMITS.storedEvidenceDays + 0.1)).toEqual([[undefined, undefined], [false, false], 0]);
  });

  test("images are found by the answers of the data that changed, also of comparisons at once", async () => {
    const index = dataIndex(store.database);
    const image = (n: number) => `sha256:${`${n}`.repeat(64)}` as const;
    const [a, b, c] = ["QQ==", "Qg==", "Qw=="];
    const query = (name: string) => JSON.stringify(["advisoriesOf", "npm", name]);
    const shared = [query("both"), a] as const;
    await Promise.all(
      [1, 2, 3, 4].map((n) => index.keepAnswers(image(n), new Map([shared, [query(`\u0000${n}`), b]]))),
    );
    const answers = new Map([shared, ...[1, 2, 3, 4].map((n) => [query(`\u0000${n}`), b] as const)]);
    const answerOf = (one: string) => answers.get(one);
    expect(await index.touchedBy(answerOf)).toEqual(new Set());
    answers.set(query("\u00002"), c);
    expect(await index.touchedBy(answerOf)).toEqual(new Set([image(2)]));
    answers.set(query("both"), c);
    expect(await index.touchedBy(answerOf)).toEqual(new Set([1, 2, 3, 4].map(image)));
    // Judged again by the data of now, an image is touched no more.
    await index.keepAnswers(image(2), new Map([[query("both"), c]]));
    expect(await index.touchedBy(answerOf)).toEqual(new Set([1, 3, 4].map(image)));
    const subject = `sha256:${"b".repeat(64)}` as const;
    const workload = { apiVersion: "v1", kind: "Pod", namespace: "team", name: "p", uid: "u" };
    const pod = { namespace: "team", name: "p", workload, node: "n", start: OTHER, findings: [] };
    await store.keepSeen([{ ...pod, uid: "9", key: { ...VERDICT_KEY, subject }, digests: [image(3)] }], []);
    expect(await store.subjects.withImages([image(1), image(3)])).toEqual(new Set([subject]));
    expect(await store.subjects.withImages([])).toEqual(new Set());
    await store.keepOnly(new Set());
    // The same by many small pages; images and answers beyond the bounds are not indexed.
    const bounded = dataIndex(store.database, { ofImage: 1, total: 0, page: 1 });
    expect(await bounded.touchedBy(answerOf)).toEqual(new Set([1, 3, 4].map(image)));
    await bounded.keepAnswers(image(5), new Map([shared, [query("more"), a]]));
    await store.database.pool.query("analyze douane.data_answer");
    await bounded.keepAnswers(image(6), new Map([[query("beyond"), a]]));
    expect(await index.touchedBy(() => undefined)).toEqual(new Set([1, 2, 3, 4].map(image)));
    expect([LIMITS.indexedAnswers, LIMITS.indexedAnswersTotal, LIMITS.storedEvidenceTotalBytes]).toEqual([
      50_000,
      5_000_000,
      8 * 1024 ** 3,
    ]);
  });

  test("decisions at once make one chain, in any text that JSON can hold", async () => {
    const names = ["a", "\0", "\ud800", "é\n\u2028'\"\\", "{}", "x".repeat(100_000)];
    const before = (await entriesIn(store)).length;
    await Promise.all(
      names.map((name) => store.record(decision({ name, namespace: name.slice(0, 60), uid: name }))),
    );
    const entries = (await entriesIn(store)).slice(before);
    expect(entries.map((entry) => entry.decision.name).toSorted()).toEqual(names.toSorted());
    expect(await verifyChain(entriesOf(store.database))).toMatchObject({
      damage: [],
      entries: before + names.length,
    });
  });

  test("an admission is recorded once, and its repeats are counted", async () => {
    const admitted = decision({ kind: "admitted", namespace: "repeated" });
    const count = async () =>
      (await entriesIn(store)).filter((entry) => entry.decision.namespace === "repeated");
    for (let index = 0; index < 5; index++) await store.record({ ...admitted, uid: String(index) });
    expect(await count()).toMatchObject([{ kind: "decision" }]);
    await store.flush();
    expect(await count()).toMatchObject([{ kind: "decision" }, { kind: "repeats", count: 4 }]);
    await store.flush();
    expect(await count()).toHaveLength(2);
  });

  test.each([
    "update douane.audit_entry set entry = '{}'",
    "delete from douane.audit_entry where sequence = 1",
    "truncate douane.audit_entry",
    "delete from douane.audit_head",
  ])("%s is refused by rights to its owner, and by a trigger to a superuser", async (statement) => {
    await store.record(decision());
    await expect(store.database.pool.query(statement)).rejects.toMatchObject({
      code: "42501",
      message: expect.stringContaining("permission denied"),
    });
    const owner = connect({ url: ownerUrl });
    try {
      await expect(owner.pool.query(statement)).rejects.toThrow("the audit log is append-only");
    } finally {
      await owner.close();
    }
  });

  test("documents and evidence are kept by digest", async () => {
    const digest = await keepDocument(store.database, "policy", "enforceFuture: true\n");
    expect(await keepDocument(store.database, "policy", "enforceFuture: true\n")).toBe(digest);
    expect(await readDocuments(store.database, [digest, OTHER])).toEqual([
      { digest, kind: "policy", body: "enforceFuture: true\n" },
    ]);
    const kept = { digest: OTHER, kind: "image", douane: "0.1.0", collectedAt: "2026-01-01T00:00:00.000Z" };
    await keepEvidence(store.database, { ...kept, body: "{}" });
    await keepEvidence(store.database, { ...kept, body: '{"b":1,"a":2}' });
    expect(await readEvidence(store.database, OTHER)).toEqual([{ ...kept, body: '{"b":1,"a":2}' }]);
  });

  test("what no workload uses is removed after its time, and nothing else", async () => {
    const key = (subject: string) => ({ ...VERDICT_KEY, subject: `sha256:${subject.repeat(64)}` as const });
    const old = "2026-01-01T00:00:00.000Z";
    const image = (digest: string) => [
      { ...decision().images[0], digest: `sha256:${digest.repeat(64)}` } as never,
    ];
    for (const name of ["1", "2"]) {
      await store.keepVerdict(storedVerdict({ key: key(name), judgedAt: old, images: image(name) }));
      await keepEvidence(store.database, {
        digest: `sha256:${name.repeat(64)}`,
        kind: "image",
        douane: "0.1.0",
        collectedAt: old,
        body: "{}",
      });
    }
    await store.record(decision({ kind: "admitted", key: key("1"), namespace: "used" }));
    await store.flush();
    const before = await entriesIn(store);
    await store.database.pool.query(
      `insert into douane.examination (key, judged_by, namespace, subject, bytes, is_again, turn, asked_at, lease_until, ended_at)
        values ('abandoned', '', '', '{}', 2, false, 0, '2026-11-29T11:00Z', null, null),
          ('ended', '', '', '{}', 2, false, 0, '2026-11-28T11:00Z', '2026-11-28T12:00Z', '2026-11-29T11:00Z'),
          ('runs', '', '', '{}', 2, false, 0, '2026-11-29T11:00Z', '2026-11-30T13:00Z', null),
          ('waits', '', '', '{}', 2, false, 0, '2026-11-29T13:00Z', null, null)`,
    );
    await removeUnused(store.database, new Date("2026-11-30T12:00:00.000Z"));
    const { rows: requested } = await store.database.pool.query(
      "select key from douane.examination order by key",
    );
    expect(requested).toEqual([{ key: "runs" }, { key: "waits" }]);
    const { rows } = await store.database.pool.query(
      "select subject from douane.verdict where subject < 'sha256:3'",
    );
    expect(rows).toEqual([{ subject: key("1").subject }]);
    expect(await readEvidence(store.database, key("1").subject)).toHaveLength(1);
    expect(await readEvidence(store.database, key("2").subject)).toEqual([]);
    expect(await entriesIn(store)).toEqual(before);
  });

  test("five programs that start at once migrate one database once", async () => {
    const { url } = await server.emptyDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore({ url }, OPTIONS)));
    await Promise.all(stores.map((each) => each.record(decision())));
    const state = await verifyChain(entriesOf((stores[0] as PostgresStore).database));
    expect(state).toMatchObject({ damage: [], entries: 5 });
    for (const each of stores) await each.close();
  });

  test("a database that a later version migrated is refused by name, and makes a running program unready", async () => {
    const { url } = await server.emptyDatabase();
    const first = await openStore({ url }, OPTIONS);
    const insert = "insert into douane.kysely_migration values ('0099-later', '2027-01-01')";
    await first.database.pool.query(insert);
    expect(await first.isReady()).toBe(false);
    await first.close();
    await expect(openStore({ url }, OPTIONS)).rejects.toMatchObject({
      code: "store-newer",
      exit: 64,
      message: expect.stringContaining("0099-later"),
    });
  });

  test("a full disk refuses decisions by name, and what was recorded before and after is whole", async () => {
    const { url, ownerUrl: of } = await server.emptyDatabase();
    const full = await openStore({ url }, OPTIONS);
    const owner = connect({ url: of });
    await full.record(decision({ uid: "before" }));
    // The error of a disk without space (53100), where PostgreSQL would write the entry.
    await owner.pool.query(
      `create function douane.fill() returns trigger language plpgsql as $$ begin
          raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
        create trigger fill before insert on douane.audit_entry execute function douane.fill()`,
    );
    await expect(full.record(decision({ uid: "during" }))).rejects.toMatchObject({
      code: "store-full",
      exit: 69,
    });
    await owner.pool.query("drop trigger fill on douane.audit_entry");
    await full.record(decision({ uid: "after" }));
    await full.flush();
    expect((await entriesIn(full)).map(({ decision: { uid } }) => uid)).toEqual(["before", "after"]);
    await full.close();
    await owner.close();
  });

  test("a read-only database is not ready, and says why it records nothing", async () => {
    const { url } = await server.emptyDatabase();
    await (await openStore({ url }, OPTIONS)).close();
    const standby = await openStore(
      { url: `${url}&options=-c%20default_transaction_read_only%3Don` },
      OPTIONS,
    );
    expect(await standby.isReady()).toBe(false);
    await expect(standby.record(decision())).rejects.toMatchObject({ code: "store-read-only", exit: 69 });
    await standby.close();
  });

  test("commits wait for the disk where the server is set not to", async () => {
    const { url } = await server.emptyDatabase();
    const lax = await openStore({ url: `${url}&options=-c%20synchronous_commit%3Doff` }, OPTIONS);
    const { rows } = await lax.database.pool.query("show synchronous_commit");
    expect(rows).toEqual([{ synchronous_commit: "off" }]);
    const client = await lax.database.pool.connect();
    await client.query("begin");
    await client.query("select douane.append_entries('{x}', '{x}', '{y}')");
    expect((await client.query("show synchronous_commit")).rows).toEqual([{ synchronous_commit: "on" }]);
    await client.query("rollback");
    client.release();
    await lax.close();
  });
});

test("while the database is gone, known verdicts are answered for a while, and nothing is recorded", async () => {
  const server = await testServer();
  const { url } = await server.emptyDatabase();
  const store = await openStore({ url }, { ...OPTIONS, ages: { freshMs: 0, outageMs: 60_000 } });
  const brief = await openStore({ url }, { ...OPTIONS, ages: { freshMs: 0, outageMs: -1 } });
  const admitted = decision({ kind: "admitted" });
  for (const one of [store, brief]) {
    await one.keepVerdict(storedVerdict());
    await one.record(admitted);
  }
  await server.close();
  expect(await store.isReady()).toBe(false);
  expect(await store.verdict(VERDICT_KEY)).toEqual(storedVerdict());
  await expect(store.verdict({ ...VERDICT_KEY, policy: OTHER })).rejects.toMatchObject({
    code: "store-unreachable",
  });
  await expect(brief.verdict(VERDICT_KEY)).rejects.toMatchObject({ code: "store-unreachable" });
  await expect(store.record(decision())).rejects.toMatchObject({ code: "store-unreachable", exit: 69 });
  // A repeat of what is on disk already.
  await expect(store.record(admitted)).resolves.toBeUndefined();
  for (const one of [store, brief]) await one.close();
});

test.each<[string, string]>([
  ["mysql://host/db", "database-url"],
  ["secret-password", "database-url"],
  ["postgres://user:secret-password@127.0.0.1:1/db", "store-unreachable"],
])("%s is refused as %s, and shows no password", async (url, code) => {
  const error = await openStore({ url }, OPTIONS).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code });
  expect(String(error)).not.toContain("secret-password");
});

test("migrations are in their order, by their names", () => {
  const names = Object.keys(MIGRATIONS);
  expect(names).toEqual(names.toSorted());
});
