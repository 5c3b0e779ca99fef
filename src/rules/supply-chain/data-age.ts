import type { JudgingFacts } from "../../contract/judging-facts.ts";
import type { VulnerabilityFacts, VulnerabilitySource } from "../../contract/vulnerability-facts.ts";
import { minimumRecords } from "./minimum-records.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Age of the data used for comparison: the oldest among the sources per ecosystem. */
export interface DataAge {
  /** Date as `YYYY-MM-DD`; "" if nothing was compared. */
  readonly date: string;
  readonly state: "fresh" | "old" | "of-the-future";
}

export function dataAge(
  { sources, compared }: Pick<VulnerabilityFacts, "sources" | "compared">,
  { at, vulnerabilityDataDays }: Pick<JudgingFacts, "at" | "vulnerabilityDataDays">,
): DataAge {
  const dates = compared.map(({ ecosystem }) => spokenOf(sources, ecosystem).date);
  const [oldest] = dates.toSorted();
  if (oldest === undefined) return { date: "", state: "fresh" };
  const days = (Date.parse(at) - Date.parse(oldest)) / DAY_MS;
  const date = oldest.slice(0, "2026-11-27".length);
  // One day is tolerated, for a clock that is behind.
  if (days < -1) return { date, state: "of-the-future" };
  return { date, state: days <= vulnerabilityDataDays ? "fresh" : "old" };
}

/** An ecosystem compared with only part of its records. */
export interface Excerpt {
  readonly ecosystem: string;
  readonly records: number;
}

export function excerptsOf({
  sources,
  compared,
}: Pick<VulnerabilityFacts, "sources" | "compared">): readonly Excerpt[] {
  return compared
    .map(({ ecosystem }) => ({ ecosystem, records: spokenOf(sources, ecosystem).records }))
    .filter(({ ecosystem, records }) => records < minimumRecords(ecosystem));
}

/** Number of an ecosystem's records, with their date. */
interface Spoken {
  readonly records: number;
  readonly date: string;
}

const NONE: Spoken = { records: 0, date: "9999" };

/**
 * Records of an ecosystem: of the newest source that has at least half as many records as the largest source,
 * since a few new records do not make an old database recent. Without any source for the ecosystem, of the
 * oldest source of all.
 */
function spokenOf(sources: readonly VulnerabilitySource[], ecosystem: string): Spoken {
  const speaking = sources.flatMap(({ name, ecosystems, date }) => {
    const records = ecosystems[ecosystem] ?? 0;
    return records > 0 ? [{ name, records, date }] : [];
  });
  const apart = speaking.filter(({ name }) => !isPart(name));
  const parts = speaking.filter(({ name }) => isPart(name));
  const all: readonly Spoken[] =
    parts.length === 0 ? apart : [...apart, parts.reduce<Spoken>(together, NONE)];
  const largest = Math.max(0, ...all.map(({ records }) => records));
  const [newest] = all
    .filter(({ records }) => records * 2 >= largest)
    .toSorted((a, b) => (a.date < b.date ? 1 : -1));
  return newest ?? { records: 0, date: sources.map(({ date }) => date).toSorted()[0] ?? "" };
}

/** Whether a source is one repository of an Alpine release, which complements other sources. */
function isPart(name: string): boolean {
  return name.startsWith("alpine-secdb:");
}

function together(one: Spoken, other: Spoken): Spoken {
  const date = one.date < other.date ? one.date : other.date;
  return { records: one.records + other.records, date };
}
