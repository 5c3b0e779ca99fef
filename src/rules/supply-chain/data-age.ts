import type { JudgingFacts } from "../../contract/judging-facts.ts";
import type { VulnerabilityFacts, VulnerabilitySource } from "../../contract/vulnerability-facts.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How current what the components were compared with is: the oldest of what speaks of each ecosystem. */
export interface DataAge {
  /** `YYYY-MM-DD`; "" where nothing was compared. */
  readonly date: string;
  readonly state: "fresh" | "old" | "of-the-future";
}

export function dataAge(
  { sources, compared }: Pick<VulnerabilityFacts, "sources" | "compared">,
  { at, vulnerabilityDataDays }: Pick<JudgingFacts, "at" | "vulnerabilityDataDays">,
): DataAge {
  const dates = compared.map(({ ecosystem }) => newestOf(sources, ecosystem));
  const [oldest] = dates.toSorted();
  if (oldest === undefined) return { date: "", state: "fresh" };
  const days = (Date.parse(at) - Date.parse(oldest)) / DAY_MS;
  const date = oldest.slice(0, "2026-11-27".length);
  // A clock may be a day behind; data of next week are not.
  if (days < -1) return { date, state: "of-the-future" };
  return { date, state: days <= vulnerabilityDataDays ? "fresh" : "old" };
}

/** Of several that speak of one ecosystem the newest; where none says that it does, the oldest of all. */
function newestOf(sources: readonly VulnerabilitySource[], ecosystem: string): string {
  const [family = ecosystem] = ecosystem.split(":");
  const speaking = sources.filter(({ ecosystems }) => ecosystems.includes(family)).map(({ date }) => date);
  const newest = speaking.toSorted().at(-1);
  return newest ?? sources.map(({ date }) => date).toSorted()[0] ?? "";
}
