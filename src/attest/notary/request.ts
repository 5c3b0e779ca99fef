import * as z from "zod/mini";
import type { Digest } from "../../contract/image-facts.ts";
import { isFields } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { NotaryRefusal } from "./refusal.ts";

/** Request of a job: all statements about one image that are to be signed. */
export interface NotaryRequest {
  /** Registry and repository, without tag. */
  readonly repository: string;
  /** Digests of the index and of its platforms' manifests. */
  readonly digests: readonly Digest[];
  readonly statements: readonly {
    /** URI. */
    readonly predicateType: string;
    readonly predicate: Readonly<Record<string, unknown>>;
    /** Digests that the statement is about (for an SBOM: of one platform); absent: all. */
    readonly digests?: readonly Digest[];
  }[];
}

/** Pairs of digest and statement to be signed, in the order of a notary's answer. */
export function requestedPairs({ digests, statements }: NotaryRequest): readonly {
  readonly digest: Digest;
  readonly statement: NotaryRequest["statements"][number];
}[] {
  return digests.flatMap((digest) =>
    statements
      .filter((statement) => statement.digests?.includes(digest) !== false)
      .map((statement) => ({ digest, statement })),
  );
}

/** Digests of one request: an index and its platforms. */
const MOST_DIGESTS = 33;
const MOST_STATEMENTS = 60;
const MOST_SIGNATURES = 660;

const digest = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/));
const digests = z.array(digest).check(z.minLength(1), z.maxLength(MOST_DIGESTS));
const Document = z.strictObject({
  repository: z
    .string()
    .check(z.regex(/^[a-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:\/[a-z0-9][a-z0-9._-]{0,127}){1,20}$/)),
  digests,
  statements: z
    .array(
      z.strictObject({
        predicateType: z.string().check(z.regex(/^[a-z][a-z0-9+.-]{0,30}:[!-~]{1,500}$/)),
        predicate: z.custom<Readonly<Record<string, unknown>>>(isFields),
        digests: z.optional(digests),
      }),
    )
    .check(z.minLength(1), z.maxLength(MOST_STATEMENTS)),
});

/** @throws NotaryRefusal request-invalid; InvalidInputError as parseSignedJson() */
export function parseRequest(bytes: Uint8Array): NotaryRequest {
  const { data, error } = z.safeParse(Document, parseSignedJson(bytes, "request"));
  if (data === undefined) throw invalid(error.issues[0]?.path.join(".") ?? "");
  const request = { ...data, digests: [...new Set(data.digests)] } as NotaryRequest;
  const strange = request.statements.findIndex(({ digests: of = [] }) =>
    of.some((one) => !request.digests.includes(one)),
  );
  if (strange !== -1) throw invalid(`statements.${strange}.digests`);
  if (requestedPairs(request).length > MOST_SIGNATURES) throw invalid("statements");
  return request;
}

function invalid(place: string): NotaryRefusal {
  return new NotaryRefusal(400, "request-invalid", {
    fr: `la demande n'est pas de la forme attendue (${place}) : repository, 1 à ${MOST_DIGESTS} empreintes sha256, 1 à ${MOST_STATEMENTS} déclarations avec predicateType (une URI), predicate et, si elles ne portent que sur certaines de ces empreintes, digests ; au plus ${MOST_SIGNATURES} signatures.`,
    en: `the request is not of the expected form (${place}): repository, 1 to ${MOST_DIGESTS} sha256 digests, 1 to ${MOST_STATEMENTS} statements with predicateType (a URI), predicate and, if they are about some of these digests alone, digests; at most ${MOST_SIGNATURES} signatures.`,
  });
}
