import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DouaneError } from "../../contract/error.ts";
import { INCOMPLETE_REASONS, incomplete } from "./format/incomplete.ts";
import { SCAN_FORMATS } from "./formats.ts";
import { readScanReport } from "./read-scan-report.ts";

const FOLDER = import.meta.dirname;
const MANUAL = ["scan-reports.md", "scan-reports.fr.md"].map((page) =>
  readFileSync(join(FOLDER, "../../../docs/usage", page), "utf8"),
);
const TESTS = globSync("**/*.test.ts", { cwd: FOLDER })
  .filter((file) => file !== "formats.test.ts")
  .map((file) => readFileSync(join(FOLDER, file), "utf8"))
  .join("\n");

test("the list and the folders are the same", () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ids = SCAN_FORMATS.map(({ id }) => id);
  expect([...ids, "format"].toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

test.each(SCAN_FORMATS.map(({ id, version }) => [id, version] as const))(
  "%s has a version, a test beside it, and its line in the manual in both languages",
  (id, version) => {
    expect(version).toBeGreaterThan(0);
    expect(existsSync(join(FOLDER, id, `${id}.test.ts`))).toBe(true);
    for (const page of MANUAL) expect(page).toContain(`\`${id}\``);
  },
);

test.each([
  ['[{"check_name":"a"}]', "scan-report-unknown"],
  ['{"results": [], "errors": []}', "application/json"],
  ['{"template-id":"a","info":{}}\n{"template-id":"b","info":{}}\n', "application/jsonl"],
  ['<OWASPZAPReport version="2.17.0"/>', "application/xml"],
])("a report as the tool wrote it has a media type: %s", (text, expected) => {
  const read = () => readScanReport(Buffer.from(text), "report").report.mediaType;
  const typeOf = () => {
    try {
      return read();
    } catch (error) {
      return error instanceof DouaneError ? error.code : String(error);
    }
  };
  expect(typeOf()).toBe(expected);
});

test.each(SCAN_FORMATS.map((format) => [format.id, format] as const))("%s has a media type", (id, format) => {
  const own = { sarif: "application/sarif+json", nuclei: "application/x-ndjson", zap: "application/xml" };
  expect(["application/json", Object.entries(own).find(([name]) => name === id)?.[1]]).toContain(
    format.mediaType,
  );
});

test.each(INCOMPLETE_REASONS)(
  "the reason %s is a case of a test, and is in the manual in both languages",
  (reason) => {
    expect(TESTS).toMatch(new RegExp(`incomplete: (?:[a-z-]+ )*${reason}\\b|"${reason}"`));
    for (const page of MANUAL) expect(page).toContain(`\`${reason}\``);
    expect(incomplete(reason, 3).text.fr).not.toBe(incomplete(reason, 3).text.en);
  },
);
