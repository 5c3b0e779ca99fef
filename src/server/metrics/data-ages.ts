import type { VulnerabilitySource } from "../../contract/vulnerability-facts.ts";
import { simpleMetric } from "./exposition.ts";

type Dated = Pick<VulnerabilitySource, "name" | "date">;

const DAY_MS = 86_400_000;

/**
 * Age of each source of the vulnerability data that a process judges by; without data, the metric is absent.
 *
 * @param now milliseconds, as Date.now()
 */
export function dataAges(sources: readonly Dated[], now: number): string {
  return simpleMetric(
    {
      name: "douane_vulnerability_data_age_seconds",
      help: "Time since the content of the vulnerability data was current, by source.",
    },
    "gauge",
    Object.fromEntries(sources.map(({ name, date }) => [name, Math.round((now - Date.parse(date)) / 1_000)])),
    "source",
  );
}

/** Line of /readyz about the oldest source. */
export function dataNote(sources: readonly Dated[], now: number): string {
  const [oldest] = sources.toSorted((a, b) => Date.parse(a.date) - Date.parse(b.date));
  if (oldest === undefined) return "vulnerability data: none";
  const days = Math.floor((now - Date.parse(oldest.date)) / DAY_MS);
  return `vulnerability data: ${days} days (oldest: ${oldest.name})`;
}
