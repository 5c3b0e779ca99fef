import { statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { parseJson } from "../../json/parse-json.ts";
import type { Reference } from "../reference.ts";
import { plainKey, registryNames } from "../registry-names.ts";

export type Credentials =
  | { readonly kind: "password"; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token. */
  | { readonly kind: "identity-token"; readonly token: string }
  /** A token that is sent unchanged. */
  | { readonly kind: "registry-token"; readonly token: string };

type Env = Readonly<Record<string, string | undefined>>;

const AuthEntry = z.object({
  /** Credentials as base64 of `username:password`. */
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
type AuthEntry = z.infer<typeof AuthEntry>;

/**
 * Common part of Docker's config.json (https://docs.docker.com/reference/cli/docker/login/) and Podman's
 * auth.json (containers-auth.json(5)).
 */
export const ConfigFile = z.object({
  auths: z.record(z.string(), AuthEntry).default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: z.string().optional(),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

/**
 * Reads files with credentials: files named by the environment (REGISTRY_AUTH_FILE, DOCKER_CONFIG), Podman's
 * file of this session, Docker's file in the home; then variables of a pipeline. Missing files are skipped.
 */
export function readConfigFiles(env: Env): { files: readonly ConfigFile[]; problems: readonly Text[] } {
  const files: ConfigFile[] = [];
  const problems: Text[] = [];
  for (const path of configPaths(env)) {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const file = readConfigFile(path);
    if (file === undefined) problems.push(unreadable(path));
    else files.push(file);
  }
  const given = ofVariables(env);
  return { files: [...files, ...given.files], problems: [...problems, ...given.problems] };
}

/**
 * Credentials in a pipeline's variables: DOCKER_AUTH_CONFIG, a config.json as text, and GitLab's account for
 * its project's registry (https://docs.gitlab.com/ci/variables/predefined_variables/).
 */
function ofVariables(env: Env): { files: readonly ConfigFile[]; problems: readonly Text[] } {
  const { DOCKER_AUTH_CONFIG: text = "", CI_REGISTRY: registry = "" } = env;
  const { CI_REGISTRY_USER: username, CI_REGISTRY_PASSWORD: password } = env;
  const given = text === "" ? undefined : parsedConfig(Buffer.from(text), "DOCKER_AUTH_CONFIG");
  const isOwn = registry !== "" && username !== undefined && password !== undefined;
  return {
    files: [
      ...(given === undefined ? [] : [given]),
      ...(isOwn ? [{ auths: { [registry]: { username, password } }, credHelpers: {} }] : []),
    ],
    problems: text !== "" && given === undefined ? [unreadable("DOCKER_AUTH_CONFIG")] : [],
  };
}

function configPaths(env: Env): readonly string[] {
  const within = (directory: string | undefined, ...rest: string[]) =>
    directory === undefined || directory === "" ? [] : [join(directory, ...rest)];
  return [
    ...within(env["REGISTRY_AUTH_FILE"]),
    ...within(env["DOCKER_CONFIG"], "config.json"),
    ...within(env["XDG_RUNTIME_DIR"], "containers", "auth.json"),
    ...within(env["HOME"], ".docker", "config.json"),
  ];
}

/** Parsed file; undefined if it is unreadable or invalid. Its text never goes into a message. */
function readConfigFile(path: string): ConfigFile | undefined {
  try {
    return parsedConfig(readBytes(path, { most: LIMITS.settingsBytes }), path);
  } catch {
    return undefined;
  }
}

function parsedConfig(bytes: Uint8Array | undefined, what: string): ConfigFile | undefined {
  if (bytes === undefined || bytes.length > LIMITS.settingsBytes) return undefined;
  try {
    return ConfigFile.safeParse(parseJson(bytes, what)).data;
  } catch {
    return undefined;
  }
}

/** Entry of a registry, or of the longest path of that registry that contains the repository. */
export function entryFor(
  { auths }: ConfigFile,
  { registry, repository }: Reference,
): Credentials | undefined {
  const entries = new Map<string, AuthEntry>();
  for (const [key, entry] of Object.entries(auths)) {
    if (!entries.has(plainKey(key))) entries.set(plainKey(key), entry);
  }
  const parts = repository.split("/");
  for (let length = parts.length; length >= 0; length--) {
    for (const name of registryNames(registry)) {
      const entry = entries.get([name, ...parts.slice(0, length)].join("/"));
      const credentials = entry === undefined ? undefined : credentialsOf(entry);
      if (credentials !== undefined) return credentials;
    }
  }
  return undefined;
}

function credentialsOf({ auth, identitytoken, registrytoken, ...rest }: AuthEntry): Credentials | undefined {
  if (identitytoken) return { kind: "identity-token", token: identitytoken };
  // Only these characters are allowed: others could break out of the header.
  if (registrytoken && /^[\x21-\x7e]+$/.test(registrytoken))
    return { kind: "registry-token", token: registrytoken };
  const [username = "", ...password] = Buffer.from(auth ?? "", "base64")
    .toString("utf8")
    .split(":");
  if (password.length > 0) {
    return { kind: "password", username, password: password.join(":").replace(/(?<!\0)\0+$/, "") };
  }
  if (!rest.username || rest.password === undefined) return undefined;
  return { kind: "password", username: rest.username, password: rest.password };
}

function unreadable(path: string): Text {
  return {
    fr: `${quoted(path)} n'a pas pu être lu comme fichier d'identifiants`,
    en: `${quoted(path)} could not be read as a file of credentials`,
  };
}
