import { type AssertedRun, SCAN_KINDS } from "../../attest/reports/format/scan-format.ts";
import { utcTime } from "../../attest/reports/format/time.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** Scan report, with the fields that the job asserts because the report lacks them. */
export interface ScanOption {
  readonly file: string;
  readonly asserted: AssertedRun;
}

/**
 * Names of the fields that the job may state, with their parsers; a parser returns undefined for an invalid
 * value.
 */
const WORDS: Readonly<Record<string, (value: string) => AssertedRun | undefined>> = {
  "exit-code": (value) => (/^\d{1,3}$/.test(value) ? { exitCode: Number(value) } : undefined),
  target: (target) => ({ target }),
  tool: (tool) => ({ tool }),
  "tool-version": (toolVersion) => ({ toolVersion }),
  kind: (value) => {
    const kind = SCAN_KINDS.find((one) => one === value);
    return kind && { kind };
  },
  finished: (value) => (utcTime(value) === undefined ? undefined : { finishedAt: value }),
  active: (value) => (value === "yes" ? { activeScan: true } : undefined),
  rules: (rules) => ({ rules }),
};

/**
 * Reads `FILE[,NAME=VALUE…]`: `gitleaks.json,exit-code=0,target=.`. The fields follow the file that they are
 * about, since one pipeline has several tools.
 *
 * @throws UsageError scan-option
 */
export function parseScanOption(option: string): ScanOption {
  const [file = "", ...words] = option.split(/,(?=[a-z-]{1,20}=)/);
  let asserted: AssertedRun = {};
  for (const word of words) {
    const [name = ""] = word.split("=", 1);
    const value = word.slice(name.length + 1);
    const read = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    const more = value === "" ? undefined : read?.(value);
    const isRepeated = Object.keys(more ?? {}).some((key) => key in asserted);
    if (more === undefined || isRepeated) throw wrongWord(word);
    asserted = { ...asserted, ...more };
  }
  if (file === "") throw wrongWord(option);
  return { file, asserted };
}

function wrongWord(word: string): UsageError {
  return new UsageError("scan-option", {
    fr: `--scan : ${quoted(word)} n'est pas reconnu. Forme : --scan FICHIER[,exit-code=N][,target=CIBLE][,tool=NOM][,tool-version=V][,kind=sast|dast|secrets][,finished=2026-01-31T12:00:00Z][,active=yes][,rules=NOM]`,
    en: `--scan: ${quoted(word)} is not recognised. Form: --scan FILE[,exit-code=N][,target=TARGET][,tool=NAME][,tool-version=V][,kind=sast|dast|secrets][,finished=2026-01-31T12:00:00Z][,active=yes][,rules=NAME]`,
  });
}
