import { locationText } from "../contract/object-location.ts";
import type { RowVerdict, Subject, Verdict } from "../contract/verdict.ts";

/** More subjects than this, and a report tells of each only what is to be done. */
const FEW = 3;

export function isMany(subjects: number): boolean {
  return subjects > FEW;
}

/**
 * The environment, in a word: the folder that stands for it, unless the namespace's name says it
 * already. On the platform a namespace is called `env-<ulid>`, which nobody knows by heart.
 */
export function environmentOf({ workload }: Subject): string {
  const { namespace = "", environment = "" } = workload ?? {};
  return environment === "" || namespace.includes(environment) ? namespace : environment;
}

/** A name that tells the subjects of one report apart: `boutique-prod/Deployment/web`. */
export function fullName(subject: Subject): string {
  const environment = environmentOf(subject);
  return environment === "" ? subject.name : `${environment}/${subject.name}`;
}

/** Names for programs that know a subject by nothing else: of several with one name, each with its place. */
export class UniqueNames {
  readonly #counts = new Map<string, number>();

  /** What it gives is right when all subjects were added. */
  add(subject: Subject): () => string {
    const name = fullName(subject);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    const { workload } = subject;
    if (workload === undefined) return () => name;
    return () => (this.#counts.get(name) === 1 ? name : `${name} (${locationText(workload.at)})`);
  }
}

/** A Dockerfile: it is judged without an image or a manifest, and so says little of most rows. */
export function isDockerfile({ images, workload }: Subject): boolean {
  return images.length === 0 && workload === undefined;
}

export interface ToldRows {
  readonly told: readonly RowVerdict[];
  /** One sentence is enough for all of them. */
  readonly rest: readonly RowVerdict[];
}

/** Of a Dockerfile, only the rows of which it shows something; of all else, all rows. */
export function toldRows({ subject, rows }: Verdict): ToldRows {
  if (!isDockerfile(subject)) return { told: rows, rest: [] };
  const speaks = ({ answer, findings, notes, doubts }: RowVerdict): boolean =>
    answer === "no" || findings.length + notes.length + doubts.length > 0;
  return { told: rows.filter(speaks), rest: rows.filter((row) => !speaks(row)) };
}
