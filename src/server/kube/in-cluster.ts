import { join } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { KubeConnection } from "./connection.ts";

/** Folder in which the kubelet mounts the credentials of a pod's service account. */
const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
/** Milliseconds after which the token is read again: the kubelet renews it at four fifths of its hour. */
const TOKEN_MS = 60_000;

/**
 * Connection of a pod, by its service account.
 *
 * @param folder folder in which the credentials are mounted
 * @throws UsageError kube-not-in-cluster, kube-credentials
 */
export function inCluster(
  env: Readonly<Record<string, string | undefined>>,
  now: () => number,
  folder = SERVICE_ACCOUNT,
): KubeConnection {
  const { KUBERNETES_SERVICE_HOST: host = "", KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === "") throw notInCluster();
  const read = (name: string) => readText(join(folder, name));
  return {
    server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    namespace: read("namespace").trim(),
    ca: read("ca.crt"),
    token: renewedToken(() => read("token"), now),
  };
}

/**
 * Token that is read from its file again after a minute, and after the server refused the token. If the file
 * cannot be read later on, the previous token stays in use.
 *
 * @throws as `read`, for the first read only
 */
export function renewedToken(read: () => string, now: () => number): (isRefused: boolean) => string {
  let [token, readAt] = [read().trim(), now()];
  return (isRefused) => {
    if (!isRefused && Math.abs(now() - readAt) < TOKEN_MS) return token;
    try {
      [token, readAt] = [read().trim(), now()];
    } catch {
      readAt = now();
    }
    return token;
  };
}

/** @throws UsageError kube-credentials */
export function readText(path: string): string {
  let why = `> ${LIMITS.settingsBytes}`;
  try {
    const bytes = readBytes(path, { most: LIMITS.settingsBytes });
    if (bytes !== undefined) return Buffer.from(bytes).toString("utf8");
  } catch (cause) {
    why = cause instanceof Error ? cause.message : String(cause);
  }
  throw new UsageError("kube-credentials", {
    fr: `Le fichier ${quoted(path)}, qui donne accès à l'API server, n'est pas lisible (${why}). Vérifier qu'il est monté (automountServiceAccountToken) et ses droits.`,
    en: `The file ${quoted(path)}, which gives access to the API server, cannot be read (${why}). Check that it is mounted (automountServiceAccountToken), and its permissions.`,
  });
}

function notInCluster(): UsageError {
  return new UsageError("kube-not-in-cluster", {
    fr: "--watch in-cluster : KUBERNETES_SERVICE_HOST n'est pas défini ; ce processus n'est pas dans un pod. Donner un kubeconfig : --watch FICHIER.",
    en: "--watch in-cluster: KUBERNETES_SERVICE_HOST is not set; this process is not in a pod. Give a kubeconfig: --watch FILE.",
  });
}
