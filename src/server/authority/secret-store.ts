import { X509Certificate } from "node:crypto";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type Fields, objectAt, objectsAt, stringOf } from "../../json/fields.ts";
import { type KubeClient, KubeError } from "../kube/client.ts";
import type { TlsStore } from "./own-certificate.ts";

/** Requests to the API server, and its clock: the API server verifies the certificate. */
type AuthorityRequests = Pick<KubeClient, "send" | "serverTime">;

/** Kubernetes objects of the server's certificate. */
interface AuthorityObjects {
  readonly namespace: string;
  /** Name of the Secret that holds authority and certificate. */
  readonly secret: string;
  /** Name of the ConfigMap that holds only the authority's certificates. */
  readonly configMap: string;
  /** Name of both webhook configurations. */
  readonly webhooks: string;
}

const WEBHOOKS = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"];

/**
 * Store of authority and certificate in a Secret, for all replicas. The Secret and the ConfigMap must exist,
 * since the server may not create objects. The webhook configurations are only read.
 *
 * @throws UnavailableError tls-secret, by its functions
 */
export function secretTlsStore(
  { namespace, secret, configMap, webhooks }: AuthorityObjects,
  requests: AuthorityRequests,
  now: () => number,
): TlsStore {
  const secretPath = `/api/v1/namespaces/${namespace}/secrets/${secret}`;
  const configMapPath = `/api/v1/namespaces/${namespace}/configmaps/${configMap}`;
  /** Objects as read last: a replacement must keep their metadata. */
  let read: Fields = {};

  async function send(path: string, body?: object): Promise<Fields> {
    try {
      return await requests.send(body === undefined ? { path } : { method: "PUT", path, body });
    } catch (error) {
      if (error instanceof KubeError && error.status === 409) throw error;
      throw unusable(path, error);
    }
  }

  return {
    name: `${namespace}/${secret}`,
    async read() {
      read = await send(secretPath);
      const trusted = await trustedAuthorities(webhooks, requests);
      return {
        texts: decoded(objectAt(read, "data")),
        version: stringOf(objectAt(read, "metadata")["resourceVersion"]),
        now: requests.serverTime() ?? now(),
        ...(trusted === undefined ? {} : { trusted }),
      };
    },
    async replace(texts, version) {
      const data = Object.entries(texts).map(([name, text]) => [name, Buffer.from(text).toString("base64")]);
      const metadata = { ...objectAt(read, "metadata"), resourceVersion: version };
      try {
        await send(secretPath, { ...read, metadata, data: Object.fromEntries(data) });
        return true;
      } catch (error) {
        if (error instanceof KubeError) return false;
        throw error;
      }
    },
    async publish(authorities) {
      const object = await send(configMapPath);
      if (objectAt(object, "data")["ca.crt"] === authorities) return;
      try {
        await send(configMapPath, { ...object, data: { "ca.crt": authorities } });
      } catch (error) {
        // Another replica published at the same time; the next look compares the result.
        if (!(error instanceof KubeError)) throw error;
      }
    },
  };
}

function decoded(data: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      Buffer.from(stringOf(value), "base64").toString("utf8"),
    ]),
  );
}

/**
 * Certificates (DER, base64) that every webhook of both configurations trusts; undefined if there are no
 * webhooks, or if they cannot be read.
 */
async function trustedAuthorities(
  name: string,
  requests: AuthorityRequests,
): Promise<ReadonlySet<string> | undefined> {
  const bundles: ReadonlySet<string>[] = [];
  for (const plural of WEBHOOKS) {
    try {
      const path = `/apis/admissionregistration.k8s.io/v1/${plural}/${name}`;
      const configuration = await requests.send({ path });
      for (const webhook of objectsAt(configuration, "webhooks")) {
        bundles.push(certificatesOf(stringOf(objectAt(webhook, "clientConfig")["caBundle"])));
      }
    } catch (error) {
      // A missing configuration calls no webhook; an unreadable configuration leaves the trust unknown.
      if (!(error instanceof KubeError) || error.status !== 404) return undefined;
    }
  }
  const [first, ...others] = bundles;
  if (first === undefined) return undefined;
  return new Set([...first].filter((one) => others.every((bundle) => bundle.has(one))));
}

/** Certificates of a caBundle: PEM in base64. */
function certificatesOf(bundle: string): ReadonlySet<string> {
  const pem = Buffer.from(bundle, "base64").toString("utf8");
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,16384}-----END CERTIFICATE-----/g);
  return new Set((blocks ?? []).flatMap(derOf));
}

function derOf(block: string): readonly string[] {
  try {
    return [new X509Certificate(block).raw.toString("base64")];
  } catch {
    return [];
  }
}

function unusable(path: string, cause: unknown): UnavailableError {
  const why = quoted(cause instanceof Error ? cause.message : String(cause));
  return new UnavailableError(
    "tls-secret",
    {
      fr: `${quoted(path)} : l'API server ne permet pas de le lire ou de le modifier (${why}). Appliquer de nouveau la base de douane, qui crée cet objet et les droits du serveur : kubectl apply -k base`,
      en: `${quoted(path)}: the API server does not let the server read or change it (${why}). Apply the base of douane again, which creates this object and the server's rights: kubectl apply -k base`,
    },
    { cause },
  );
}
