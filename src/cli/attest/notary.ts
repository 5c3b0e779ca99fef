import type { SignedAbout } from "../../attest/attest-image.ts";
import { PROVENANCE_TYPE } from "../../attest/in-toto/statement.ts";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import { type TokenSource, tokenFrom } from "../../attest/notary/job-token.ts";
import { notaryAddress, requestStatements } from "../../attest/notary/notary-client.ts";
import { UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { longFlag } from "../command-line/option.ts";
import type { Context } from "../process/context.ts";
import type { AttestValues } from "./flags.ts";
import { givenToken } from "./token.ts";

/** Notary that signs for this job. */
export interface Notary {
  readonly address: URL;
  /** `aud` of a token that is requested. */
  readonly audience: string;
  readonly source: TokenSource;
}

/** Provenance without content of the job's own: the notary fills it from the token. */
export const NOTARISED_PROVENANCE: Predicate = { type: PROVENANCE_TYPE, content: {} };

/** Options for values that a notary takes from the token, or for things that only a key can do. */
const WITHOUT = [
  "key",
  "signingConfig",
  "certificate",
  "tsa",
  "sign",
  "verdict",
  "builder",
  "buildType",
  "source",
  "commit",
  "ref",
  "invocation",
] as const;

/**
 * Notary that the options name; undefined without `--via`. No connection is made.
 *
 * @throws UsageError via-conflict, via-layout, via-missing; as notaryAddress() and givenToken()
 */
export async function requestedNotary(
  context: Context,
  values: AttestValues,
  image: string,
): Promise<Notary | undefined> {
  const { via, audience, token, signingConfig } = values;
  if (via === undefined) {
    const isUnused = signingConfig === undefined && (token !== undefined || audience !== undefined);
    if (isUnused) throw viaMissing();
    return undefined;
  }
  const conflict = WITHOUT.find((name) => values[name] !== undefined && values[name] !== false);
  if (conflict !== undefined) throw viaConflict(longFlag(conflict));
  if (/^oci(?:-archive)?:/.test(image)) throw viaLayout();
  const address = notaryAddress(via, (host) => hostPolicy([]).mayBePlain(host));
  return { address, audience: audience ?? via, source: await givenToken(context, token) };
}

/** Statements about every digest, signed by the notary in one request. */
export async function notarised(
  context: Context,
  { address, audience, source }: Notary,
  { caFile }: AttestValues,
  about: {
    readonly repository: string;
    readonly digests: readonly Digest[];
    readonly predicates: readonly Predicate[];
  },
): Promise<readonly SignedAbout[]> {
  const { repository, digests, predicates } = about;
  const { env, signal } = context;
  const http = createHttp(hostPolicy([]), { env, signal, ...(caFile === undefined ? {} : { caFile }) });
  try {
    const token = await tokenFrom(http, source, audience);
    const statements = predicates.map(({ type, content, about }) => ({
      predicateType: type,
      predicate: content,
      ...(about === undefined ? {} : { digests: about }),
    }));
    const request = { repository, digests: [...new Set(digests)], statements };
    const signed = await requestStatements(http, { address, token }, request);
    return signed.map((statement) => ({ ...statement, created: context.now() }));
  } finally {
    await http.close();
  }
}

function viaMissing(): UsageError {
  return new UsageError("via-missing", {
    fr: "--token et --audience accompagnent --via URL, l'adresse du notaire, ou --signing-config FICHIER.",
    en: "--token and --audience go with --via URL, the notary's address, or --signing-config FILE.",
  });
}

function viaConflict(flag: string): UsageError {
  return new UsageError("via-conflict", {
    fr: `${flag} et --via ne vont pas ensemble : le notaire signe avec sa propre clé, des déclarations seulement, et prend builder, sources et commit dans le jeton. Retirer ${flag}.`,
    en: `${flag} and --via do not go together: the notary signs with its own key, statements only, and takes builder, source and commit from the token. Leave out ${flag}.`,
  });
}

function viaLayout(): UsageError {
  return new UsageError("via-layout", {
    fr: "--via : le notaire vérifie que le registre a l'image, ce qu'il ne peut faire d'un répertoire OCI. Pousser l'image, et la nommer par son registre.",
    en: "--via: the notary verifies that the registry has the image, which it cannot do of an OCI layout. Push the image, and name it by its registry.",
  });
}
