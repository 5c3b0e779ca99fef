import { EXIT } from "../../contract/error.ts";
import { type CatalogSource, readCatalog } from "../../vulnerabilities/database/catalog.ts";
import { ageOf } from "../../vulnerabilities/database/data-age.ts";
import { openDatabase } from "../../vulnerabilities/database/open-database.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import { today } from "../process/context.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { dataPolicy } from "./data-policy.ts";
import type { StatusValues } from "./flags.ts";
import { targetsOf } from "./formats.ts";
import { type SourceStatus, statusTable } from "./status-table.ts";

/**
 * `douane vulns status`: exits with 0 if there are data and none are too old, otherwise 2.
 *
 * @throws InvalidInputError vulnerability-table-damaged
 */
export async function runStatus(
  session: Session,
  { data, maxAge, format, policy }: StatusValues,
): Promise<number> {
  const targets = targetsOf(format);
  const { context } = session;
  const directory = dataDirectory(context, data);
  const { maxDays } = await dataPolicy(context, { policy, maxAge });
  const catalog = readCatalog(directory);
  // Truncated tables are reported as damaged here, too, not only when they are queried.
  if (catalog !== undefined && catalog.sources.length > 0) openDatabase(directory, today(context)).close();
  const sources = (catalog?.sources ?? []).map((source) => statusOf(source, context.now(), maxDays));
  const isFresh = sources.length > 0 && sources.every(({ age }) => age.state === "fresh");
  await writeFormats(session, targets, ({ name }, options) =>
    name === "json"
      ? statusJson(directory, maxDays, isFresh, sources)
      : statusTable({ directory, maxDays, sources }, options),
  );
  return isFresh ? EXIT.admitted : EXIT.unproven;
}

function statusOf(source: CatalogSource, now: Date, maxDays: number): SourceStatus {
  return { source, age: ageOf(source, now, maxDays) };
}

function statusJson(
  directory: string,
  maxAgeDays: number,
  fresh: boolean,
  sources: readonly SourceStatus[],
): string {
  const told = sources.map(
    ({ source: { name, records, date, dateFrom, imported, bytes, ecosystems, download }, age }) => ({
      name,
      records,
      date,
      dateFrom,
      imported,
      ageDays: age.days,
      state: age.state,
      bytes,
      ecosystems,
      ...(download === undefined ? {} : { from: download.url }),
    }),
  );
  return `${JSON.stringify({ directory, maxAgeDays, fresh, sources: told }, null, 2)}\n`;
}
