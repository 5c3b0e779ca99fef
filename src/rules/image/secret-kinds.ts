import { KNOWN_TO_OTHERS } from "./public-secret-kinds.ts";
import type { SecretKind } from "./secret-kind.ts";

function same(name: string): SecretKind {
  return { name: { fr: name, en: name } };
}

function kind(fr: string, en: string): SecretKind {
  return { name: { fr, en } };
}

/** Kinds by the detectors' ids. */
const KINDS: Readonly<Record<string, SecretKind>> = {
  "private-key": kind("clé privée", "private key"),
  "encrypted-private-key": {
    ...kind("clé privée protégée par une phrase de passe", "private key behind a passphrase"),
    weak: true,
  },
  "pkcs12-key": kind("clé privée dans un magasin PKCS#12", "private key in a PKCS#12 store"),
  "java-keystore-key": kind("clé dans un magasin de clés Java", "key in a Java key store"),
  "kerberos-key": kind("clés Kerberos (keytab)", "Kerberos keys (keytab)"),
  "password-database": kind("base de mots de passe KeePass", "KeePass password database"),
  "oracle-wallet": kind("wallet Oracle", "Oracle wallet"),
  "kubernetes-secret": kind("valeur d'un Secret Kubernetes", "value of a Kubernetes Secret"),
  "gcp-service-account": kind("clé de compte de service Google Cloud", "Google Cloud service account key"),
  "age-key": kind("clé privée age", "age private key"),
  "aws-access-key": kind("clé d'accès AWS", "AWS access key"),
  "azure-storage-key": kind("clé de compte de stockage Azure", "Azure storage account key"),
  "azure-shared-access-key": kind("clé d'accès partagé Azure", "Azure shared access key"),
  "github-token": kind("jeton GitHub", "GitHub token"),
  "gitlab-token": kind("jeton GitLab", "GitLab token"),
  "npm-token": kind("jeton npm", "npm token"),
  "npm-registry-token": kind("jeton de registre npm", "npm registry token"),
  "pypi-token": kind("jeton PyPI", "PyPI token"),
  "docker-hub-token": kind("jeton Docker Hub", "Docker Hub token"),
  "docker-config-auth": kind("identifiants de registre Docker", "Docker registry credentials"),
  "slack-token": kind("jeton Slack", "Slack token"),
  "slack-webhook": same("webhook Slack"),
  webhook: kind("adresse d'un webhook", "address of a webhook"),
  "stripe-live-key": kind("clé Stripe de production", "Stripe live key"),
  "sendgrid-key": kind("clé SendGrid", "SendGrid key"),
  "brevo-key": kind("clé Brevo", "Brevo key"),
  "twilio-token": kind("jeton Twilio", "Twilio token"),
  "sentry-token": kind("jeton Sentry", "Sentry token"),
  "vault-token": kind("jeton Vault", "Vault token"),
  "sonar-token": kind("jeton SonarQube", "SonarQube token"),
  "grafana-token": kind("jeton Grafana", "Grafana token"),
  "google-oauth-secret": kind("secret client OAuth Google", "Google OAuth client secret"),
  "ai-provider-key": kind("clé d'API d'un fournisseur d'IA", "AI provider's API key"),
  "service-token": kind("jeton d'un service en ligne", "token of an online service"),
  "kubeconfig-key": kind("clé cliente d'un kubeconfig", "client key of a kubeconfig"),
  "kubeconfig-token": kind("jeton d'un kubeconfig", "token of a kubeconfig"),
  "nuget-password": kind("mot de passe NuGet", "NuGet password"),
  "netrc-password": kind("mot de passe de .netrc", "password of .netrc"),
  "pgpass-password": kind("mot de passe PostgreSQL", "PostgreSQL password"),
  "mysql-password": kind("mot de passe MySQL", "MySQL password"),
  "maven-password": kind("mot de passe Maven", "Maven password"),
  "url-password": kind("mot de passe dans une URL", "password in a URL"),
  "local-url-password": {
    ...kind("mot de passe dans une URL locale", "password in a local URL"),
    weak: true,
  },
  "connection-string-password": kind(
    "mot de passe dans une chaîne de connexion",
    "password in a connection string",
  ),
  "named-secret": kind("secret", "secret"),
  "password-hash": kind("empreinte d'un mot de passe", "hash of a password"),
  "secret-data": kind("valeur d'un Secret", "value of a Secret"),
  "supabase-service-key": kind("clé service_role de Supabase", "Supabase service_role key"),
  jwt: { ...kind("jeton JWT", "JWT"), weak: true },
  ...KNOWN_TO_OTHERS,
};

/** Kind with this id; a general kind for unknown ids, which evidence of other versions may contain. */
export function secretKind(id: string): SecretKind {
  return (Object.hasOwn(KINDS, id) ? KINDS[id] : undefined) ?? kind(`secret (${id})`, `secret (${id})`);
}
