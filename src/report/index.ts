import type { RowVerdict } from "../contract/verdict.ts";
import type { Report } from "./report.ts";

export interface ReportFormat {
  readonly name: string;
  /** Of a file that holds it, without the dot. */
  readonly extension: string;
  /** Made for a terminal: it reads `width` and `color`. */
  readonly terminal: boolean;
  /** Made to be kept: it says when and by which command it was made. */
  readonly dated?: true;
  /** Of this row, among many subjects, it tells what is found and noted with its places. Absent: of all rows. */
  readonly tells?: (row: RowVerdict) => boolean;
  /** Loads this format alone: a run pays for the formats that it prints. */
  load(): Promise<Report>;
}

/** Every report, the default first. */
export const REPORTS = [
  {
    name: "checklist",
    extension: "txt",
    terminal: true,
    tells: ({ answer, notes }) => answer === "no" || notes.some(({ accepted }) => accepted !== undefined),
    load: async () => (await import("./checklist.ts")).checklist,
  },
  { name: "json", extension: "json", terminal: false, load: async () => (await import("./json.ts")).json },
  {
    name: "sarif",
    extension: "sarif",
    terminal: false,
    load: async () => (await import("./sarif.ts")).sarif,
  },
  {
    name: "gitlab-codequality",
    extension: "codequality.json",
    terminal: false,
    load: async () => (await import("./gitlab-codequality.ts")).gitlabCodequality,
  },
  { name: "junit", extension: "xml", terminal: false, load: async () => (await import("./junit.ts")).junit },
  {
    name: "markdown",
    extension: "md",
    terminal: false,
    load: async () => (await import("./markdown.ts")).markdown,
  },
  {
    name: "html",
    extension: "html",
    terminal: false,
    dated: true,
    load: async () => (await import("./html.ts")).html,
  },
  {
    name: "github",
    extension: "txt",
    terminal: false,
    load: async () => (await import("./github.ts")).github,
  },
] as const satisfies readonly ReportFormat[];
