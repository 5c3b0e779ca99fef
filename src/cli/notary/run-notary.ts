import { once } from "node:events";
import { resolve } from "node:path";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { absentBy } from "../../attest/notary/absent-digests.ts";
import { fetchKeysBy } from "../../attest/notary/fetch-jwks.ts";
import { IssuerKeys } from "../../attest/notary/jwks.ts";
import { type NotaryPolicy, type NotaryPorts, notarise } from "../../attest/notary/notarise.ts";
import { type Answered, notaryApi } from "../../attest/notary/notary-api.ts";
import { serveNotary } from "../../attest/notary/notary-server.ts";
import { type TokenUses, TokenUsesInMemory } from "../../attest/notary/token-uses.ts";
import { TokenUsesInFolder } from "../../attest/notary/token-uses-in-folder.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { Registries } from "../../net/registry/registries.ts";
import { twoMaps } from "../../policy/applications.ts";
import type { Policy } from "../../policy/policy.ts";
import { openKey } from "../attest/read-key.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { loadPolicy } from "../settings/load-policy.ts";
import { warn } from "../terminal/failure.ts";
import type { NotaryValues } from "./flags.ts";

/** Port that is listened on by default. */
const PORT = 8_710;

/** `douane notary`. Policy and key are read before the port is opened; runs until it is stopped. */
export async function runNotary(session: Session, values: NotaryValues): Promise<number> {
  const { context } = session;
  const policy = await notaryPolicy(session, values.policy);
  const uses = await tokenUses(context, values.usedTokens);
  await context.catchSignals(async () => {
    const { key, close } = await openKey(context, values.key, values.caFile);
    const connections = connect(context, values);
    const ports: NotaryPorts = {
      ...connections.ports,
      uses,
      key,
      now: () => context.now().getTime(),
    };
    try {
      await serve(session, values.port ?? PORT, { policy, ports });
    } finally {
      await connections.close();
      await close();
    }
  });
  return EXIT.admitted;
}

/** Answers requests until the run is stopped. */
async function serve(
  { context, lang }: Session,
  port: number,
  notary: { readonly policy: NotaryPolicy; readonly ports: NotaryPorts },
): Promise<void> {
  const api = notaryApi(
    (token, readBody) => notarise(token, readBody, notary),
    (answered) => void log(context, answered),
  );
  const server = await serveNotary(api, port);
  try {
    await context.stdout.write(`${listening(server.origin, notary.ports.key)[lang]}\n`);
    if (!context.signal.aborted) await once(context.signal, "abort");
  } finally {
    await server.close();
  }
}

/** @throws UsageError notary-policy; as loadPolicy() */
async function notaryPolicy({ context, lang }: Session, file: string | undefined): Promise<NotaryPolicy> {
  const policy = file === undefined ? {} : await loadPolicy(resolve(context.cwd, file), file);
  const { notary } = policy;
  const notice = twoMaps(policy, file ?? "--policy");
  if (notice !== undefined) await warn(notice, context, lang);
  if (notary !== undefined) return { issuers: notary.issuers, applications: applicationsOf(policy) };
  const place = file === undefined ? "--policy" : quoted(file);
  throw new UsageError("notary-policy", {
    fr: `${place} : la section « notary » d'une politique est nécessaire (issuers), et sa liste applications. Elles disent à quelles forges faire confiance, et quel projet peut déclarer quoi de quelle image.`,
    en: `${place}: the section "notary" of a policy is needed (issuers), and its list applications. They say which forges to trust, and which project may state what of which image.`,
  });
}

/** The policy's map, or the notary's own list. A project without predicates may have nothing signed. */
function applicationsOf({ applications, notary }: Policy): NotaryPolicy["applications"] {
  if (applications !== undefined)
    return applications.map(({ source, repositories, builds = true, predicates = [] }) => ({
      source,
      repositories,
      predicates,
      isSource: builds,
    }));
  return (notary?.applications ?? []).map(({ source = true, ...one }) => ({ ...one, isSource: source }));
}

/** @throws UsageError used-tokens */
async function tokenUses(context: Context, folder: string | undefined): Promise<TokenUses> {
  const since = context.now().getTime();
  if (folder === undefined) return new TokenUsesInMemory(since);
  return TokenUsesInFolder.open(resolve(context.cwd, folder), folder, since);
}

/** Connections to issuers and registries. */
function connect({ env, signal }: Context, { insecureRegistry, caFile }: NotaryValues) {
  const options = { env, signal, ...(caFile === undefined ? {} : { caFile }) };
  // A registry may be allowed to use plain HTTP; an issuer's keys must come from itself.
  const http = createHttp(hostPolicy([]), options);
  const registries = new Registries({ ...options, insecureRegistries: insecureRegistry });
  return {
    ports: { keys: new IssuerKeys(fetchKeysBy(http)), absent: absentBy(registries) },
    close: async () => {
      await http.close();
      await registries.close();
    },
  };
}

/** Writes one log line about an answer, without any content of the request. */
async function log(context: Context, { status, code, statements, error }: Answered): Promise<void> {
  const seen = code ?? `${statements} statements`;
  const why = error === undefined ? "" : ` ${excerpt(error instanceof Error ? error.message : "")}`;
  await context.stderr.write(`${context.now().toISOString()} ${status} ${seen}${why}\n`);
}

function listening(origin: string, { id }: SigningKey) {
  return {
    fr: `douane notary : à l'écoute sur ${origin} (clé ${id})`,
    en: `douane notary: listening on ${origin} (key ${id})`,
  };
}
