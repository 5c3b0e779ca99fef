import { join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { tells } from "../feed/feed.ts";
import {
  type Catalog,
  type CatalogSource,
  EMPTY_CATALOG,
  isMissing,
  readCatalog,
  TABLES_FOLDER,
} from "./catalog.ts";
import { type FoundRow, newestRecords } from "./newest-records.ts";
import { type AdvisoryRow, advisoriesOfRow } from "./rows/advisory-row.ts";
import { type CveRow, factsOfRows } from "./rows/cve-row.ts";
import { type EndOfLifeRow, endOfLifeOf } from "./rows/end-of-life-row.ts";
import { type AdvisoryKeys, advisoryKeys, cveKey, endOfLifeKey, groupsKey } from "./rows/keys.ts";
import { unsignedSources } from "./signed-sources.ts";
import { hashOf } from "./table/bloom-filter.ts";
import { SortedTable } from "./table/sorted-table.ts";

interface OpenSource {
  readonly source: CatalogSource;
  readonly table: SortedTable;
}

/**
 * Opens the vulnerability data of a folder. Later imports do not affect the opened data.
 *
 * @param directory absolute path
 * @param today ISO 8601; decides which products are out of support
 * @param publicKey PEM of the key that must have signed the sources; other sources are reported as unsigned
 * @throws UnavailableError vulnerability-data-missing if nothing was ever imported
 * @throws InvalidInputError vulnerability-catalog-damaged, vulnerability-table-damaged,
 * vulnerability-data-format
 */
export function openDatabase(directory: string, today: string, publicKey?: string): VulnerabilityDatabase {
  const { catalog, opened: sources } = openSources(directory);
  if (sources.length === 0) throw missingData(directory);
  const unsigned = publicKey === undefined ? new Set<string>() : unsignedSources(catalog, publicKey);
  const ecosystems = openEcosystems(sources);
  const ofCves = sources.filter(({ source }) => tells(source.feed, "cves"));
  const ofSupport = sources.filter(({ source }) => tells(source.feed, "support"));
  return {
    sources: sources.map(({ source: { name, feed, records, ecosystems, date, imported } }) => ({
      name,
      records,
      ecosystems,
      date,
      imported,
      ...(tells(feed, "exploited") ? { tellsExploited: true } : {}),
      ...(unsigned.has(name) ? { isUnsigned: true } : {}),
    })),
    advisoriesOf(ecosystem, name) {
      const asked = ecosystems.get(ecosystem);
      if (asked === undefined) return [];
      const normal = asked.nameOf(name);
      const found = recordRows(asked, normal);
      // Tables of format 1 have names of Go, npm and apk packages as in the records, not normalised.
      const older = name === normal ? [] : recordRows(asked, name);
      const all = older.length === 0 ? found : [...found, ...older];
      return newestRecords(all).flatMap(({ feed, row, key }) => advisoriesOfRow(row, feed, ecosystem, key));
    },
    groupsOf(artifact) {
      const asked = ecosystems.get("Maven")?.sources ?? [];
      if (!asked.every((one) => rowsIn([one], groupsKey("")).length > 0)) return undefined;
      const rows = rowsIn(asked, groupsKey(artifact));
      return [...new Set(rows.map((row) => String(JSON.parse(row))))].toSorted();
    },
    holds: (ecosystem) => ecosystems.get(ecosystem)?.isHeld === true,
    cve(id) {
      return factsOfRows(rowsIn(ofCves, cveKey(id)).map((row) => JSON.parse(row) as CveRow));
    },
    endOfLife(product, cycle) {
      const [row] = rowsIn(ofSupport, endOfLifeKey(product, cycle));
      return row === undefined ? undefined : endOfLifeOf(JSON.parse(row) as EndOfLifeRow, today);
    },
    close() {
      for (const { table } of sources) table.close();
    },
  };
}

/** Tables of an ecosystem, looked up once for all queries. */
interface OpenEcosystem extends AdvisoryKeys {
  readonly sources: readonly OpenSource[];
  /** Whether there is any record besides malware. */
  readonly isHeld: boolean;
}

function openEcosystems(sources: readonly OpenSource[]): ReadonlyMap<string, OpenEcosystem> {
  const all = sources.flatMap((open) => {
    return Object.entries(open.source.ecosystems).map(([ecosystem, count]) => ({ ecosystem, count, open }));
  });
  const grouped = [...Map.groupBy(all, ({ ecosystem }) => ecosystem)];
  return new Map(
    grouped.map(([ecosystem, held]) => [
      ecosystem,
      {
        ...advisoryKeys(ecosystem),
        sources: held.map(({ open }) => open),
        isHeld: held.some(({ count }) => count > 0),
      },
    ]),
  );
}

interface NamedRow extends FoundRow {
  /** Package name in the key of the row. */
  readonly key: string;
}

function recordRows({ prefix, sources }: OpenEcosystem, name: string): readonly NamedRow[] {
  const key = prefix + name;
  const hash = hashOf(key);
  return sources.flatMap(({ source: { feed }, table }) =>
    table.rows(key, hash).map((row) => ({ feed, row: JSON.parse(row) as AdvisoryRow, key: name })),
  );
}

function rowsIn(sources: readonly OpenSource[], key: string): readonly string[] {
  const hash = hashOf(key);
  return sources.flatMap(({ table }) => table.rows(key, hash));
}

/** Attempts to read the catalogue again, if an import removed a file named in it. */
const ATTEMPTS = 5;

function openSources(directory: string): {
  readonly catalog: Catalog;
  readonly opened: readonly OpenSource[];
} {
  for (let attempt = 1; ; attempt++) {
    const catalog = readCatalog(directory);
    if (catalog === undefined) return { catalog: EMPTY_CATALOG, opened: [] };
    try {
      return { catalog, opened: openTables(directory, catalog) };
    } catch (error) {
      if (!isMissing(error) || attempt === ATTEMPTS) throw isMissing(error) ? missingData(directory) : error;
    }
  }
}

function openTables(directory: string, { sources }: Catalog): readonly OpenSource[] {
  const opened: OpenSource[] = [];
  try {
    for (const source of sources) {
      const table = new SortedTable(join(directory, TABLES_FOLDER, source.file), source.bytes);
      opened.push({ source, table });
    }
    return opened;
  } catch (error) {
    for (const { table } of opened) table.close();
    throw error;
  }
}

function missingData(directory: string): UnavailableError {
  return new UnavailableError("vulnerability-data-missing", {
    fr: `Aucune donnée de vulnérabilités dans ${quoted(directory)}. Les importer (douane vulns import FICHIER…) ou les demander (douane vulns update).`,
    en: `No vulnerability data in ${quoted(directory)}. Import them (\`douane vulns import FILE…\`) or ask for them (\`douane vulns update\`).`,
  });
}
