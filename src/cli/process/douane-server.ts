import { resolve } from "node:path";
import { InvalidInputError, UnavailableError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { readBody } from "../../net/http/body.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type HttpRequest } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { Transient } from "../../net/http/retry.ts";
import type { Context } from "./context.ts";
import { readInputFile } from "./input-file.ts";

/** Client of a `douane serve`: certificates are verified, and redirects are not followed. */
export interface ServerClient {
  /**
   * Sends one request. The answer is undefined if it is not JSON.
   *
   * @throws UnavailableError, InvalidInputError server-answer
   */
  send(request: HttpRequest): Promise<{ readonly status: number; readonly answer: unknown }>;
  close(): Promise<void>;
}

/** Milliseconds without a byte: a check is answered after 30 seconds at most. */
const IDLE_MS = 60_000;

export function serverClient({ env, cwd, signal }: Context, caFile: string | undefined): ServerClient {
  const http = createHttp(hostPolicy([]), {
    env,
    signal,
    networkIdleMs: IDLE_MS,
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
  });
  return {
    async send(request) {
      try {
        const { status, body } = await http.send(request);
        const bytes = await readBody(body, LIMITS.settingsBytes);
        if (bytes.length > LIMITS.settingsBytes) throw notOurs(request.url);
        return { status, answer: parsed(Buffer.from(bytes).toString()) };
      } catch (error) {
        const explained = networkError(error, request.url.host);
        throw explained instanceof Transient ? explained.problem : explained;
      }
    },
    close: () => http.close(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Address of a server. @throws UsageError server-url */
export function serverUrl(server: string | undefined): URL {
  const url = server !== undefined && URL.canParse(server) ? new URL(server) : undefined;
  const isSecret = url !== undefined && url.username + url.password !== "";
  if (url?.protocol === "https:" && !isSecret) return url;
  const seen = isSecret ? "" : ` ${quoted(server ?? "")}`;
  throw new UsageError("server-url", {
    fr: `--server${seen} : écrire l'adresse HTTPS de douane serve, sans mot de passe, https://douane.douane.svc:8443.`,
    en: `--server${seen}: write the HTTPS address of douane serve, without a password, https://douane.douane.svc:8443.`,
  });
}

/** Token in a file, which ends with a line feed as kubectl writes it. @throws UsageError token-file; as readInputFile() */
export async function readToken({ cwd }: Context, file: string): Promise<string> {
  const token = (await readInputFile(resolve(cwd, file), file, "settingsBytes")).trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError("token-file", {
    fr: `--token-file ${quoted(file)} : ce n'est pas un jeton. En créer un par : kubectl create token COMPTE`,
    en: `--token-file ${quoted(file)}: this is not a token. Create one by: kubectl create token ACCOUNT`,
  });
}

/** Error of an answer without success, with the server's own reason. */
export function serverRefusal(status: number, url: URL, answer: unknown): Error {
  const { message } = (answer ?? {}) as { readonly message?: Partial<Text> };
  if (typeof message?.fr !== "string" || typeof message.en !== "string") return notOurs(url);
  const text = { fr: shownText(message.fr), en: shownText(message.en) };
  if (status >= 500 || status === 429) return new UnavailableError("server-unavailable", text);
  return new UsageError(status === 401 ? "server-token" : "server-refused", text);
}

/** Characters that are shown of a server's sentence. */
const SHOWN = 4_000;

/** Sentence of a server, without characters that could control the terminal. */
export function shownText(text: string): string {
  return text.slice(0, SHOWN).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "?");
}

export function notOurs({ host }: URL): InvalidInputError {
  return new InvalidInputError("server-answer", {
    fr: `la réponse de ${quoted(host)} n'est pas celle d'un serveur douane. Vérifier l'adresse (--server).`,
    en: `the answer of ${quoted(host)} is not that of a douane server. Check the address (--server).`,
  });
}
