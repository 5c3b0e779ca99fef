/**
 * Class of a name: `password`, chosen by people, possibly only digits; `secret`, generated; `key`, a secret
 * only if the value looks random; undefined for other names.
 */
export type NameKind = "password" | "secret" | "key" | undefined;

const PASSWORDS = new Set(
  "PASSWORD PASSWD PASSPHRASE MDP PGPASSWORD PASSWORT MOTDEPASSE MOTPASSE USERPASS DBPASS REMOTEPASS LOCALPASS SMTPPASS MAILPASS DBPASSWORD DBPWD USERPWD".split(
    " ",
  ),
);
/** Words for a password only at the end of a name: PASS_THROUGH is not a password. */
const PASSWORDS_AT_THE_END = new Set([
  "PASS",
  "PWD",
  "PW",
  "BINDPW",
  "AUTHTOK",
  "PSK",
  "REQUIREPASS",
  "MASTERAUTH",
]);
const SECRETS_AT_THE_END = new Set(
  (
    "TOKEN APIKEY PRIVATEKEY SECRETKEY ACCESSKEY CREDENTIAL CREDENTIALS JETON AUTHTOKEN ACCESSTOKEN CLESECRETE " +
    "CLIENTSECRET APISECRET APITOKEN ENCRYPTIONKEY"
  ).split(" "),
);
/** Words that may be followed by a number. */
const NUMBERED = new Set([
  ...PASSWORDS_AT_THE_END,
  ...SECRETS_AT_THE_END,
  ..."SECRET SECRETE KEY CLE CLEF".split(" "),
]);
/**
 * Words before KEY (in French: after CLE) that make a name that of a secret: a GPG_KEY is a fingerprint, a
 * CACHE_KEY a name.
 */
const SECRET_KEYS = new Set(
  (
    "API ACCESS PRIVATE ENCRYPTION ENCRYPT DECRYPTION SIGNING SIGN MASTER AUTH ACCOUNT STORAGE JWT SESSION COOKIE APP " +
    "AES HMAC CRYPT CRYPTO SSH DEPLOY STRIPE OPENAI ANTHROPIC MISTRAL SENDGRID MAILGUN MAILJET BREVO SENDINBLUE TWILIO " +
    "ALBERT ALGOLIA MEILI TYPESENSE DATADOG NEWRELIC MAILCHIMP POSTMARK MANDRILL HUBSPOT INSEE SIRENE OVH SCALEWAY SCW " +
    "MINIO WEBHOOK SERVICE ADMIN CLIENT LICENSE HASH SALT FERNET DJANGO FLASK RAILS LARAVEL PIN CONSUMER SUBSCRIPTION"
  ).split(" "),
);
/** Words after CLE that make a name that of a secret: CLE_API, CLE_PRIVEE, CLE_DE_CHIFFREMENT. */
const SECRET_CLES = new Set(
  "API PRIVEE PRIVE SECRETE SECRET ACCES CHIFFREMENT SIGNATURE APPLICATION MAITRE SESSION JWT".split(" "),
);
/** Keys that are not secret however random: fingerprints, names, public keys. */
const OPEN_KEYS = new Set(
  (
    "GPG PGP APT RPM RELEASE REPO REPOSITORY PUBLIC PUB SITE PRIMARY FOREIGN SORT PARTITION ROUTING CACHE S3 OBJECT " +
    "BUCKET IDEMPOTENCY REGISTRY HOST LABEL TRANSLATION KNOWN MAP MAPS SHARD INDEX GROUP JSON DEDUP ETAG"
  ).split(" "),
);
/**
 * Last words of a longer name that denote a secret if the value looks random: REDIS_AUTH, MINIO_SK,
 * HASHIDS_SALT.
 */
const DRAWN_AT_THE_END = new Set("AUTH SK SALT PEPPER SEED CREDS CRED BEARER AUTHORIZATION".split(" "));
/**
 * Words before AUTH that make a name that of a password: variables read by redis-cli(1), and similar
 * variables.
 */
const AUTH_OF_STORES = new Set("REDIS REDISCLI VALKEY VALKEYCLI KEYDB MEMCACHED".split(" "));
/**
 * Last words of names that are about a secret without naming its value: PASSWORD_MIN_LENGTH, TOKEN_EXPIRY,
 * DB_PASSWORD_FILE.
 */
const ABOUT = new Set(
  (
    "FILE FILES FILENAME PATH PATHS DIR DIRECTORY URL URLS URI HOST HOSTNAME PORT DOMAIN ENDPOINT NAME NAMES ID IDS EXPIRY " +
    "EXPIRES EXPIRATION TTL LIFETIME DURATION TIMEOUT AGE INTERVAL DELAY LENGTH LEN MIN MAX SIZE COUNT LIMIT ALGORITHM " +
    "ALG ALGO TYPE FORMAT ENABLE ENABLED DISABLE DISABLED REQUIRED POLICY ROUNDS COST STRENGTH ISSUER ISS AUDIENCE AUD " +
    "HEADER PREFIX SUFFIX FIELD REGEX PATTERN VERSION SHA SHA256 SHASUM CHECKSUM FINGERPRINT DUMMY PLACEHOLDER EXAMPLE " +
    "SAMPLE STDIN PUBLIC HINT LABEL REF STORE KEYSTORE MODE PROVIDER BACKEND MANAGER ENGINE SOURCE KIND STRATEGY CLASS SCOPE " +
    "SCOPES REGION NAMESPACE MOUNT ROLE RESET RULES METHOD PAGE ROUTE COOKIE PARAM PARAMETER ALIAS TEMPLATE SUBJECT " +
    "HASHING HASHER ENCODER ENCODING FORGOTTEN FORGOT CHANGED CONFIRMATION CONFIRM COLUMN ATTRIBUTE MESSAGE TITLE TEXT " +
    "DESCRIPTION HELP ERROR INVALID MISSING WARNING PROMPT VALIDATOR VALIDATION QUERY SELECTOR INPUT BUTTON LINK ICON " +
    "FICHIER CHEMIN LONGUEUR DUREE OUBLIE NOM TITRE LIBELLE AIDE ERREUR TAILLE NOMBRE USER USERNAME LOGIN EMAIL MAIL HASH " +
    "SERVICE SERVER GENERATOR HANDLER FACTORY RESOLVER FILTER INTERCEPTOR LOCATION COMMAND SCRIPT HOOK AUTHENTICATOR BROKER TABLE SHAPE"
  ).split(" "),
);
/**
 * Qualifiers before a word that make a name that of a setting about secrets: MAX_PASSWORD, NO_PASSWORD. A
 * PUBLIC_KEY_TOKEN names a .NET assembly.
 */
const ABOUT_BEFORE = new Set(
  "MAX MIN NO NUM NB USE HAS IS ENABLE DISABLE SHOW HIDE PUBLICKEY REQUIRE ALLOW".split(" "),
);
/** Last words that do not change the meaning: API_TOKEN_PROD, SECRET_KEY_BASE, PRIVATE_KEY_BASE64. */
const TRAILING = new Set(
  "BASE BASE64 B64 VALUE VALEUR PEM JSON PROD PRODUCTION PREPROD STAGING STAGE RECETTE DEV TEST BDD DB".split(
    " ",
  ),
);
/**
 * Words before SECRET that make a value the name of a Kubernetes Secret: IMAGE_PULL_SECRET, TLS_SECRET,
 * DB_PASSWORD_SECRET.
 */
const KEPT_IN_SECRETS = new Set(
  (
    "PULL TLS SSL MTLS CERT CERTS CERTIFICATE CERTIFICATES CA X509 KEYSTORE TRUSTSTORE KUBE KUBERNETES KUBECONFIG " +
    "PASSWORD CREDENTIALS EXISTING DOCKERCONFIGJSON"
  ).split(" "),
);
/** Names of variables that are sent to every browser by design. */
const TO_THE_BROWSER =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NG_APP|EXPO_PUBLIC|PUBLIC)_/;

/** systemd directives that name a credential; only SetCredential contains its value. */
const OF_SYSTEMD = /^(?:Import|Load|Condition|Assert)Credential(?:Encrypted)?$|^SetCredentialEncrypted$/;

/** Cache of kinds by name: workloads and files share many names. */
const KNOWN = new Map<string, NameKind>();
const MOST_NAMES = 5_000;

/**
 * Class of a name.
 *
 * @param name name of a variable, a property, a flag: DB_PASSWORD, apiKey, spring.datasource.password, motDePasse
 */
export function nameKind(name: string): NameKind {
  const known = KNOWN.get(name);
  if (known !== undefined || KNOWN.has(name)) return known;
  const kind = kindOf(name);
  if (KNOWN.size < MOST_NAMES && name.length <= 200) KNOWN.set(name, kind);
  return kind;
}

/** Whether the name denotes a secret regardless of its value. */
export function isSecretName(name: string): boolean {
  const kind = nameKind(name);
  return kind === "password" || kind === "secret";
}

/** Whether a value under this name is the name of a Kubernetes Secret. */
export function namesKeptSecret(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === "SECRET" && KEPT_IN_SECRETS.has(words.at(-2) ?? "");
}

function kindOf(name: string): NameKind {
  const words = joined(wordsOf(name)).map(withoutNumber);
  while (words.length > 1 && isTrailing(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  // Vault's AppRole: the identifier is the secret.
  if (last === "ID" && words.at(-2) === "SECRET") return "key";
  if (ABOUT.has(last) || OF_SYSTEMD.test(name)) return undefined;
  if (words.some(isPassword)) return words.some((word) => ABOUT_BEFORE.has(word)) ? "secret" : "password";
  if (words.includes("SECRET") || words.includes("SECRETE")) return "secret";
  if (TO_THE_BROWSER.test(name)) return undefined;
  if (PASSWORDS_AT_THE_END.has(last)) return last === "PWD" ? kindOfPwd(words) : "password";
  if (last === "KEY" || last === "CLE" || last === "CLEF") return kindOfKey(words.at(-2) ?? "");
  if (isFrenchKey(words) || words[0] === "JETON") return "secret";
  if (words.includes("PUBLIC") || words.includes("CSRF") || words.includes("XSRF")) return undefined;
  if (SECRETS_AT_THE_END.has(last)) return "secret";
  if (last === "AUTH" && AUTH_OF_STORES.has(words.at(-2) ?? "")) return "secret";
  return DRAWN_AT_THE_END.has(last) && (words.length > 1 || last === "BEARER" || last === "PEPPER")
    ? "key"
    : undefined;
}

/** The word without its number: PASSWORD2, TOKEN1. */
function withoutNumber(word: string): string {
  const bare = word.replace(/\d{1,2}$/, "");
  return isPassword(bare) || NUMBERED.has(bare) || SECRET_CLES.has(bare) ? bare : word;
}

function isPassword(word: string): boolean {
  return PASSWORDS.has(word);
}

/**
 * Class of a name with PWD. Shells set PWD and OLDPWD to paths; in a longer name, of ODBC or .NET, PWD is a
 * password.
 */
function kindOfPwd(words: readonly string[]): NameKind {
  if (words[0] === "OLD") return undefined;
  return words.length === 1 ? "secret" : "password";
}

function kindOfKey(of: string): NameKind {
  if (SECRET_KEYS.has(of)) return "secret";
  return of === "" || OPEN_KEYS.has(of) ? undefined : "key";
}

/** Whether the words are a secret key in French: CLE_API, CLEF_DE_CHIFFREMENT, CLE_D_ACCES. */
function isFrenchKey(words: readonly string[]): boolean {
  const at = words.findIndex((word) => word === "CLE" || word === "CLEF");
  return at >= 0 && words.slice(at + 1).some((word) => SECRET_CLES.has(word));
}

function isTrailing(word: string): boolean {
  return TRAILING.has(word) || /^\d+$/.test(word);
}

/** The words with MOT DE PASSE joined into one. */
function joined(words: readonly string[]): string[] {
  const text = words.join(" ");
  return text.replace(/\bMOTS? (?:DE )?PASSE\b|\bPHRASE (?:DE )?PASSE\b/g, "MOTDEPASSE").split(" ");
}

/**
 * Words of a name, in capitals: `dbPassword2`, `db-password`, `DB_PASSWORD` → DB PASSWORD (2); `cléAPI` → CLE
 * API.
 */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]{2})([A-Z][a-z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
}
