import { locationText } from "../contract/object-location.ts";
import type { RowVerdict, Subject, Verdict } from "../contract/verdict.ts";

/** Maximum number of subjects that a report shows in full; with more, the report shows only corrections. */
const FEW = 3;

export function isMany(subjects: number): boolean {
  return subjects > FEW;
}

/**
 * The environment as one word: its folder, unless the namespace contains the folder's name. The platform's
 * namespaces (`env-<ulid>`) are not meaningful to readers.
 */
export function environmentOf({ workload }: Subject): string {
  const { namespace = "", environment = "" } = workload ?? {};
  return environment === "" || namespace.includes(environment) ? namespace : environment;
}

/** Unique name within a report: `boutique-prod/Deployment/web`. */
export function fullName(subject: Subject): string {
  const environment = environmentOf(subject);
  return environment === "" ? subject.name : `${environment}/${subject.name}`;
}

/**
 * Unique names for programs that identify a subject only by its name: if several subjects have the same name,
 * their places are added.
 */
export class UniqueNames {
  readonly #counts = new Map<string, number>();

  /** Returns a function for the name, to be called after all subjects were added. */
  add(subject: Subject): () => string {
    const name = fullName(subject);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    const { workload } = subject;
    if (workload === undefined) return () => name;
    return () => (this.#counts.get(name) === 1 ? name : `${name} (${locationText(workload.at)})`);
  }
}

/** Whether the subject is a Dockerfile, judged without image or manifest: most of its rows are unproven. */
export function isDockerfile({ images, workload }: Subject): boolean {
  return images.length === 0 && workload === undefined;
}

export interface ToldRows {
  readonly told: readonly RowVerdict[];
  /** Rows that a single sentence covers. */
  readonly rest: readonly RowVerdict[];
}

/** Rows to show: for a Dockerfile, only those with a result; otherwise all. */
export function toldRows({ subject, rows }: Verdict): ToldRows {
  if (!isDockerfile(subject)) return { told: rows, rest: [] };
  const speaks = ({ answer, findings, notes, doubts }: RowVerdict): boolean =>
    answer === "no" || findings.length + notes.length + doubts.length > 0;
  return { told: rows.filter(speaks), rest: rows.filter((row) => !speaks(row)) };
}
