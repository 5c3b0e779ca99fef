import { resolve } from "node:path";
import { EXIT, InvalidInputError, UnavailableError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { readBody } from "../../net/http/body.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type HttpRequest } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { Transient } from "../../net/http/retry.ts";
import type { Session } from "../command-line/command.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import type { ReleaseValues } from "./flags.ts";

/** Release in a server's answer. */
interface ToldRelease {
  readonly digest: string;
  readonly namespace: string;
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

/** `douane release DIGEST`. */
export async function runRelease(
  { context, lang }: Session,
  values: ReleaseValues,
  operands: readonly string[],
): Promise<number> {
  const { namespace = "", server, list } = values;
  const base = server !== undefined && URL.canParse(server) ? new URL(server) : undefined;
  if (base?.protocol !== "https:") throw noServer(server);
  if (namespace === "") throw missing("--namespace");
  const headers = { authorization: `Bearer ${await tokenOf(context, values)}` };
  const url = new URL("/releases", base);
  if (list) {
    if (operands.length > 0) throw operandOfList();
    url.searchParams.set("namespace", namespace);
    const { releases } = ((await sent(context, values, { method: "GET", url, headers })) ?? {}) as {
      readonly releases?: unknown;
    };
    if (!Array.isArray(releases) || !releases.every(isRelease)) throw notOurs(url);
    await context.stdout.write(releases.map((one) => `${line(one)[lang]}\n`).join(""));
    return EXIT.admitted;
  }
  const body = JSON.stringify(requestOf(context, values, operands));
  const made = await sent(context, values, {
    method: "POST",
    url,
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  if (!isRelease(made)) throw notOurs(url);
  await context.stdout.write(`${line(made)[lang]}\n`);
  return EXIT.admitted;
}

function requestOf(
  context: Context,
  { namespace, until, reason }: ReleaseValues,
  operands: readonly string[],
) {
  const [image, ...others] = operands;
  if (image === undefined || others.length > 0) throw oneDigest();
  if (until === undefined) throw missing("--until");
  if (reason === undefined) throw missing("--reason");
  const [, hours] = /^(\d{1,3})h$/.exec(until) ?? [];
  const end =
    hours === undefined ? until : new Date(context.now().getTime() + Number(hours) * 3_600_000).toISOString();
  return { digest: image.slice(image.indexOf("@") + 1), namespace, until: end, reason };
}

/** Token of the user. Its file ends with a line feed, as kubectl writes it. */
async function tokenOf({ cwd }: Context, { tokenFile }: ReleaseValues): Promise<string> {
  if (tokenFile === undefined) throw missing("--token-file");
  const bytes = await readInputFile(resolve(cwd, tokenFile), tokenFile, "settingsBytes");
  const token = Buffer.from(bytes).toString("latin1").trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError("release-token-file", {
    fr: `--token-file ${quoted(tokenFile)} : ce n'est pas un jeton. En créer un par : kubectl create token COMPTE`,
    en: `--token-file ${quoted(tokenFile)}: this is not a token. Create one by: kubectl create token ACCOUNT`,
  });
}

/** Body of a server's answer. @throws UsageError release-refused, UnavailableError, InvalidInputError */
async function sent({ env, cwd, signal }: Context, { caFile }: ReleaseValues, request: HttpRequest) {
  const http = createHttp(hostPolicy([]), {
    env,
    signal,
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
  });
  const { host } = request.url;
  try {
    const { status, body } = await http.send(request);
    const text = Buffer.from(await readBody(body, LIMITS.jsonBytes)).toString();
    const answer = parsed(text);
    if (status === 200 || status === 201) return answer;
    throw refused(status, request.url, answer);
  } catch (error) {
    const explained = networkError(error, host);
    throw explained instanceof Transient ? explained.problem : explained;
  } finally {
    await http.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number, url: URL, answer: unknown): Error {
  const { message } = (answer ?? {}) as { readonly message?: Partial<Text> };
  if (typeof message?.fr !== "string" || typeof message.en !== "string") return notOurs(url);
  const text = { fr: shown(message.fr), en: shown(message.en) };
  return status >= 500
    ? new UnavailableError("release-unavailable", text)
    : new UsageError("release-refused", text);
}

/** Reason given by a server, without characters that could control the terminal. */
function shown(text: string): string {
  return text.slice(0, SHOWN).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "?");
}

/** Characters that are shown of a server's reason. */
const SHOWN = 1_000;

function isRelease(value: unknown): value is ToldRelease {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  return ["digest", "namespace", "until", "reason", "by"].every((key) => typeof fields[key] === "string");
}

function line({ digest, namespace, until, reason, by }: ToldRelease): Text {
  const [image, place, end, who] = [digest, namespace, until, by].map((one) => excerpt(one));
  return {
    fr: `${image} peut entrer dans ${place} jusqu'au ${end} : ${quoted(reason)} (${who})`,
    en: `${image} may enter ${place} until ${end}: ${quoted(reason)} (${who})`,
  };
}

function missing(flag: string): UsageError {
  return new UsageError("release-flag-missing", {
    fr: `${flag} manque. Exemple : douane release sha256:… --namespace boutique --until 8h --reason 'registre en panne' --server https://douane.douane.svc:8443 --token-file jeton`,
    en: `${flag} is missing. Example: douane release sha256:… --namespace shop --until 8h --reason 'the registry is down' --server https://douane.douane.svc:8443 --token-file token`,
  });
}

function noServer(server = ""): UsageError {
  return new UsageError("release-server", {
    fr: `--server ${quoted(server)} : écrire l'adresse HTTPS de douane serve, https://douane.douane.svc:8443.`,
    en: `--server ${quoted(server)}: write the HTTPS address of douane serve, https://douane.douane.svc:8443.`,
  });
}

function oneDigest(): UsageError {
  return new UsageError("release-digest", {
    fr: "douane release : nommer une image par son empreinte, sha256:… ou registre/dépôt@sha256:….",
    en: "douane release: name one image by its digest, sha256:… or registry/repository@sha256:….",
  });
}

function operandOfList(): UsageError {
  return new UsageError("release-list", {
    fr: "--list montre tout un espace de noms : ne pas nommer d'empreinte.",
    en: "--list shows a whole namespace: name no digest.",
  });
}

function notOurs({ host }: URL): InvalidInputError {
  return new InvalidInputError("release-answer", {
    fr: `la réponse de ${quoted(host)} n'est pas celle d'un serveur douane. Vérifier l'adresse (--server).`,
    en: `the answer of ${quoted(host)} is not that of a douane server. Check the address (--server).`,
  });
}
