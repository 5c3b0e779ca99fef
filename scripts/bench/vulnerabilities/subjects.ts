import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../../src/vulnerabilities/database/open-database.ts";
import { benchDirectory } from "../cache.ts";
import type { Subject } from "../measure.ts";
import { statisticsOf } from "../statistics.ts";
import { DOUANE, emptyDirectory } from "../subjects.ts";
import { recordsArchive } from "./records.ts";

export const DATA_SUBJECTS = {
  import: "douane vulns import: 100,000 OSV records",
  status: "douane vulns status",
} as const;

const DATA = join(benchDirectory(), "vulnerability-data");

/** Subjects about data; the status comes after the import, whose data it reads. */
export function dataSubjects(): readonly Subject[] {
  const archive = recordsArchive();
  return [
    {
      name: DATA_SUBJECTS.import,
      command: [...DOUANE, "vulns", "import", archive, "--data", DATA],
      exits: [0],
      prepare: () => emptyDirectory(DATA),
    },
    {
      name: DATA_SUBJECTS.status,
      command: [...DOUANE, "vulns", "status", "--data", DATA, "--max-age", "9999"],
      exits: [0],
    },
  ];
}

/** Results of the last import: bytes per record on disk, milliseconds to open and query once. */
export function importedData(): { readonly bytesPerRecord: number; readonly openMs: number } {
  const { sources } = JSON.parse(readFileSync(join(DATA, "catalog.json"), "utf8"));
  const [source] = sources;
  const bytes = statSync(join(DATA, "tables", source.file)).size;
  const opened = Array.from({ length: 21 }, () => {
    const since = performance.now();
    const database = openDatabase(DATA, "2026-06-15");
    database.advisoriesOf("npm", "left-pad");
    const ms = performance.now() - since;
    database.close();
    return ms;
  });
  return { bytesPerRecord: bytes / source.records, openMs: statisticsOf(opened).median };
}
