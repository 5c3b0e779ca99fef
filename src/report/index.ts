import type { RowVerdict } from "../contract/verdict.ts";
import type { Report } from "./report.ts";

export interface ReportFormat {
  readonly name: string;
  /** File extension, without the dot. */
  readonly extension: string;
  /** Whether the report is for a terminal, and so uses `width` and `color`. */
  readonly terminal: boolean;
  /** Set if the report is meant to be archived: it states the time and command of its creation. */
  readonly dated?: true;
  /** Set if the report explains the rules that it cites. */
  readonly explainsRules?: true;
  /**
   * Matches texts of this report in any language: an output named in douane.yaml may overwrite a file with
   * such a text.
   */
  readonly own: RegExp;
  /**
   * Whether, with many subjects, findings and notes of a row are shown with their places. Absent: for all
   * rows.
   */
  readonly needsPositions?: (row: RowVerdict) => boolean;
  /** Loads only this format, so that a run loads only the formats in use. */
  load(): Promise<Report>;
}

/** All reports, the default first. */
export const REPORTS = [
  {
    name: "checklist",
    extension: "txt",
    terminal: true,
    own: /^(?:\d+ applications? ?: \d|(?:Admitted|Refused|Unproven|Admise|Refusée|À prouver) ?: \d|Nothing was judged|Rien n'a été jugé)/mu,
    needsPositions: ({ answer, notes }) =>
      answer === "no" || notes.some(({ accepted }) => accepted !== undefined),
    load: async () => (await import("./checklist.ts")).checklist,
  },
  {
    name: "json",
    extension: "json",
    terminal: false,
    own: /^\{\s*"schema": "douane\/report\/v1"/,
    load: async () => (await import("./json.ts")).json,
  },
  {
    name: "sarif",
    extension: "sarif",
    terminal: false,
    own: /^\{\s*"\$schema": "[^"]+",\s*"version": "2\.1\.0",\s*"runs": \[\s*\{\s*"tool": \{\s*"driver": \{\s*"name": "douane"/,
    explainsRules: true,
    load: async () => (await import("./sarif.ts")).sarif,
  },
  {
    name: "gitlab-codequality",
    extension: "codequality.json",
    terminal: false,
    own: /^\[\s*(?:\]\s*$|\{\s*"description": "(?:[^"\\]|\\.)*",\s*"check_name": "douane\/)/,
    load: async () => (await import("./gitlab-codequality.ts")).gitlabCodequality,
  },
  {
    name: "junit",
    extension: "xml",
    terminal: false,
    own: /^<\?xml [^>]*\?>\s*<testsuites name="douane"/,
    load: async () => (await import("./junit.ts")).junit,
  },
  {
    name: "markdown",
    extension: "md",
    terminal: false,
    own: /^(?:## \d+ applications? ?: \d|### [✓✗?] (?:Admitted|Refused|Unproven|Admise|Refusée|À prouver) · |## (?:Nothing was judged|Rien n'a été jugé))/mu,
    load: async () => (await import("./markdown.ts")).markdown,
  },
  {
    name: "html",
    extension: "html",
    terminal: false,
    own: /^<!doctype html>\s*<html lang="(?:en|fr)">\s*<head>\s*(?:<meta [^>]*>\s*)*<title>[^<]* · douane<\/title>/u,
    dated: true,
    explainsRules: true,
    load: async () => (await import("./html.ts")).html,
  },
  {
    name: "github",
    extension: "txt",
    terminal: false,
    own: /^::notice title=douane::/m,
    load: async () => (await import("./github.ts")).github,
  },
] as const satisfies readonly ReportFormat[];
