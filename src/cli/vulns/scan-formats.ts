import type { Lang } from "../../contract/text.ts";
import { vulnerabilitiesCycloneDx } from "../../report/vulnerabilities/cyclonedx.ts";
import { vulnerabilitiesGitLab } from "../../report/vulnerabilities/gitlab.ts";
import { vulnerabilitiesJson } from "../../report/vulnerabilities/json.ts";
import { vulnerabilitiesSarif } from "../../report/vulnerabilities/sarif.ts";
import type { VulnerabilityScan } from "../../report/vulnerabilities/scan.ts";
import { type TableOptions, vulnerabilitiesTable } from "../../report/vulnerabilities/table.ts";

/** In which findings are told. */
export const SCAN_FORMATS = {
  table: vulnerabilitiesTable,
  json: (scan) => vulnerabilitiesJson(scan),
  sarif: (scan, { lang }) => vulnerabilitiesSarif(scan, lang),
  cyclonedx: (scan) => vulnerabilitiesCycloneDx(scan),
  gitlab: (scan, { lang }) => vulnerabilitiesGitLab(scan, lang),
} as const satisfies Record<
  string,
  (scan: VulnerabilityScan, options: TableOptions & { lang: Lang }) => string
>;
