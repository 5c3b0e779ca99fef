import type { Text } from "../../contract/text.ts";

/** A document, file or folder that could not be read. */
export interface ReadProblem {
  readonly file: string;
  /** Line, from 1; also part of the message. */
  readonly line?: number;
  readonly message: Text;
}

/** Source that was skipped because the cluster never receives it in this form, with advice. */
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
  /** Kind of the object, `postgresql.cnpg.io/Cluster`, if the kind is the reason. */
  readonly kind?: string;
  /** The file or folder that the message is about. */
  readonly file: string;
  readonly line?: number;
  readonly message: Text;
}

export function problemAt(file: string, line: number, { fr, en }: Text): ReadProblem {
  return { file, line, message: { fr: `ligne ${line} : ${fr}`, en: `line ${line}: ${en}` } };
}
