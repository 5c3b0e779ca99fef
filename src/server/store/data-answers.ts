import { createHash } from "node:crypto";
import { setImmediate as yieldTurn } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import type { DataIndex } from "../data-index.ts";
import type { Database } from "./database/connect.ts";

/** Queries that are answered before other work of the process gets its turn. */
const AT_ONCE = 50;

/** Maximum numbers of answers: of one image, of all images, and of one statement that reads them. */
export interface IndexBounds {
  readonly ofImage: number;
  readonly total: number;
  readonly page: number;
}

const BOUNDS: IndexBounds = {
  ofImage: LIMITS.indexedAnswers,
  total: LIMITS.indexedAnswersTotal,
  page: 10_000,
};

/**
 * Inverted index from the vulnerability data to the images that used them: each answer (ecosystem and package, CVE,
 * release, Maven artifact) once, and for each image the numbers of its answers. Answers beyond the bounds are not
 * indexed.
 */
export function dataIndex({ pool, asking }: Database, bounds: IndexBounds = BOUNDS): DataIndex {
  return {
    async keepAnswers(image, answers) {
      if (answers.size > bounds.ofImage) return;
      const rows = [...answers].map(([query, answer]) => ({ hash: hashOf(query, answer), query, answer }));
      await asking(async () => {
        await pool.query({
          name: "keep-answers",
          text: `insert into douane.data_answer (hash, query, answer)
            select decode(hash, 'hex'), query, decode(answer, 'base64')
            from json_to_recordset($1::json) as r(hash text, query text, answer text)
            -- A conflict uses a number up, so only another replica's insertion is one.
            where not exists (select from douane.data_answer a where a.hash = decode(r.hash, 'hex'))
              -- An estimate of PostgreSQL, which costs nothing; -1 where there is none yet.
              and (select reltuples from pg_class where oid = 'douane.data_answer'::regclass) < $2
            order by hash
            on conflict do nothing`,
          values: [JSON.stringify(rows), bounds.total],
        });
        // A separate statement, which also sees rows that another replica has inserted meanwhile.
        await pool.query({
          name: "keep-image-answers",
          text: `insert into douane.image_answers (digest, answers)
            select $1, coalesce(array_agg(id order by id), '{}') from douane.data_answer
            where hash = any(select decode(h, 'hex') from unnest($2::text[]) h)
            on conflict (digest) do update set answers = excluded.answers, judged_at = now()`,
          values: [image, rows.map(({ hash }) => hash)],
        });
      });
    },
    async touchedBy(answerOf) {
      const touched = new Set<string>();
      let after = 0;
      for (;;) {
        const page = await answersAfter(after);
        const changed = await changedOf(page, answerOf);
        for (const digest of await imagesWith(changed)) touched.add(digest);
        const last = page.at(-1);
        if (last === undefined || page.length < bounds.page) return touched;
        after = last.id;
      }
    },
  };

  async function answersAfter(id: number): Promise<readonly AnswerRow[]> {
    const { rows } = await asking(() =>
      pool.query<AnswerRow>(
        `select id, query, encode(answer, 'base64') as answer from douane.data_answer where id > $1
          order by id limit $2`,
        [id, bounds.page],
      ),
    );
    return rows;
  }

  async function imagesWith(answers: readonly number[]): Promise<readonly string[]> {
    if (answers.length === 0) return [];
    const { rows } = await asking(() =>
      pool.query<{ digest: string }>(
        "select digest from douane.image_answers where answers && $1::integer[]",
        [answers],
      ),
    );
    return rows.map(({ digest }) => digest);
  }
}

interface AnswerRow {
  readonly id: number;
  readonly query: string;
  readonly answer: string;
}

/** Numbers of the answers that the data no longer give. */
async function changedOf(
  rows: readonly AnswerRow[],
  answerOf: (query: string) => string | undefined,
): Promise<readonly number[]> {
  const changed: number[] = [];
  for (const [index, { id, query, answer }] of rows.entries()) {
    if (index % AT_ONCE === 0) await yieldTurn();
    if (answerOf(query) !== answer) changed.push(id);
  }
  return changed;
}

function hashOf(query: string, answer: string): string {
  return createHash("sha256").update(`${query}\n${answer}`).digest("hex");
}
