import { join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { OwnCertificate, TlsStore } from "../../server/authority/own-certificate.ts";
import type { ServerCertificate } from "../../server/http/certificate.ts";
import { kubeClient } from "../../server/kube/client.ts";
import type { Context } from "../process/context.ts";
import { certificateOf } from "./certificate-files.ts";
import type { ServeValues } from "./flags.ts";
import { IN_CLUSTER, kubeConnection } from "./kube-connection.ts";

/** Origin of the server's certificate. */
export interface CertificateSource {
  /** Name of the folder or Secret with the server's own authority; absent for a certificate from files. */
  readonly authority?: string;
  /** Milliseconds between two checks of the certificate; absent: as for files. */
  readonly lookMs?: number;
  /**
   * Certificate stored already; never creates one. Undefined if none is stored yet.
   *
   * @throws UsageError certificate-expired for a certificate that the user provides; as read()
   */
  kept(): Promise<ServerCertificate | undefined>;
  /**
   * Current certificate of the server. A certificate of the server's own authority is made and renewed if
   * necessary.
   *
   * @throws as certificateOf() and ownCertificate()
   */
  read(): Promise<ServerCertificate | OwnCertificate>;
}

/** Names under which clients on the same machine reach the server. */
const LOCAL_NAMES = ["localhost", "127.0.0.1", "::1"];
/** Milliseconds between two looks at a Secret: three small requests to the API server. */
const SECRET_LOOK_MS = 60_000;
/** Names of the objects of an installation (deploy/): Service and webhook configurations, and the published authority. */
const INSTALLED = { name: "douane", configMap: "douane-ca" };

/**
 * Origin of the certificate by the command line: files, otherwise the server's own authority.
 *
 * @throws UsageError tls-twice, tls-files, tls-names-alone
 */
export async function certificateSource(context: Context, values: ServeValues): Promise<CertificateSource> {
  const { cwd } = context;
  const { tlsCert, tlsKey, tlsDir, tlsSecret, tlsName: names, dataDir } = values;
  const now = () => context.now().getTime();
  const isByFiles = tlsCert !== undefined || tlsKey !== undefined;
  const origins = [isByFiles, tlsDir !== undefined, tlsSecret !== undefined];
  if (origins.filter(Boolean).length > 1) throw twice();
  if (isByFiles && names.length > 0) throw namesAlone(names);
  if (tlsSecret !== undefined) return inSecret(context, values, tlsSecret);
  if (tlsDir !== undefined) return own(await folderStore(resolve(cwd, tlsDir), now), names);
  if (!isByFiles && dataDir !== undefined) {
    return own(await folderStore(join(resolve(cwd, dataDir), "tls"), now), names);
  }
  const read = () => certificateOf(cwd, values);
  return {
    read,
    async kept() {
      const certificate = await read();
      if (certificate.until <= now()) throw expired(values, certificate);
      return certificate;
    },
  };
}

async function folderStore(path: string, now: () => number): Promise<TlsStore> {
  const { folderTlsStore } = await import("../../server/authority/folder-store.ts");
  return folderTlsStore(path, now);
}

/** Authority in a Secret of the cluster whose pods are watched, by default the server's own. @throws as kubeConnection() */
async function inSecret(context: Context, values: ServeValues, secret: string): Promise<CertificateSource> {
  const connection = await kubeConnection(context, values.watch ?? IN_CLUSTER);
  const { namespace } = connection;
  const { name, configMap } = INSTALLED;
  const { secretTlsStore } = await import("../../server/authority/secret-store.ts");
  const objects = { namespace, secret, configMap, webhooks: name };
  const store = secretTlsStore(objects, kubeClient(connection), () => context.now().getTime());
  const names = values.tlsName.length === 0 ? [`${name}.${namespace}.svc`] : values.tlsName;
  return { ...(await own(store, names)), lookMs: SECRET_LOOK_MS };
}

async function own(store: TlsStore, names: readonly string[]): Promise<CertificateSource> {
  const { keptCertificate, ownCertificate } = await import("../../server/authority/own-certificate.ts");
  return {
    authority: store.name,
    kept: () => keptCertificate(store),
    read: () => ownCertificate(store, names.length === 0 ? LOCAL_NAMES : names),
  };
}

function expired({ tlsCert = "" }: ServeValues, { until }: ServerCertificate): UsageError {
  const date = new Date(until).toISOString().slice(0, 10);
  return new UsageError("certificate-expired", {
    fr: `--tls-cert ${quoted(tlsCert)} : ce certificat a expiré le ${date}. En donner un qui est encore valable.`,
    en: `--tls-cert ${quoted(tlsCert)}: this certificate expired on ${date}. Give one that is still valid.`,
  });
}

function twice(): UsageError {
  return new UsageError("tls-twice", {
    fr: "--tls-cert et --tls-key donnent un certificat existant, --tls-dir et --tls-secret une autorité propre au serveur : ne donner que l'une des trois origines.",
    en: "--tls-cert and --tls-key give an existing certificate, --tls-dir and --tls-secret an authority of the server's own: give only one of the three.",
  });
}

function namesAlone(names: readonly string[]): UsageError {
  return new UsageError("tls-names-alone", {
    fr: `--tls-name ${names.map(quoted).join(", ")} : les noms sont ceux du certificat de --tls-cert. L'établir avec ces noms, ou laisser le serveur en faire un (--tls-dir).`,
    en: `--tls-name ${names.map(quoted).join(", ")}: the names are those of the certificate of --tls-cert. Issue it with these names, or let the server make one (--tls-dir).`,
  });
}
