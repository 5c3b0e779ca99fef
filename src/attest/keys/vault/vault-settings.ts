import { UsageError } from "../../../contract/error.ts";
import { quoted } from "../../../contract/shown.ts";
import { hostPolicy } from "../../../net/http/hosts.ts";

/** Login to a Vault or an OpenBao: by a token, or by the identity token of a job and a role. */
type VaultLogin =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "jwt"; readonly path: string; readonly role: string; readonly jwt: string };

/** Key of a transit engine, with the address and credentials of its Vault. */
export interface VaultSettings {
  /** Address of the server: `https://vault.example`. */
  readonly address: URL;
  readonly namespace: string | undefined;
  /** Mount of the transit engine: `transit`. */
  readonly mount: string;
  readonly key: string;
  readonly login: VaultLogin;
}

type Env = Readonly<Record<string, string | undefined>>;

export const VAULT_SCHEME = "vault://";

/**
 * Settings of a key `vault://KEY` or `vault://MOUNT/KEY`: from Vault's own variables, and from GitLab's variables for a
 * login by a job's token.
 *
 * @throws UsageError vault-key, vault-address, vault-login; none contains a token
 */
export function vaultSettings(given: string, env: Env): VaultSettings {
  const [, mount = "transit", key] =
    /^vault:\/\/(?:([\w.-]{1,100}(?:\/[\w.-]{1,100}){0,5})\/)?([\w.-]{1,200})$/.exec(given) ?? [];
  if (key === undefined || [...mount.split("/"), key].some((part) => /^\.+$/.test(part)))
    throw notAKey(given);
  const namespace = env["VAULT_NAMESPACE"];
  return {
    address: addressOf(env["VAULT_ADDR"] || env["VAULT_SERVER_URL"]),
    namespace: namespace === "" ? undefined : namespace,
    mount,
    key,
    login: loginOf(env),
  };
}

function addressOf(text = ""): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && hostPolicy([]).mayBePlain(url.host));
  if (url !== undefined && isSafe && url.username === "" && url.search === "" && url.hash === "") return url;
  throw new UsageError("vault-address", {
    fr: `VAULT_ADDR=${quoted(text)} : l'adresse de Vault est nécessaire, en https et sans identifiant (http pour cette machine seule) : https://vault.exemple.fr`,
    en: `VAULT_ADDR=${quoted(text)}: Vault's address is needed, in https and without a user (http for this machine alone): https://vault.example`,
  });
}

function loginOf(env: Env): VaultLogin {
  const token = (env["VAULT_TOKEN"] ?? "").trim();
  if (token !== "") return { kind: "token", token };
  const [jwt, role] = [(env["VAULT_ID_TOKEN"] ?? "").trim(), env["VAULT_AUTH_ROLE"] ?? ""];
  const path = env["VAULT_AUTH_PATH"] || "jwt";
  if (jwt !== "" && role !== "" && /^[\w-]+(?:\/[\w-]+){0,5}$/.test(path)) {
    return { kind: "jwt", path, role, jwt };
  }
  throw new UsageError("vault-login", {
    fr: "--key vault://… : définir VAULT_TOKEN, ou VAULT_ID_TOKEN (le jeton d'identité du job) et VAULT_AUTH_ROLE, avec VAULT_AUTH_PATH s'il n'est pas jwt.",
    en: "--key vault://…: set VAULT_TOKEN, or VAULT_ID_TOKEN (the job's identity token) and VAULT_AUTH_ROLE, with VAULT_AUTH_PATH unless it is jwt.",
  });
}

function notAKey(given: string): UsageError {
  return new UsageError("vault-key", {
    fr: `--key ${quoted(given)} : écrire vault://CLÉ, ou vault://MOTEUR/CLÉ si le moteur transit est monté ailleurs que sous transit.`,
    en: `--key ${quoted(given)}: write vault://KEY, or vault://MOUNT/KEY if the transit engine is mounted elsewhere than at transit.`,
  });
}
