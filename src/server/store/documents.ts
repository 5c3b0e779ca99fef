import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { DocumentKind } from "../audit/document-kinds.ts";
import type { Database } from "./database/connect.ts";

/** Document on which verdicts depend, with its SHA-256. */
export interface KeptDocument {
  readonly kind: DocumentKind;
  readonly digest: Digest;
  readonly body: string;
}

/** Stores a document under its SHA-256, by which verdicts name it. */
export async function keepDocument(
  { tables, asking }: Database,
  kind: DocumentKind,
  body: string,
): Promise<Digest> {
  const digest = sha256(body);
  await asking(() =>
    tables
      .insertInto("douane.document")
      .values({ digest, kind, body })
      .onConflict((conflict) => conflict.column("digest").doNothing())
      .execute(),
  );
  return digest;
}

/** Documents stored under these digests. */
export async function readDocuments(
  { tables, asking }: Database,
  digests: readonly string[],
): Promise<readonly KeptDocument[]> {
  if (digests.length === 0) return [];
  const rows = await asking(() =>
    tables
      .selectFrom("douane.document")
      .select(["digest", "kind", "body"])
      .where("digest", "in", digests)
      .orderBy("digest")
      .execute(),
  );
  return rows.map(({ digest, kind, body }) => ({
    kind: kind as DocumentKind,
    digest: digest as Digest,
    body,
  }));
}
