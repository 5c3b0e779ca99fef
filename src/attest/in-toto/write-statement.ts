import { hexOf } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Fields } from "../../json/fields.ts";
import { STATEMENT_V1 } from "./signed-statement.ts";

/** A predicate with its type. */
export interface Predicate {
  /** URI. */
  readonly type: string;
  readonly content: Fields;
  /**
   * Digests of the image's manifests that the predicate is about; absent: the index and all its manifests.
   */
  readonly about?: readonly Digest[];
}

/** Whether a predicate is about this manifest of the image. */
export function isAbout({ about }: Pick<Predicate, "about">, digest: Digest): boolean {
  return about?.includes(digest) !== false;
}

/** Subject of a statement: an image's manifest or index. */
export interface Subject {
  /** Registry and repository, without tag: `registry.example/team/portal`. */
  readonly name: string;
  readonly digest: Digest;
}

/** Payload of a statement, version 1. */
export function statementBytes({ name, digest }: Subject, { type, content }: Predicate): Buffer {
  const statement = {
    _type: STATEMENT_V1,
    subject: [{ name, digest: { sha256: hexOf(digest) } }],
    predicateType: type,
    predicate: content,
  };
  return Buffer.from(JSON.stringify(statement));
}
