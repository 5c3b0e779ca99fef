import type { Text } from "./text.ts";

/** A source that could not be read or was left out: reported beside the verdicts, never hidden by them. */
export interface SourceProblem {
  readonly about: ProblemSubject;
  readonly message: Text;
}

/** What a problem is about. */
export type ProblemSubject = FileSubject | ImageSubject | WorkloadSubject;

/** A file or folder, as the user named it; `-` is standard input. */
export interface FileSubject {
  readonly kind: "file";
  readonly file: string;
  /** From 1. */
  readonly line?: number;
}

/** By the text that names it. */
interface ImageSubject {
  readonly kind: "image";
  readonly reference: string;
}

/** A workload, or one of its containers, and where the workload is declared. */
interface WorkloadSubject {
  readonly kind: "workload";
  /** `Deployment/web`, `Deployment/web (production) proxy`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** What users call it. */
export function problemTitle(about: ProblemSubject): string {
  if (about.kind === "file") return about.file;
  return about.kind === "image" ? about.reference : about.name;
}

/** The file in which an editor shows it, if there is one. */
export function problemPlace(about: ProblemSubject): Omit<FileSubject, "kind"> | undefined {
  // Standard input is no file of the repository.
  if (about.kind === "image" || about.file === "-") return undefined;
  return about.line === undefined ? { file: about.file } : { file: about.file, line: about.line };
}

/** A problem of a file or folder. */
export function fileProblem({
  file,
  line,
  message,
}: Omit<FileSubject, "kind"> & Pick<SourceProblem, "message">): SourceProblem {
  return { about: { kind: "file", file, ...(line === undefined ? {} : { line }) }, message };
}
