import type { Text } from "../contract/text.ts";

/** A document, file or folder that could not be read. */
export interface ReadProblem {
  readonly file: string;
  /** Where, from 1; the message says it, too. */
  readonly line?: number;
  readonly message: Text;
}

/** What was left out because it is not what the cluster will get, and what to do about it. */
export interface Skipped {
  readonly reason:
    | "chart"
    | "overlay"
    | "template"
    | "no-template"
    | "pods"
    | "release"
    | "build"
    | "untyped";
  /** Of the object: `postgresql.cnpg.io/Cluster`; only where its kind is what keeps it from being judged. */
  readonly kind?: string;
  /** The file or folder that the message is about. */
  readonly file: string;
  readonly line?: number;
  readonly message: Text;
}

export function problemAt(file: string, line: number, { fr, en }: Text): ReadProblem {
  return { file, line, message: { fr: `ligne ${line} : ${fr}`, en: `line ${line}: ${en}` } };
}
