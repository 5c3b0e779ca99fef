import { resolve } from "node:path";
import {
  identityToken,
  SIGSTORE_AUDIENCE,
  SIGSTORE_TOKEN_VARIABLE,
} from "../../attest/keyless/identity-token.ts";
import { keylessSigner } from "../../attest/keyless/keyless-signer.ts";
import { signingServices } from "../../attest/keyless/signing-config.ts";
import { tokenFrom } from "../../attest/notary/job-token.ts";
import type { OpenSigner } from "../../attest/witness/signer.ts";
import { UsageError } from "../../contract/error.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { longFlag } from "../command-line/option.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import type { AttestValues } from "./flags.ts";
import { givenToken } from "./token.ts";

/**
 * Opens a signer without a key: a Fulcio certifies a key of this process for the job's identity. The configuration
 * and the token are judged before any connection.
 *
 * @param file signing configuration
 * @throws UsageError signing-config-conflict; as signingServices(), givenToken(), identityToken(), keylessSigner()
 */
export async function openKeyless(context: Context, values: AttestValues, file: string): Promise<OpenSigner> {
  const { env, cwd, signal } = context;
  const { caFile, audience = SIGSTORE_AUDIENCE } = values;
  const conflict = (["key", "certificate", "tsa"] as const).find((name) => values[name] !== undefined);
  if (conflict !== undefined) throw conflicting(longFlag(conflict));
  const json = await readInputFile(resolve(cwd, file), file, "settingsBytes");
  const services = signingServices(json, file, context.now(), (host) => hostPolicy([]).mayBePlain(host));
  const use = {
    flag: "--signing-config",
    variable: SIGSTORE_TOKEN_VARIABLE,
    audience: { fr: audience, en: audience },
  };
  const source = await givenToken(context, values.token, use);
  if (source.kind === "token") identityToken(source.token, audience, context.now());
  const http = createHttp(hostPolicy([]), { env, signal, ...(caFile === undefined ? {} : { caFile }) });
  try {
    const token = identityToken(await tokenFrom(http, source, audience), audience, context.now());
    const key = await keylessSigner(http, services, token, () => context.now());
    return { key, close: () => http.close() };
  } catch (error) {
    await http.close();
    throw error;
  }
}

function conflicting(flag: string): UsageError {
  return new UsageError("signing-config-conflict", {
    fr: `${flag} et --signing-config ne vont pas ensemble : la configuration dit qui certifie la clé et qui date la signature. Retirer l'un des deux.`,
    en: `${flag} and --signing-config do not go together: the configuration says who certifies the key and who dates the signature. Leave one out.`,
  });
}
