import { z } from "zod";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { parseJson } from "../../json/parse-json.ts";
import type { Credentials } from "./config-files.ts";
import { type HelperRun, runHelper } from "./helper-process.ts";

const Answer = z.object({ Username: z.string(), Secret: z.string() });

export interface HelperAnswer {
  readonly credentials?: Credentials;
  readonly problem?: Text;
}

export interface HelperOptions {
  /** Environment of the helper, with the PATH in which it is searched. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; default: LIMITS.credentialHelperMs. */
  readonly timeout?: number;
}

/**
 * Calls `docker-credential-NAME get` for the credentials of a server
 * (https://github.com/docker/docker-credential-helpers). A failing helper is mentioned, but is not an error,
 * since most images are public.
 *
 * @throws the signal's reason, if it is aborted
 */
export async function runCredentialHelper(
  name: string,
  server: string,
  { env, signal, timeout = LIMITS.credentialHelperMs }: HelperOptions,
): Promise<HelperAnswer> {
  // The name becomes part of a program's name, so it must not be a path.
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return { problem: failed(name, "?") };
  const run = await runHelper(`docker-credential-${name}`, server, {
    env,
    signal,
    timeout,
    most: LIMITS.settingsBytes,
  });
  if (run.end === 0) return parseAnswer(name, run.output);
  // Message of the helpers' library on stdout, with exit code 1.
  if (run.output.includes("credentials not found")) return {};
  return { problem: problemOf(name, run.end, timeout) };
}

function parseAnswer(name: string, output: string): HelperAnswer {
  const answer = readAnswer(name, output);
  if (answer === undefined) return { problem: failed(name, "JSON") };
  const { Username: username, Secret: secret } = answer;
  if (secret === "") return {};
  if (username === "<token>") return { credentials: { kind: "identity-token", token: secret } };
  return { credentials: { kind: "password", username, password: secret } };
}

function readAnswer(name: string, output: string) {
  try {
    return Answer.safeParse(parseJson(Buffer.from(output), name)).data;
  } catch {
    return undefined;
  }
}

/** Exit code of a shell for a command that it does not find. */
const NOT_FOUND = 127;

function problemOf(name: string, end: HelperRun["end"], timeout: number): Text {
  const helper = quoted(`docker-credential-${name}`);
  if (end === "late") {
    const limit = `${timeout / 1_000} s (credentialHelperMs)`;
    return {
      fr: `l'assistant d'identifiants ${helper} n'a pas répondu en ${limit} et a été arrêté`,
      en: `the credential helper ${helper} did not answer in ${limit} and was stopped`,
    };
  }
  if (end === "long") {
    const limit = `${LIMITS.settingsBytes} (settingsBytes)`;
    return {
      fr: `l'assistant d'identifiants ${helper} a écrit plus d'octets que la limite de ${limit} et a été arrêté`,
      en: `the credential helper ${helper} wrote more bytes than the limit of ${limit} and was stopped`,
    };
  }
  if (end === NOT_FOUND || end === "ENOENT") {
    return {
      fr: `l'assistant d'identifiants ${helper} est introuvable dans PATH`,
      en: `the credential helper ${helper} is not found in PATH`,
    };
  }
  return failed(name, String(end));
}

function failed(name: string, code: string): Text {
  return {
    fr: `l'assistant d'identifiants ${quoted(`docker-credential-${name}`)} a échoué (${quoted(code)})`,
    en: `the credential helper ${quoted(`docker-credential-${name}`)} failed (${quoted(code)})`,
  };
}
