import { binds, type EnforcedRows } from "../../contract/admission.ts";
import { ROWS } from "../../contract/rows.ts";
import type { Text } from "../../contract/text.ts";
import type { VerdictDocument } from "../../verdicts/report-schema.ts";
import type { StoredVerdict } from "../ports.ts";

type RowDocument = VerdictDocument["rows"][number];

/** Kinds of news about a running subject, with reason and type of the Kubernetes event. */
export const NEWS = {
  "row-refused": { event: "DouaneRowRefused", type: "Warning" },
  "row-unproven": { event: "DouaneRowUnproven", type: "Warning" },
  "row-settled": { event: "DouaneRowSettled", type: "Normal" },
  "finding-added": { event: "DouaneFindingAdded", type: "Warning" },
  "finding-changed": { event: "DouaneFindingChanged", type: "Warning" },
  "acceptance-ending": { event: "DouaneAcceptanceEnding", type: "Warning" },
  "row-in-force": { event: "DouaneRowInForce", type: "Warning" },
} as const;

/** Piece of news about a running subject. */
export interface News {
  readonly kind: keyof typeof NEWS;
  readonly row: RowDocument["id"];
  readonly message: Text;
}

/** Maximum number of findings of one row that are reported individually. */
const TOLD = 10;

/**
 * Differences between two verdicts on one subject, after a change of data, policy or rules: each row with
 * another answer; of the other rows, each finding or note that is new or worded differently.
 */
export function changesOf(before: StoredVerdict, after: StoredVerdict): readonly News[] {
  const rows = new Map(before.verdict.rows.map((row) => [row.id, row]));
  return after.verdict.rows.flatMap((row) => {
    const old = rows.get(row.id);
    if (old === undefined) return [];
    return old.answer === row.answer ? findingsOf(old, row) : [answerOf(old, row)];
  });
}

/** Rows that refute a subject which nothing had judged: a release let it in while it could not be examined. */
export function firstNews({ verdict }: StoredVerdict): readonly News[] {
  return verdict.rows.flatMap((row): readonly News[] => {
    const { id, answer } = row;
    if (answer !== "no") return [];
    const message = {
      fr: `${titleOf(id).fr} : ${WORDS.no.fr}, au premier examen.${reasonOf(row, "fr")}`,
      en: `${titleOf(id).en}: ${WORDS.no.en}, by the first examination.${reasonOf(row, "en")}`,
    };
    return [{ kind: "row-refused", row: id, message }];
  });
}

function answerOf(old: RowDocument, row: RowDocument): News {
  const { id, answer } = row;
  const message = {
    fr: `${titleOf(id).fr} : ${WORDS[answer].fr}, ${WORDS[old.answer].fr} auparavant.${reasonOf(row, "fr")}`,
    en: `${titleOf(id).en}: ${WORDS[answer].en}, was ${WORDS[old.answer].en}.${reasonOf(row, "en")}`,
  };
  if (answer === "no") return { kind: "row-refused", row: id, message };
  return { kind: answer === "unproven" ? "row-unproven" : "row-settled", row: id, message };
}

function reasonOf({ findings, doubts }: RowDocument, lang: keyof Text): string {
  const text = findings[0]?.message ?? doubts[0]?.reason;
  return text === undefined ? "" : ` ${text[lang]}`;
}

function findingsOf(old: RowDocument, row: RowDocument): readonly News[] {
  const known = new Map([...old.findings, ...old.notes].map((one) => [one.fingerprint, one.message]));
  const news = [...row.findings, ...row.notes].flatMap(({ fingerprint, message }): readonly News[] => {
    const before = known.get(fingerprint);
    if (before?.en === message.en) return [];
    return [{ kind: before === undefined ? "finding-added" : "finding-changed", row: row.id, message }];
  });
  if (news.length <= TOLD) return news;
  const more = news.length - TOLD;
  const rest = { fr: `… et ${more} autres nouveaux constats.`, en: `… and ${more} more new findings.` };
  return [...news.slice(0, TOLD), { kind: "finding-added", row: row.id, message: rest }];
}

/** Acceptances on which a verdict depends and that end within this many days, each once. */
export function endingAcceptances({ verdict }: StoredVerdict, today: string, days: number): readonly News[] {
  const last = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  const found = new Map<string, News>();
  for (const { id, notes } of verdict.rows) {
    for (const { accepted, fingerprint } of notes) {
      if (accepted === undefined || accepted.expires < today || accepted.expires > last) continue;
      const { expires, reason } = accepted;
      const message = {
        fr: `${titleOf(id).fr} : l'acceptation « ${reason} » prend fin le ${expires} ; ensuite, le constat décide de nouveau de la ligne.`,
        en: `${titleOf(id).en}: the acceptance "${reason}" ends on ${expires}; from then on, the finding decides the row again.`,
      };
      found.set(`${id} ${fingerprint}`, { kind: "acceptance-ending", row: id, message });
    }
  }
  return [...found.values()];
}

/** Rows that decide on admission under `now`, did not under `before`, and are answered no or unproven. */
export function rowsInForce(
  { verdict }: StoredVerdict,
  before: EnforcedRows,
  now: EnforcedRows,
): readonly News[] {
  return verdict.rows.flatMap((row): readonly News[] => {
    const isNew = binds(row, now) && !binds(row, before);
    if (!isNew || row.answer === "yes" || row.answer === "n/a") return [];
    const message = {
      fr: `${titleOf(row.id).fr} : cette exigence décide désormais de l'admission, et sa réponse est ${WORDS[row.answer].fr}.${reasonOf(row, "fr")}`,
      en: `${titleOf(row.id).en}: this requirement now decides on admission, and its answer is ${WORDS[row.answer].en}.${reasonOf(row, "en")}`,
    };
    return [{ kind: "row-in-force", row: row.id, message }];
  });
}

const WORDS: Readonly<Record<RowDocument["answer"], Text>> = {
  yes: { fr: "oui", en: "yes" },
  no: { fr: "non", en: "no" },
  unproven: { fr: "à prouver", en: "unproven" },
  "n/a": { fr: "sans objet", en: "n/a" },
};

function titleOf(id: RowDocument["id"]): Text {
  const row = ROWS.find((one) => one.id === id);
  return row === undefined ? { fr: id, en: id } : row.title;
}
