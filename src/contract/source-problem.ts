import type { ObjectLocation } from "./object-location.ts";
import type { Text } from "./text.ts";

/** Source that could not be read or was left out: reported beside the verdicts, never hidden by them. */
export interface SourceProblem {
  readonly about: ProblemSubject;
  readonly message: Text;
}

/** Subject of a problem. */
export type ProblemSubject = FileSubject | ImageSubject | WorkloadSubject;

/** A file or folder, as the user named it; `-` is standard input. */
export interface FileSubject {
  readonly kind: "file";
  readonly file: string;
  /** Line, from 1. */
  readonly line?: number;
}

/** An image by the text that names it. */
interface ImageSubject {
  readonly kind: "image";
  readonly reference: string;
}

/** A workload, or one of its containers, and where the workload is declared. */
interface WorkloadSubject {
  readonly kind: "workload";
  /** Name of the workload: `Deployment/web`, `Deployment/web (production) proxy`. */
  readonly name: string;
  readonly at: ObjectLocation;
}

/** Name of the subject for users. */
export function problemTitle(about: ProblemSubject): string {
  if (about.kind === "file") return about.file;
  return about.kind === "image" ? about.reference : about.name;
}

/** File in which an editor can show the problem, if any. */
export function problemPlace(about: ProblemSubject): Omit<FileSubject, "kind"> | undefined {
  if (about.kind === "image") return undefined;
  if (about.kind === "workload") return about.at.in === "file" ? filePlace(about.at) : undefined;
  return filePlace(about);
}

function filePlace({ file, line }: Omit<FileSubject, "kind">): Omit<FileSubject, "kind"> | undefined {
  // Standard input is not a file of the repository.
  if (file === "-") return undefined;
  return line === undefined ? { file } : { file, line };
}

/** A workload as the subject of a problem: the line in its file, or the name of the API object. */
export function aboutWorkload({ at, kind, name, namespace }: NamedObject): FileSubject | WorkloadSubject {
  if (at.in === "file") return { kind: "file", file: at.file, line: at.line };
  const title = `${kind}/${name}${namespace === undefined ? "" : ` (${namespace})`}`;
  return { kind: "workload", name: title, at };
}

interface NamedObject {
  readonly at: ObjectLocation;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** A problem of a file or folder. */
export function fileProblem({
  file,
  line,
  message,
}: Omit<FileSubject, "kind"> & Pick<SourceProblem, "message">): SourceProblem {
  return { about: { kind: "file", file, ...(line === undefined ? {} : { line }) }, message };
}
