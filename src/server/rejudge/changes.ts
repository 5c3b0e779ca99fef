import { binds, type EnforcedRows } from "../../contract/admission.ts";
import { ROWS } from "../../contract/rows.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { VerdictDocument } from "../../verdicts/report-schema.ts";
import type { VerdictChange } from "../decision-kinds.ts";
import type { BegunGrace } from "../grace/begin-grace.ts";
import type { StoredVerdict } from "../ports.ts";

type RowDocument = VerdictDocument["rows"][number];

/** Reason and type of the Kubernetes event of each change. */
export const CHANGE_EVENTS = {
  "row-refused": { event: "DouaneRowRefused", type: "Warning" },
  "row-unproven": { event: "DouaneRowUnproven", type: "Warning" },
  "row-settled": { event: "DouaneRowSettled", type: "Normal" },
  "finding-added": { event: "DouaneFindingAdded", type: "Warning" },
  "finding-changed": { event: "DouaneFindingChanged", type: "Warning" },
  "severity-changed": { event: "DouaneSeverityChanged", type: "Warning" },
  "vulnerability-exploited": { event: "DouaneVulnerabilityExploited", type: "Warning" },
  "acceptance-ending": { event: "DouaneAcceptanceEnding", type: "Warning" },
  "evidence-ending": { event: "DouaneEvidenceEnding", type: "Warning" },
  "row-in-force": { event: "DouaneRowInForce", type: "Warning" },
  "grace-period": { event: "DouaneGracePeriod", type: "Warning" },
} as const satisfies Readonly<
  Record<VerdictChange, { readonly event: string; readonly type: "Normal" | "Warning" }>
>;

/** Change of the verdict on a running subject. */
export interface Change {
  readonly kind: VerdictChange;
  readonly row: RowDocument["id"];
  readonly message: Text;
}

/** Change that will come on a day: it is reported once for each workload. */
export interface ComingChange extends Change {
  /** Fingerprint or rule of the acceptance or proof that ends, and its last day. */
  readonly cause: string;
}

/** Maximum number of findings of one row that are reported individually. */
const LISTED = 10;

/**
 * Differences between two verdicts on one subject, after a change of data, policy or rules: each row with
 * another answer; of the other rows, each finding or note that is new or worded differently; in all rows, each
 * vulnerability that is exploited now.
 */
export function changesOf(before: StoredVerdict, after: StoredVerdict): readonly Change[] {
  const rows = new Map(before.verdict.rows.map((row) => [row.id, row]));
  return after.verdict.rows.flatMap((row) => {
    const old = rows.get(row.id);
    if (old === undefined) return [];
    if (old.answer === row.answer) return findingsOf(old, row);
    // A list of exploited vulnerabilities is a cause of its own.
    return [answerOf(old, row), ...findingsOf(old, row).filter(({ kind }) => kind === EXPLOITED)];
  });
}

/**
 * Rows that refute a subject in its first verdict: a release had admitted the subject while it could not be examined.
 */
export function firstChanges({ verdict }: StoredVerdict): readonly Change[] {
  return verdict.rows.flatMap((row): readonly Change[] => {
    const { id, answer } = row;
    if (answer !== "no") return [];
    const message = {
      fr: `${titleOf(id).fr} : ${WORDS.no.fr}, au premier examen.${reasonOf(row, "fr")}`,
      en: `${titleOf(id).en}: ${WORDS.no.en}, by the first examination.${reasonOf(row, "en")}`,
    };
    return [{ kind: "row-refused", row: id, message }];
  });
}

function answerOf(old: RowDocument, row: RowDocument): Change {
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

const EXPLOITED = "vulnerability-exploited";

type FindingDocument = RowDocument["findings"][number] | RowDocument["notes"][number];

function findingsOf(old: RowDocument, row: RowDocument): readonly Change[] {
  const known = new Map([...old.findings, ...old.notes].map((one) => [one.fingerprint, one]));
  const changes = [...row.findings, ...row.notes].flatMap((one): readonly Change[] => {
    const kind = kindOf(known.get(one.fingerprint), one);
    return kind === undefined ? [] : [{ kind, row: row.id, message: one.message }];
  });
  // Exploited vulnerabilities first: the others may be left out.
  const sorted = changes.toSorted((a, b) => Number(b.kind === EXPLOITED) - Number(a.kind === EXPLOITED));
  if (sorted.length <= LISTED) return sorted;
  const more = sorted.length - LISTED;
  const rest = { fr: `… et ${more} autres nouveaux constats.`, en: `… and ${more} more new findings.` };
  return [...sorted.slice(0, LISTED), { kind: "finding-added", row: row.id, message: rest }];
}

/** Change of a finding; undefined if it says the same as before. */
function kindOf(old: FindingDocument | undefined, one: FindingDocument): VerdictChange | undefined {
  const [before, now] = [old?.vulnerability, one.vulnerability];
  if (now?.isExploited === true && before?.isExploited !== true && isComparable(old)) return EXPLOITED;
  if (old === undefined) return "finding-added";
  if (before !== undefined && now !== undefined && before.level !== now.level) return "severity-changed";
  return old.message.en === one.message.en ? undefined : "finding-changed";
}

/** Whether a finding states what is known of its vulnerability, which verdicts of earlier versions do not. */
function isComparable(old: FindingDocument | undefined): boolean {
  return old === undefined || old.vulnerability !== undefined;
}

/** Acceptances on which a verdict depends and that end within this many days, each once. */
export function endingAcceptances(
  { verdict }: StoredVerdict,
  today: string,
  days: number,
): readonly ComingChange[] {
  const last = dayAfter(today, days);
  const found = new Map<string, ComingChange>();
  for (const { id, notes } of verdict.rows) {
    for (const { accepted, fingerprint } of notes) {
      if (accepted === undefined || accepted.expires < today || accepted.expires > last) continue;
      const { expires, reason } = accepted;
      const message = {
        fr: `${titleOf(id).fr} : l'acceptation « ${reason} » prend fin le ${expires} ; ensuite, le constat décide de nouveau de la ligne.`,
        en: `${titleOf(id).en}: the acceptance "${reason}" ends on ${expires}; from then on, the finding decides the row again.`,
      };
      const cause = `${fingerprint} ${expires}`;
      found.set(`${id} ${fingerprint}`, { kind: "acceptance-ending", row: id, message, cause });
    }
  }
  return [...found.values()];
}

/** Proofs of rows that count no longer within this many days: their evidence becomes too old, or a key ends. */
export function endingProofs(
  { verdict }: StoredVerdict,
  today: string,
  days: number,
): readonly ComingChange[] {
  const last = dayAfter(today, days);
  // A scan proves two rows: its end is said once.
  const found = new Map<string, ComingChange>();
  for (const { id, proofs } of verdict.rows) {
    for (const { rule, until, message: proof } of proofs) {
      if (until === undefined || until < today || until > last || found.has(`${rule} ${until}`)) continue;
      const message = {
        fr: `${titleOf(id).fr} : sa preuve compte jusqu'au ${until} inclus, puis est trop ancienne ou n'est plus signée par une clé valable : la renouveler d'ici là. ${proof.fr}`,
        en: `${titleOf(id).en}: its proof counts until ${until}, and is then too old or no longer signed by a valid key: renew it before. ${proof.en}`,
      };
      const cause = `${rule} ${until}`;
      found.set(cause, { kind: "evidence-ending", row: id, message, cause });
    }
  }
  return [...found.values()];
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Rows that decide on admission under `now`, did not under `before`, and are answered no or unproven. */
export function rowsInForce(
  { verdict }: StoredVerdict,
  before: EnforcedRows,
  now: EnforcedRows,
): readonly Change[] {
  return verdict.rows.flatMap((row): readonly Change[] => {
    const isNew = binds(row, now) && !binds(row, before);
    if (!isNew || row.answer === "yes" || row.answer === "n/a") return [];
    const message = {
      fr: `${titleOf(row.id).fr} : cette exigence décide désormais de l'admission, et sa réponse est ${WORDS[row.answer].fr}.${reasonOf(row, "fr")}`,
      en: `${titleOf(row.id).en}: this requirement now decides on admission, and its answer is ${WORDS[row.answer].en}.${reasonOf(row, "en")}`,
    };
    return [{ kind: "row-in-force", row: row.id, message }];
  });
}

/** A grace period that has begun. */
export function graceChange({ period, begun }: BegunGrace): Change {
  const names = [...new Set(begun.map(({ about }) => about))];
  const more = names.length > LISTED ? ", …" : "";
  const list = `${names
    .slice(0, LISTED)
    .map((one) => excerpt(one))
    .join(", ")}${more}`;
  const end = period.until.slice(0, 16);
  const message = {
    fr: `délai de grâce jusqu'au ${end} (UTC) : les pods de ce workload redémarrent jusque-là, puis sont refusés (${list}).`,
    en: `grace period until ${end} (UTC): pods of this workload restart until then, and are refused afterwards (${list}).`,
  };
  return { kind: "grace-period", row: begun[0]?.row ?? "sbom", message };
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
