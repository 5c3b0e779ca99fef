import * as z from "zod/mini";
import type { Digest } from "../../contract/image-facts.ts";
import { isFields } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { NotaryRefusal } from "./refusal.ts";

/** Request of a job: all statements that it wants signed about one image. */
export interface NotaryRequest {
  /** Registry and repository, without tag. */
  readonly repository: string;
  /** Digests of the index and of its platforms' manifests, each of which gets every statement. */
  readonly digests: readonly Digest[];
  readonly statements: readonly {
    /** URI. */
    readonly predicateType: string;
    readonly predicate: Readonly<Record<string, unknown>>;
  }[];
}

/** Digests of one request: an index and its platforms. */
const MOST_DIGESTS = 33;
const MOST_STATEMENTS = 20;

const digest = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/));
const Document = z.strictObject({
  repository: z
    .string()
    .check(z.regex(/^[a-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:\/[a-z0-9][a-z0-9._-]{0,127}){1,20}$/)),
  digests: z.array(digest).check(z.minLength(1), z.maxLength(MOST_DIGESTS)),
  statements: z
    .array(
      z.strictObject({
        predicateType: z.string().check(z.regex(/^[a-z][a-z0-9+.-]{0,30}:[!-~]{1,500}$/)),
        predicate: z.custom<Readonly<Record<string, unknown>>>(isFields),
      }),
    )
    .check(z.minLength(1), z.maxLength(MOST_STATEMENTS)),
});

/** @throws NotaryRefusal request-invalid; InvalidInputError as parseSignedJson() */
export function parseRequest(bytes: Uint8Array): NotaryRequest {
  const { data, error } = z.safeParse(Document, parseSignedJson(bytes, "request"));
  if (data !== undefined) return { ...data, digests: [...new Set(data.digests)] as Digest[] };
  const place = error.issues[0]?.path.join(".") ?? "";
  throw new NotaryRefusal(400, "request-invalid", {
    fr: `la demande n'est pas de la forme attendue (${place}) : repository, 1 à ${MOST_DIGESTS} empreintes sha256, 1 à ${MOST_STATEMENTS} déclarations avec predicateType (une URI) et predicate.`,
    en: `the request is not of the expected form (${place}): repository, 1 to ${MOST_DIGESTS} sha256 digests, 1 to ${MOST_STATEMENTS} statements with predicateType (a URI) and predicate.`,
  });
}
