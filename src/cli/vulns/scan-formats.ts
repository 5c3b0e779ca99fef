import type { VulnerabilityScan } from "../../report/vulnerabilities/scan.ts";
import { vulnerabilitiesTable } from "../../report/vulnerabilities/table.ts";
import { vulnerabilitiesCycloneDx } from "../../report/vulnerabilities/vulnerabilities-cyclonedx.ts";
import { vulnerabilitiesGitLab } from "../../report/vulnerabilities/vulnerabilities-gitlab.ts";
import { vulnerabilitiesJson } from "../../report/vulnerabilities/vulnerabilities-json.ts";
import { vulnerabilitiesSarif } from "../../report/vulnerabilities/vulnerabilities-sarif.ts";
import type { WriteOptions } from "../command-line/write-formats.ts";
import type { VulnsFormatName } from "./formats.ts";

/** Writers of findings by format. */
export const SCAN_FORMATS: Readonly<
  Record<VulnsFormatName, (scan: VulnerabilityScan, options: WriteOptions) => string>
> = {
  table: vulnerabilitiesTable,
  json: (scan) => vulnerabilitiesJson(scan),
  sarif: (scan, { lang }) => vulnerabilitiesSarif(scan, lang),
  cyclonedx: (scan) => vulnerabilitiesCycloneDx(scan),
  gitlab: (scan, { lang }) => vulnerabilitiesGitLab(scan, lang),
};
