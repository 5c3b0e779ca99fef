import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { storedVerdict } from "../../../../test/fixtures/decisions.ts";
import { type TestServer, testServer } from "../../../../test/fixtures/postgresql.ts";
import { sha256 } from "../../../contract/digest.ts";
import type { Text } from "../../../contract/text.ts";
import type { Fields } from "../../../json/fields.ts";
import type { ExaminationRequest, Examinations, Examined, Requested } from "../../examine/examinations.ts";
import { TRIAL_WORK, trialKey } from "../../examine/trial-work.ts";
import type { JudgingDigests, StoredVerdict, VerdictKey } from "../../ports.ts";
import { take } from "../examinations/leases.ts";
import { judgedByDigest } from "../examinations/queue-rows.ts";
import { openStore, type PostgresStore } from "../open-store.ts";
import { keyDigest } from "../verdicts/verdict-rows.ts";
import { installations } from "./installations.ts";

const digest = (digit: string) => `sha256:${digit.repeat(64)}` as const;
const JUDGED_BY = { policy: digest("2"), rules: digest("3") };
const OTHER_RULES = { ...JUDGED_BY, rules: digest("4") };

function request(
  name: string,
  namespace = "team",
  changes: Partial<ExaminationRequest> = {},
): ExaminationRequest {
  const object: Fields = { kind: "Pod", metadata: { name } };
  const subject = { object, digest: sha256(Buffer.from(JSON.stringify(object))) };
  return { subject, key: { subject: subject.digest, ...JUDGED_BY }, namespace, isAgain: false, ...changes };
}

/** An examination that a test ends. */
interface Begun {
  readonly name: string;
  readonly signal: AbortSignal;
  end(problem?: Text): void;
}

/** A replica: asks for examinations, and examines if it is told to. */
class Replica {
  readonly store: PostgresStore;
  readonly examinations: Examinations;
  readonly begun: Begun[] = [];
  readonly errors: unknown[] = [];
  #stop: () => Promise<void> = async () => {};

  constructor(store: PostgresStore) {
    this.store = store;
    this.examinations = store.queue.request();
  }

  examine(atATime = 1, judgedBy: Omit<VerdictKey, "subject"> = JUDGED_BY): void {
    this.#stop = this.store.queue.examine({
      judgedBy,
      atATime,
      examinationMs: 600_000,
      onError: (error) => void this.errors.push(error),
      onEnd: () => {},
      examine: ({ object }, key, signal) => {
        const { promise, resolve } = Promise.withResolvers<Examined>();
        const { name } = object["metadata"] as { readonly name: string };
        const stored: StoredVerdict = storedVerdict({ key, judgedAt: new Date().toISOString() });
        const end = (problem?: Text) => resolve({ stored, problems: problem === undefined ? [] : [problem] });
        signal.addEventListener("abort", () => resolve({ problems: [{ fr: "fin", en: "ended" }] }));
        this.begun.push({ name, signal, end });
        return promise;
      },
    });
  }

  /** The examination that is begun next. */
  next(): Promise<Begun> {
    return nextOf(this);
  }

  async stop(): Promise<void> {
    await this.#stop();
    this.#stop = async () => {};
  }

  async close(): Promise<void> {
    await this.stop();
    await this.examinations.close();
    await this.store.close();
  }
}

/** The examination that is begun next by any of these. */
async function nextOf(...replicas: readonly Replica[]): Promise<Begun> {
  for (;;) {
    for (const { begun } of replicas) {
      const one = begun.shift();
      if (one !== undefined) return one;
    }
    await sleep(5);
  }
}

async function endOf(requested: Promise<Requested> | Requested): Promise<Examined> {
  const one = await requested;
  if (one.kind !== "under-way") throw new Error(one.kind);
  return one.ended;
}

describe.each(installations().map((one) => [one.major, one] as const))("on PostgreSQL %i", (_, one) => {
  let server: TestServer;
  let url: string;
  let replicas: Replica[];
  beforeAll(async () => {
    server = await testServer(one);
  });
  afterAll(async () => {
    await server.close();
  });
  beforeEach(async () => {
    ({ url } = await server.emptyDatabase());
    replicas = [];
  });
  afterEach(async () => {
    for (const each of replicas) await each.close();
  });

  async function replica(): Promise<Replica> {
    const made = new Replica(await openStore({ url }, { douane: "0.1.0" }));
    replicas.push(made);
    return made;
  }

  test("pods that wait in three replicas share one examination, and learn of its verdict", async () => {
    const [a, b, c] = [await replica(), await replica(), await replica()];
    a.examine(2);
    b.examine(2);
    const waiting = [a, b, c, a].map(({ examinations }) => endOf(examinations.request(request("web"))));
    const begun = await nextOf(a, b);
    begun.end();
    const ended = await Promise.all(waiting);
    expect(ended.map(({ problems, stored }) => [problems, stored?.key])).toEqual(
      Array.from({ length: 4 }, () => [[], request("web").key]),
    );
    expect([...a.begun, ...b.begun]).toEqual([]);
    expect(await c.store.verdict(request("web").key)).toEqual(ended[0]?.stored);
    expect(await c.examinations.state()).toEqual({ waiting: 0, running: 0, oldestSeconds: 0 });
  });

  test("10,000 unknown images of a namespace delay another's first pod by one examination", async () => {
    const a = await replica();
    await a.store.database.pool.query(
      `insert into douane.examination (key, judged_by, namespace, subject, bytes, is_again, turn)
        select 'flood-' || n, $1, 'flood', '{"metadata":{"name":"flood-' || n || '"}}', 40, false, n
        from generate_series(0, 9999) n`,
      [judgedByDigest(JUDGED_BY)],
    );
    a.examine();
    const underWay = await a.next();
    // The namespace has as many as it may have, and the other one has its place all the same.
    expect(await a.examinations.request(request("too-many", "flood"))).toEqual({ kind: "full" });
    await a.examinations.request(request("first", "late"));
    underWay.end();
    const next = await a.next();
    expect([underWay.name, next.name]).toEqual(["flood-0", "first"]);
    next.end();
    const last = await a.next();
    expect(last.name).toBe("flood-1");
    last.end();
  });

  test("namespaces take turns, and what nobody waits for comes last", async () => {
    const a = await replica();
    const ask = (name: string, namespace: string, isAgain = false) =>
      a.examinations.request(request(name, namespace, { isAgain }));
    await ask("again", "other", true);
    for (const name of ["f1", "f2", "f3", "f4"]) await ask(name, "flood");
    a.examine();
    const order: string[] = [];
    const step = async () => {
      const begun = await a.next();
      order.push(begun.name);
      return begun;
    };
    (await step()).end();
    const second = await step();
    // A namespace that comes now waits for the one that is under way alone.
    await ask("o1", "late");
    await ask("o2", "late");
    const state = await a.examinations.state();
    expect(state).toMatchObject({ waiting: 5, running: 1 });
    expect(state.oldestSeconds).toBeGreaterThan(0);
    second.end();
    for (let left = 5; left > 0; left--) (await step()).end();
    expect(order).toEqual(["f1", "f2", "o1", "f3", "o2", "f4", "again"]);
  });

  test("trials wait for those who make them, and take no turn of examinations", async () => {
    const a = await replica();
    for (const name of ["t1", "t2"]) {
      const { subject } = request(name);
      await a.store.queue.ask({ subject, key: trialKey(subject), namespace: "team", isAgain: false });
    }
    await a.examinations.request(request("web", "team"));
    // Nobody waits for the trials, nor for what is judged again: neither keeps what runs from being judged.
    await a.examinations.request(request("again", "team", { isAgain: true }));
    const waiting = async (by?: JudgingDigests) => (await a.examinations.state(by)).waiting;
    expect([await waiting(), await waiting(JUDGED_BY)]).toEqual([4, 1]);
    a.examine();
    const begun = await a.next();
    expect(begun.name).toBe("web");
    begun.end();
    const again = await a.next();
    expect(again.name).toBe("again");
    again.end();
    expect(a.begun).toEqual([]);
    await a.stop();
    const b = await replica();
    b.examine(1, TRIAL_WORK);
    const first = await b.next();
    expect(first.name).toBe("t1");
    // A trial that ended is not repeated at once, whatever its end.
    first.end({ fr: "non", en: "no" });
    const second = await b.next();
    expect(second.name).toBe("t2");
    const { subject } = request("t1");
    await a.store.queue.ask({ subject, key: trialKey(subject), namespace: "team", isAgain: false });
    second.end({ fr: "non", en: "no" });
    await b.stop();
    expect(b.begun).toEqual([]);
  });

  test("a place survives a restart, and an examiner that stops gives back what it has", async () => {
    const before = await replica();
    const asked = request("web");
    before.examine();
    const first = endOf(before.examinations.request(asked));
    const given = await before.next();
    replicas = [];
    await before.close();
    expect(given.signal.aborted).toBe(true);
    expect((await first).problems).toHaveLength(1);
    const after = await replica();
    after.examine();
    const again = endOf(after.examinations.request(asked));
    (await after.next()).end();
    expect((await again).stored?.key).toEqual(asked.key);
  });

  test("a killed examiner's work is taken over when its lease ends, and not before", async () => {
    const a = await replica();
    const asked = endOf(a.examinations.request(request("web")));
    const { database } = a.store;
    const killed = "00000000-0000-0000-0000-000000000001";
    await until(async () => (await take(database, killed, judgedByDigest(JUDGED_BY))) !== undefined);
    a.examine();
    await sleep(50);
    expect(a.begun).toEqual([]);
    await database.pool.query("update douane.examination set lease_until = now() where examiner = $1", [
      killed,
    ]);
    (await a.next()).end();
    expect((await asked).problems).toEqual([]);
  });

  test("a verdict that a killed examiner kept is not made again", async () => {
    const a = await replica();
    const asked = request("web");
    const ended = endOf(a.examinations.request(asked));
    const { database } = a.store;
    const killed = "00000000-0000-0000-0000-000000000001";
    await until(async () => (await take(database, killed, judgedByDigest(JUDGED_BY))) !== undefined);
    const stored = storedVerdict({ key: asked.key, judgedAt: new Date(Date.now() + 60_000).toISOString() });
    await a.store.keepVerdict(stored);
    await database.pool.query("update douane.examination set lease_until = now()");
    a.examine();
    expect(await ended).toEqual({ stored, problems: [] });
    expect(a.begun).toEqual([]);
  });

  test("a verdict that was kept after the asker looked is not made again; one that the asker has seen is", async () => {
    const [a, b] = [await replica(), await replica()];
    a.examine();
    const asked = request("web");
    const first = endOf(a.examinations.request(asked));
    (await a.next()).end();
    const { stored } = await first;
    expect(await endOf(b.examinations.request(asked))).toEqual({ stored, problems: [] });
    expect(a.begun).toEqual([]);
    const seen = stored?.judgedAt ?? "";
    const again = endOf(b.examinations.request({ ...asked, seen }));
    (await a.next()).end();
    expect((await again).stored?.key).toEqual(asked.key);
  });

  test("a subject that ends one examiner after another is given up, and says so", async () => {
    const a = await replica();
    const requested = await a.examinations.request(request("web"));
    await a.store.database.pool.query("update douane.examination set attempts = 5");
    a.examine();
    expect((await endOf(requested)).problems[0]?.en).toContain("several examiners ended");
    expect(a.begun).toEqual([]);
  });

  test("what an examination lacked is known to every replica, for a while", async () => {
    const [a, b] = [await replica(), await replica()];
    a.examine();
    const ended = endOf(a.examinations.request(request("web")));
    const problem = { fr: "non", en: "registry down" };
    (await a.next()).end(problem);
    expect((await ended).problems).toEqual([problem]);
    expect(a.examinations.recent(request("web").key)?.problems).toEqual([problem]);
    const other = await b.examinations.request(request("web"));
    expect(other).toMatchObject({ kind: "ended", examined: { problems: [problem], stored: {} } });
    expect(b.examinations.recent(request("web").key)?.problems).toEqual([problem]);
    await a.store.database.pool.query("update douane.examination set ended_at = now() - interval '11 s'");
    const again = endOf(b.examinations.request(request("web", "elsewhere")));
    (await a.next()).end();
    expect((await again).problems).toEqual([]);
  });

  test("an examiner with other rules leaves it to those that have them", async () => {
    const [a, b] = [await replica(), await replica()];
    b.examine(1, OTHER_RULES);
    const asked = request("web");
    const old = endOf(a.examinations.request(asked));
    const current = endOf(b.examinations.request({ ...asked, key: { ...asked.key, ...OTHER_RULES } }));
    (await b.next()).end();
    expect((await current).stored?.key.rules).toBe(OTHER_RULES.rules);
    a.examine();
    (await a.next()).end();
    expect((await old).stored?.key.rules).toBe(JUDGED_BY.rules);
    expect(b.begun).toEqual([]);
  });

  test("an examiner that lost its lease ends its examination, and writes nothing", async () => {
    const a = await replica();
    a.examine();
    const asked = endOf(a.examinations.request(request("web")));
    const begun = await a.next();
    const { database } = a.store;
    const thief = "00000000-0000-0000-0000-000000000002";
    await database.pool.query("update douane.examination set examiner = $1", [thief]);
    await until(() => begun.signal.aborted);
    expect(await a.store.verdict(request("web").key)).toBeUndefined();
    await database.pool.query("update douane.examination set lease_until = now()");
    (await a.next()).end();
    expect((await asked).problems).toEqual([]);
  });

  test("a full queue is said, for the namespace that fills it and for all", async () => {
    const a = await replica();
    const fill = (count: number, namespace: string, bytes = 1) =>
      a.store.database.pool.query(
        `insert into douane.examination (key, judged_by, namespace, subject, bytes, is_again, turn)
          select $2 || i, 'x', $2, '', $3, false, 0 from generate_series(1, $1) i`,
        [count, namespace, bytes],
      );
    const ask = async (namespace: string) =>
      (await a.examinations.request(request(namespace, namespace))).kind;
    await fill(10_000, "flood");
    expect([await ask("flood"), await ask("other")]).toEqual(["full", "under-way"]);
    await fill(1, "large", 1024 ** 3);
    expect(await ask("third")).toBe("full");
    await a.store.database.pool.query("delete from douane.examination where namespace = 'large'");
    await fill(40_000, "more");
    expect(await ask("third")).toBe("full");
    expect(keyDigest(request("other").key)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("any name that JSON can hold has its place", async () => {
    const a = await replica();
    a.examine(3);
    const names = ["\0", "\ud800", "é\n\u2028'\"\\"];
    const ended = names.map((name) => endOf(a.examinations.request(request(name, name))));
    const begun = [await a.next(), await a.next(), await a.next()];
    for (const each of begun) each.end();
    expect(begun.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect((await Promise.all(ended)).map(({ problems }) => problems)).toEqual([[], [], []]);
  });
});

test("while the database is gone nothing is asked for, and what waits goes on when it is back", async () => {
  const server = await testServer();
  const { url } = await server.emptyDatabase();
  const a = new Replica(await openStore({ url }, { douane: "0.1.0" }));
  a.examine();
  const ended = endOf(a.examinations.request(request("web")));
  const begun = await a.next();
  process.kill(server.pid() ?? 0, "SIGKILL");
  // A connection outlives the server's first process for a moment.
  let refusal: unknown;
  for (let n = 0; refusal === undefined; n++)
    refusal = await a.examinations.request(request(`other${n}`)).then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(refusal).toMatchObject({ code: "store-unreachable" });
  await until(() => a.store.isReady());
  begun.end();
  // Where the verdict could not be kept, the lease ends and the examination is made again.
  void (async () => {
    for (;;) (await a.next()).end();
  })();
  expect((await ended).stored?.key).toEqual(request("web").key);
  await a.close();
  await server.close();
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(10);
}
