import { createHash } from "node:crypto";
import type { Digest } from "../../contract/image-facts.ts";
import { searchable } from "../audit/entry.ts";
import { BoundedMap } from "../bounded-map.ts";
import { LETS_IN } from "../decision-kinds.ts";
import {
  ADMISSIONS_OF_START,
  type Decision,
  type JudgedImage,
  type RunningStore,
  type VerdictKey,
} from "../ports.ts";
import type { Database } from "./database/connect.ts";
import { groupedWrites } from "./decisions/grouped-writes.ts";
import { keyDigest } from "./verdicts/verdict-rows.ts";

/**
 * Maximum number of remembered starts, each with its last verdict: another admission by the same verdict
 * needs no write.
 */
const REMEMBERED = 50_000;
/** Milliseconds after which a start is written again, with the new time. */
const RENEWED_MS = 24 * 60 * 60_000;

/** Starts of admitted pods, by namespace and by start digest. */
export interface AdmittedStarts extends Pick<RunningStore, "admission" | "isJudged" | "knownSince"> {
  /**
   * Stores the start of an admitting decision; resolves when the write is durable.
   *
   * @throws as databaseError()
   */
  keep(decision: Decision): Promise<void>;
}

/** Admission as stored; without labels, an earlier version wrote it. */
interface Kept extends Pick<Decision, "labels"> {
  readonly key: VerdictKey;
  readonly images: readonly JudgedImage[];
}

interface Row {
  readonly namespace: string;
  readonly start: string;
  readonly images: string;
  readonly body: string;
  readonly admitted_at: string;
}

export function admittedStarts({ pool, asking }: Database): AdmittedStarts {
  const written = new BoundedMap<{ readonly key: string; readonly at: number }>(REMEMBERED);
  const groups = groupedWrites<Row>((rows) => asking(async () => void (await upsert(pool, rows))));
  return {
    async keep({ kind, key, start, labels, namespace, images, at }) {
      // A grace period is for a start that was admitted before, by a verdict that stays the one of its admission.
      if (!LETS_IN[kind] || kind === "grace" || key === undefined || start === undefined) return;
      const of = labels === undefined ? images : [labels, images];
      const digest = createHash("sha256").update(JSON.stringify(of)).digest("hex");
      const place = `${namespace} ${start} ${digest}`;
      const now = { key: keyDigest(key), at: Date.parse(at) };
      const before = written.get(place);
      if (before?.key === now.key && now.at - before.at < RENEWED_MS) return;
      const body = JSON.stringify({
        key,
        images,
        ...(labels === undefined ? {} : { labels }),
      } satisfies Kept);
      const row = { namespace: searchable(namespace), start, images: digest, body, admitted_at: at };
      await groups.write(row, body.length);
      written.set(place, now);
    },
    async admission(namespace, start) {
      const { rows } = await asking(() =>
        pool.query<{ body: string }>({
          name: "admission",
          text: `select body from douane.admitted_start where namespace = $1 and start = $2
            order by admitted_at desc limit ${ADMISSIONS_OF_START}`,
          values: [searchable(namespace), start],
        }),
      );
      const all = rows.map(({ body }) => JSON.parse(body) as Kept);
      const [newest] = all;
      if (newest === undefined) return undefined;
      // Of several entries with a key, a map has the last.
      const templates = all
        .toReversed()
        .flatMap(({ key, labels }) => (labels === undefined ? [] : [[labels, key] as const]));
      return { key: newest.key, templates: new Map(templates), images: all.flatMap(({ images }) => images) };
    },
    async isJudged(digest: Digest) {
      const { rows } = await asking(() =>
        pool.query("select from douane.verdict_image where digest = $1 limit 1", [digest]),
      );
      return rows.length > 0;
    },
    async knownSince() {
      const { rows } = await asking(() =>
        pool.query<{ since: Date }>("select starts_known_since as since from douane.store"),
      );
      return (rows[0]?.since ?? new Date()).toISOString();
    },
  };
}

/** Writes the rows; of several rows with the same primary key, only the last. */
function upsert(pool: Database["pool"], rows: readonly Row[]): Promise<unknown> {
  const last = new Map(rows.map((row) => [`${row.namespace} ${row.start} ${row.images}`, row]));
  return pool.query({
    name: "keep-starts",
    text: `insert into douane.admitted_start (namespace, start, images, body, admitted_at)
      select * from json_to_recordset($1::json)
        as r(namespace text, start text, images text, body text, admitted_at timestamptz)
      on conflict (namespace, start, images) do update set body = excluded.body, admitted_at = excluded.admitted_at
      where douane.admitted_start.admitted_at <= excluded.admitted_at`,
    values: [JSON.stringify([...last.values()])],
  });
}
