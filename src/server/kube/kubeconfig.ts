// Kubeconfig files (k8s.io/client-go/tools/clientcmd/api/v1).

import { resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type Fields, fieldsOf, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import type { KubeConnection } from "./connection.ts";
import { readText, renewedToken } from "./in-cluster.ts";

/** Refused settings: programs, unverified or redirected connections, passwords, and impersonation. */
const REFUSED = ["exec", "auth-provider", "insecure-skip-tls-verify", "proxy-url", "username", "as"] as const;

/** Parsed kubeconfig with its location. */
export interface KubeconfigFile {
  readonly document: unknown;
  /** Absolute folder to which relative paths in the kubeconfig refer. */
  readonly folder: string;
  /** File name as typed by the user, for messages. */
  readonly name: string;
}

/**
 * Connection of the current context of a kubeconfig.
 *
 * @throws UsageError kubeconfig-invalid, kubeconfig-refused, kube-credentials
 */
export function fromKubeconfig(file: KubeconfigFile, now: () => number): KubeConnection {
  const config = fieldsOf(file.document);
  const current = textAt(config, "current-context");
  if (current === undefined) throw invalid(file, "current-context");
  const context = named(file, config, "context", current);
  const cluster = named(file, config, "cluster", textAt(context, "cluster") ?? "");
  const user = named(file, config, "user", textAt(context, "user") ?? "");
  for (const fields of [cluster, user]) {
    const refused = REFUSED.find((key) => fields[key] !== undefined && fields[key] !== false);
    if (refused !== undefined) throw isRefused(file, refused);
  }
  const server = textAt(cluster, "server") ?? "";
  if (!URL.canParse(server) || new URL(server).protocol !== "https:") throw invalid(file, "server");
  const pem = (fields: Fields, key: string) => pemOf(file, fields, key);
  const ca = pem(cluster, "certificate-authority");
  const [cert, key] = [pem(user, "client-certificate"), pem(user, "client-key")];
  const serverName = textAt(cluster, "tls-server-name");
  return {
    server: server.replace(/\/$/, ""),
    namespace: textAt(context, "namespace") ?? "default",
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { client: { cert, key } }),
    ...(serverName === undefined ? {} : { serverName }),
    token: tokenOf(file, user, now),
  };
}

function named(file: KubeconfigFile, config: Fields, kind: string, name: string): Fields {
  const found = objectsAt(config, `${kind}s`).find((one) => one["name"] === name);
  if (found === undefined) throw invalid(file, `${kind}s: ${name}`);
  return objectAt(found, kind);
}

/** PEM text: the value of `KEY-data`, decoded from base64, or the file that `KEY` names. */
function pemOf({ folder }: KubeconfigFile, fields: Fields, key: string): string | undefined {
  const data = textAt(fields, `${key}-data`);
  if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
  const path = textAt(fields, key);
  return path === undefined ? undefined : readText(resolve(folder, path));
}

function tokenOf({ folder }: KubeconfigFile, user: Fields, now: () => number): KubeConnection["token"] {
  const path = textAt(user, "tokenFile");
  if (path !== undefined) return renewedToken(() => readText(resolve(folder, path)), now);
  const token = textAt(user, "token");
  return () => token;
}

function invalid({ name }: KubeconfigFile, what: string): UsageError {
  return new UsageError("kubeconfig-invalid", {
    fr: `${quoted(name)} n'est pas un kubeconfig complet : ${quoted(what)} manque ou est incorrect (l'adresse d'un server commence par https://).`,
    en: `${quoted(name)} is not a complete kubeconfig: ${quoted(what)} is missing or wrong (the address of a server starts with https://).`,
  });
}

function isRefused({ name }: KubeconfigFile, what: string): UsageError {
  return new UsageError("kubeconfig-refused", {
    fr: `${quoted(name)} utilise ${quoted(what)}, que douane refuse : ni programme à lancer, ni serveur dont le certificat n'est pas vérifié, ni proxy. Créer un kubeconfig avec le jeton d'un compte de service (kubectl create token) ou un certificat.`,
    en: `${quoted(name)} uses ${quoted(what)}, which douane refuses: it runs no program, and uses neither a proxy nor a server with an unverified certificate. Create a kubeconfig with the token of a service account (kubectl create token) or a certificate.`,
  });
}
