// `node scripts/scan-reports.ts FOLDER`: reads real scan reports and compares the result with a table that was
// written from the files before the readers existed. The project has no copy of these files.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readScanReport } from "../src/attest/reports/read-scan-report.ts";
import { EXPECTED, type Expected } from "./scan-reports/expected.ts";

function reading(folder: string, file: string): Expected {
  const { report } = readScanReport(readFileSync(join(folder, file)), file);
  const { critical, high, medium, low, info, unknown } = report.counts;
  const { format, kind, tool, toolVersion, injections, suppressed, verdict } = report;
  return {
    file,
    format,
    kind,
    tool,
    ...(toolVersion === undefined ? {} : { toolVersion }),
    counts: [critical, high, medium, low, info, unknown],
    injections,
    suppressed,
    verdict,
    because: report.incompleteBecause.map(({ reason }) => reason).toSorted(),
  };
}

const [folder = "."] = process.argv.slice(2);
const expected = new Map(EXPECTED.map((one) => [one.file, JSON.stringify(one)]));
const files = readdirSync(folder).filter((file) => file !== "README.md");
let differing = 0;
for (const file of files) {
  const seen = JSON.stringify(reading(folder, file));
  if (seen === expected.get(file)) continue;
  differing++;
  console.log(`${file}\n  expected ${expected.get(file) ?? "no such file"}\n  read     ${seen}`);
}
const missing = [...expected.keys()].filter((file) => !files.includes(file));
console.log(`${files.length} reports, ${differing} read otherwise than expected, ${missing.length} missing`);
process.exitCode = differing + missing.length > 0 ? 1 : 0;
