import { isIP } from "node:net";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Listen } from "../../server/http/https-server.ts";
import { ATTEST_FLAGS } from "../attest/flags.ts";
import { CHECK_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { CONNECTION_FLAGS } from "../command-line/connection-flags.ts";
import { STORE_FLAGS } from "../command-line/store-flags.ts";
import { SIGNED_POLICY_FLAGS } from "../settings/policy-flags.ts";
import { parseRole } from "./roles.ts";

/** Default port, on all addresses. */
export const PORT = 8_443;

export const SERVE_FLAGS = {
  policy: {
    env: true,
    value: { fr: "FICHIER|oci://RÉF", en: "FILE|oci://REF" },
    help: {
      fr: "politique de la plateforme : signataires, exigences futures, et, dans admission, espaces de noms exemptés, langue et tags",
      en: "the platform's policy: signers, future requirements and, in admission, exempt namespaces, language and tags",
    },
  },
  ...SIGNED_POLICY_FLAGS,
  role: {
    env: true,
    value: { fr: "RÔLE", en: "ROLE" },
    parse: parseRole,
    help: {
      fr: "tâches de ce processus, qu'une base de données (--database) partage entre plusieurs : admission (répondre à l'API server), examiner (examiner les images inconnues), watcher (observer les pods), trial (essayer ce que seul un essai prouve) ; par défaut all, sans trial",
      en: "tasks of this process, which a database (--database) shares among several: admission (answer the API server), examiner (examine unknown images), watcher (watch the pods), trial (try what only a trial proves); default: all, without trial",
    },
  },
  listen: {
    env: true,
    value: { fr: "[HÔTE:]PORT", en: "[HOST:]PORT" },
    parse: parseListen,
    help: {
      fr: `adresse d'écoute (par défaut ${PORT}, sur toutes les adresses ; 0 prend un port libre)`,
      en: `address to listen on (default: ${PORT}, on all addresses; 0 takes a free port)`,
    },
  },
  metricsListen: {
    env: true,
    value: { fr: "[HÔTE:]PORT", en: "[HOST:]PORT" },
    parse: parseMetricsListen,
    help: {
      fr: "adresse des mesures de Prometheus, en HTTP simple, à /metrics (par défaut aucune)",
      en: "address of the metrics for Prometheus, in plain HTTP, at /metrics (default: none)",
    },
  },
  tlsCert: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "certificat du serveur puis ceux de sa chaîne, au format PEM ; relu quand il change",
      en: "certificate of the server, then those of its chain, PEM; read again when it changes",
    },
  },
  tlsKey: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: { fr: "sa clé privée, au format PEM", en: "its private key, PEM" },
  },
  tlsDir: {
    env: true,
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "au lieu de --tls-cert : répertoire d'une autorité du serveur lui-même, qui fait et renouvelle son certificat ; remettre ca.crt, qui y est, aux clients (par défaut, avec --data-dir, son sous-répertoire tls)",
      en: "instead of --tls-cert: folder of an authority of the server's own, which makes and renews its certificate; give its ca.crt to clients (default, with --data-dir: its folder tls)",
    },
  },
  tlsSecret: {
    env: true,
    value: { fr: "NOM", en: "NAME" },
    parse: parseObjectName,
    help: {
      fr: "au lieu de --tls-cert, dans un cluster : Secret de l'autorité du serveur, que ses répliques partagent ; ses certificats sont publiés dans le ConfigMap douane-ca (deploy/)",
      en: "instead of --tls-cert, in a cluster: Secret of the server's authority, which its replicas share; its certificates are published in the ConfigMap douane-ca (deploy/)",
    },
  },
  tlsName: {
    value: { fr: "NOM", en: "NAME" },
    many: true,
    parse: parseTlsName,
    help: {
      fr: "nom DNS ou adresse IP de ce certificat (répétable ; par défaut localhost, 127.0.0.1 et ::1, ou douane.ESPACE.svc)",
      en: "DNS name or IP address of that certificate (repeatable; default: localhost, 127.0.0.1 and ::1, or douane.NAMESPACE.svc)",
    },
  },
  data: CHECK_FLAGS.data,
  database: STORE_FLAGS.database,
  dataDir: {
    ...STORE_FLAGS.dataDir,
    help: {
      fr: "sans --database : répertoire d'un PostgreSQL que le serveur démarre lui-même ; sans l'un ni l'autre, les verdicts sont en mémoire et les décisions dans le journal seulement",
      en: "without --database: folder of a PostgreSQL that the server starts itself; without either, verdicts are in memory and decisions only in the log",
    },
  },
  auditKey: {
    env: true,
    value: ATTEST_FLAGS.key.value,
    help: {
      fr: "clé privée qui signe, toutes les dix minutes et à l'arrêt, la tête du journal d'audit, écrite sur la sortie standard",
      en: "private key that signs, every ten minutes and at the end, the head of the audit log, written to standard output",
    },
  },
  trialKey: {
    env: true,
    value: ATTEST_FLAGS.key.value,
    help: {
      fr: "avec --role trial : clé privée qui signe les essais, dont la politique nomme la clé publique (attestations.statements.trial)",
      en: "with --role trial: private key that signs trials, whose public key the policy names (attestations.statements.trial)",
    },
  },
  watch: {
    env: true,
    value: { fr: "in-cluster|FICHIER", en: "in-cluster|FILE" },
    help: {
      fr: "suivre les pods d'un cluster, par le compte de service du pod (in-cluster) ou un kubeconfig, et signaler ceux qui n'exécutent pas ce qui a été admis",
      en: "watch the pods of a cluster, by the pod's service account (in-cluster) or a kubeconfig, and report pods that differ from their admission",
    },
  },
  preview: {
    value: { fr: "FICHIER|oci://RÉF", en: "FILE|oci://REF" },
    help: {
      fr: "ne pas servir : juger par cette politique, et les règles de ce programme, ce que contient la base de données, dire ce qui serait refusé, et s'arrêter",
      en: "do not serve: judge the pods in the database by this policy and this program's rules, say which would be refused, and stop",
    },
  },
  migrate: {
    help: {
      fr: "ne pas servir : préparer les tables de la base de données pour cette version, et s'arrêter ; pour un serveur qui n'en est pas le propriétaire (deploy/database-roles.sql)",
      en: "do not serve: prepare the tables of the database for this version, and stop; for a server that does not own them (deploy/database-roles.sql)",
    },
  },
  checkConfig: {
    help: {
      fr: "vérifier politique, certificat et données, dire ce que le serveur répondrait, et s'arrêter",
      en: "verify policy, certificate and data, say what the server would do, and stop",
    },
  },
  noCache: CHECK_FLAGS.noCache,
  insecureRegistry: CONNECTION_FLAGS.insecureRegistry,
  caFile: CONNECTION_FLAGS.caFile,
} as const satisfies Flags;

export type ServeValues = Values<typeof SERVE_FLAGS>;

/** DNS name of a certificate: labels of RFC 1123, of 253 characters at most. */
const TLS_NAME =
  /^(?=.{1,253}$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Name of a Secret (RFC 1123 subdomain). */
function parseObjectName(value: string): string {
  if (/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(value)) return value;
  throw new UsageError("object-name-invalid", {
    fr: `--tls-secret ${quoted(value)} : écrire le nom d'un Secret de l'espace de noms du serveur : douane-tls.`,
    en: `--tls-secret ${quoted(value)}: write the name of a Secret in the server's namespace: douane-tls.`,
  });
}

function parseTlsName(value: string): string {
  if (isIP(value) !== 0 || TLS_NAME.test(value)) return value;
  throw new UsageError("tls-name-invalid", {
    fr: `--tls-name ${quoted(value)} : écrire un nom DNS ou une adresse IP : douane.douane.svc, 127.0.0.1.`,
    en: `--tls-name ${quoted(value)}: write a DNS name or an IP address: douane.douane.svc, 127.0.0.1.`,
  });
}

/** Address to listen on: `8443`, `127.0.0.1:8443`, `[::1]:8443`. */
function parseListen(value: string): Listen {
  return parseAddress("--listen", value);
}

function parseMetricsListen(value: string): Listen {
  return parseAddress("--metrics-listen", value);
}

function parseAddress(flag: string, value: string): Listen {
  const [, six, named, port = ""] = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):)?(\d{1,5})$/.exec(value) ?? [];
  const host = six ?? named;
  if (port !== "" && Number(port) <= 65_535) {
    return { port: Number(port), ...(host === undefined ? {} : { host }) };
  }
  throw new UsageError("listen-invalid", {
    fr: `${flag} ${quoted(value)} : écrire un port de 0 à 65535, précédé ou non d'une adresse : 8443, 127.0.0.1:8443, [::1]:8443.`,
    en: `${flag} ${quoted(value)}: write a port from 0 to 65535, with or without an address before it: 8443, 127.0.0.1:8443, [::1]:8443.`,
  });
}
