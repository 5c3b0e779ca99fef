import { BANDIT } from "./bandit/bandit.ts";
import { EMPTY_LIST } from "./empty-list/empty-list.ts";
import { ESLINT } from "./eslint/eslint.ts";
import type { ScanFormat } from "./format/scan-format.ts";
import { GITLAB } from "./gitlab/gitlab.ts";
import { GITLEAKS } from "./gitleaks/gitleaks.ts";
import { NUCLEI } from "./nuclei/nuclei.ts";
import { SARIF } from "./sarif/sarif.ts";
import { SEMGREP } from "./semgrep/semgrep.ts";
import { SONARQUBE } from "./sonarqube/sonarqube.ts";
import { SONARQUBE_GENERIC } from "./sonarqube-generic/sonarqube-generic.ts";
import { TALISMAN } from "./talisman/talisman.ts";
import { ZAP } from "./zap/zap.ts";

/** Formats of scan reports. The order has no effect, since a document belongs to one format only. */
export const SCAN_FORMATS: readonly ScanFormat[] = [
  SARIF,
  GITLAB,
  SEMGREP,
  SONARQUBE,
  SONARQUBE_GENERIC,
  BANDIT,
  ESLINT,
  GITLEAKS,
  TALISMAN,
  ZAP,
  NUCLEI,
  EMPTY_LIST,
];
