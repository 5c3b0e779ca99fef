import { type ChildProcess, execFile } from "node:child_process";
import { z } from "zod";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { parseJson } from "../../json/parse-json.ts";
import type { Credentials } from "./config-files.ts";

const Answer = z.object({ Username: z.string(), Secret: z.string() });

export interface HelperAnswer {
  readonly credentials?: Credentials;
  readonly problem?: Text;
}

/**
 * Calls `docker-credential-NAME get` for the credentials of a server
 * (https://github.com/docker/docker-credential-helpers). A failing helper is mentioned, but is not an error,
 * since most images are public.
 */
export async function runCredentialHelper(
  name: string,
  server: string,
  env: Readonly<Record<string, string | undefined>>,
  timeout: number = LIMITS.credentialHelperMs,
): Promise<HelperAnswer> {
  // The name becomes part of a program's name, so it must not be a path.
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return { problem: failed(name, "?") };
  const { output, code } = await run(`docker-credential-${name}`, server, { env, timeout });
  if (code === 0) return parseAnswer(name, output);
  // Message of the helpers' library on stdout, with exit code 1.
  return output.includes("credentials not found") ? {} : { problem: failed(name, String(code)) };
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

function run(
  program: string,
  input: string,
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly timeout: number },
): Promise<{ output: string; code: string | number }> {
  return new Promise((resolve) => {
    const child: ChildProcess = execFile(
      program,
      ["get"],
      { ...options, maxBuffer: LIMITS.settingsBytes },
      (error, output) => {
        resolve({ output, code: error === null ? 0 : (error.code ?? error.signal ?? "?") });
      },
    );
    // Write errors are ignored: a helper that ends without reading is judged by its answer.
    child.stdin?.on("error", () => undefined).end(`${input}\n`);
  });
}

function failed(name: string, code: string): Text {
  return {
    fr: `l'assistant d'identifiants ${quoted(`docker-credential-${name}`)} a échoué (${quoted(code)})`,
    en: `the credential helper ${quoted(`docker-credential-${name}`)} failed (${quoted(code)})`,
  };
}
