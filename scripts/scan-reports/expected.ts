/** Expected reading of a file, written from the file itself before the readers existed. */
export interface Expected {
  readonly file: string;
  readonly format: string;
  readonly kind: string;
  readonly tool: string;
  readonly toolVersion?: string;
  /** Open findings: critical, high, medium, low, info, unknown. */
  readonly counts: readonly [number, number, number, number, number, number];
  readonly injections: number;
  readonly suppressed: number;
  readonly verdict: string;
  /** Names of the reasons why the report is incomplete, sorted. */
  readonly because: readonly string[];
}

type Line = [
  file: string,
  form: [format: string, kind: string, tool: string, toolVersion?: string],
  counts: Expected["counts"],
  injections: number,
  verdict: string,
  because?: readonly string[],
];

const NO_FINDINGS = [0, 0, 0, 0, 0, 0] as const;
const UNFINISHED = ["completion-unknown"];
const NO_ANALYSIS = ["gate-missing", "task-missing"];

const LINES: readonly Line[] = [
  ["bandit-no_vuln.json", ["bandit", "sast", "Bandit"], NO_FINDINGS, 0, "incomplete", ["no-files"]],
  ["bandit-one_vuln.json", ["bandit", "sast", "Bandit"], [0, 0, 0, 1, 0, 0], 0, "warn"],
  [
    "gitlab_dast-gitlab_dast_one_vul_v15.json",
    ["gitlab", "dast", "unknown"],
    [0, 1, 0, 0, 0, 0],
    0,
    "incomplete",
    ["completion-unknown", "no-urls", "passive-scan", "tool-unknown"],
  ],
  [
    "gitlab_sast-gl-sast-report-0-vuln.json",
    ["gitlab", "unknown", "unknown"],
    NO_FINDINGS,
    0,
    "incomplete",
    ["completion-unknown", "kind-unknown", "tool-unknown"],
  ],
  [
    "gitlab_sast-gl-sast-report-cwe_v15.json",
    ["gitlab", "sast", "Find Security Bugs", "4.2.0"],
    [0, 2, 1, 0, 0, 0],
    3,
    "fail",
  ],
  [
    "gitlab_secret_detection_report-gitlab_secret_detection_report_1_vuln_v15.json",
    ["gitlab", "secrets", "Gitleaks", "v7.5.0"],
    [1, 0, 0, 0, 0, 0],
    0,
    "fail",
  ],
  [
    "gitleaks-no_findings.json",
    ["empty-list", "unknown", "unknown"],
    NO_FINDINGS,
    0,
    "incomplete",
    ["completion-unknown", "kind-unknown", "tool-unknown"],
  ],
  [
    "gitleaks-redacted_data_many.json",
    ["gitleaks", "secrets", "gitleaks"],
    [0, 6, 0, 0, 0, 0],
    0,
    "incomplete",
    UNFINISHED,
  ],
  [
    "nuclei-many_findings.json",
    ["nuclei", "dast", "Nuclei"],
    [0, 0, 1, 1, 16, 0],
    0,
    "incomplete",
    UNFINISHED,
  ],
  ["nuclei-multiple_v3.json", ["nuclei", "dast", "Nuclei"], [0, 0, 0, 0, 6, 0], 0, "incomplete", UNFINISHED],
  [
    "sarif-appendix_k2.sarif",
    ["sarif", "sast", "CodeScanner"],
    [0, 0, 1, 0, 0, 0],
    0,
    "incomplete",
    UNFINISHED,
  ],
  ["sarif-njsscan.sarif", ["sarif", "sast", "nodejsscan", "0.2.3"], [0, 1, 1, 0, 0, 0], 0, "fail"],
  [
    "sarif-no_runs.sarif",
    ["sarif", "unknown", "unknown"],
    NO_FINDINGS,
    0,
    "incomplete",
    ["kind-unknown", "no-runs", "tool-unknown"],
  ],
  [
    "sarif-taint-python-report.sarif",
    ["sarif", "sast", "Python Security Analysis", "1.0.0-scan"],
    [0, 8, 1, 2, 0, 0],
    8,
    "fail",
  ],
  ["semgrep-empty.json", ["semgrep", "sast", "Semgrep"], NO_FINDINGS, 0, "incomplete", UNFINISHED],
  [
    "semgrep-one_finding.json",
    ["semgrep", "sast", "Semgrep"],
    [0, 0, 1, 0, 0, 0],
    0,
    "incomplete",
    UNFINISHED,
  ],
  [
    "semgrep-semgrep_version_1_30_0_line_26.json",
    ["semgrep", "sast", "Semgrep", "1.30.0"],
    [0, 0, 5, 0, 0, 0],
    5,
    "warn",
  ],
  [
    "sonarqube-findings_over_api.json",
    ["sonarqube", "sast", "SonarQube"],
    [0, 1, 2, 0, 0, 0],
    0,
    "incomplete",
    ["counts-disagree", ...NO_ANALYSIS],
  ],
  [
    "sonarqube-findings_over_api_empty.json",
    ["sonarqube", "sast", "SonarQube"],
    NO_FINDINGS,
    0,
    "incomplete",
    NO_ANALYSIS,
  ],
  [
    "sonarqube-findings_over_api_hotspots.json",
    ["sonarqube", "sast", "SonarQube"],
    [0, 1, 0, 3, 0, 0],
    1,
    "incomplete",
    NO_ANALYSIS,
  ],
  [
    "talisman-many_findings.json",
    ["talisman", "secrets", "Talisman"],
    [0, 2, 0, 3, 0, 0],
    0,
    "incomplete",
    UNFINISHED,
  ],
  ["talisman-no_finding.json", ["talisman", "secrets", "Talisman"], NO_FINDINGS, 0, "incomplete", UNFINISHED],
  [
    "zap-empty_2.9.0.xml",
    ["zap", "dast", "ZAP", "2.9.0"],
    NO_FINDINGS,
    0,
    "incomplete",
    ["no-urls", "passive-scan"],
  ],
  [
    "zap-some_2.9.0.xml",
    ["zap", "dast", "ZAP", "2.9.0"],
    [0, 0, 1, 5, 1, 0],
    0,
    "incomplete",
    ["passive-scan"],
  ],
  ["zap-zap-xml-plus-format.xml", ["zap", "dast", "ZAP", "2.11.1"], [0, 0, 1, 0, 0, 0], 0, "warn"],
];

export const EXPECTED: readonly Expected[] = LINES.map(
  ([file, [format, kind, tool, toolVersion], counts, injections, verdict, because = []]) => ({
    file,
    format,
    kind,
    tool,
    ...(toolVersion === undefined ? {} : { toolVersion }),
    counts,
    injections,
    suppressed: 0,
    verdict,
    because: because.toSorted(),
  }),
);
