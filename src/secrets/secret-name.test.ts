import { describe, expect, test } from "vitest";
import { isSecretName, nameKind, namesKeptSecret } from "./secret-name.ts";

function words(text: string): readonly string[] {
  return text.split(" ");
}

describe("a password", () => {
  test.each([
    ...words(
      "PASSWORD PASSWD PASSPHRASE MDP PGPASSWORD PASSWORT MOTDEPASSE MOTPASSE USERPASS DBPASS DBPASSWORD DBPWD",
    ),
    ...words(
      "USERPWD PASS PWD_X2 DB_PWD PW BINDPW PSK REQUIREPASS MASTERAUTH DB_PASSWORD dbPassword db-password",
    ),
    ...words("spring.datasource.password DB_PASSWORD_2 DB_PASSWORD_PROD MOT_DE_PASSE motDePasse MOTS_PASSE"),
    ...words("PHRASE_DE_PASSE PHRASE_PASSE mot-de-passe PASSWORD_ADMIN DBPassword ROOT_PASS MotDePasse"),
  ])("%s", (name) => {
    const expected = name === "PWD_X2" ? undefined : "password";
    expect(nameKind(name)).toBe(expected);
  });

  test.each(
    words(
      "OLDPWD OLD_PWD ImportCredential LoadCredentialEncrypted PASS_THROUGH PASSAGE COMPASS PSK_X BYPASSED PASSE MOT_DE_X",
    ),
  )("%s is none", (name) => {
    expect(nameKind(name)).toBeUndefined();
  });

  test.each(words("MAX MIN NO NUM NB USE HAS IS ENABLE DISABLE SHOW HIDE PUBLICKEY REQUIRE ALLOW"))(
    "%s_PASSWORD speaks about one: of digits it is none",
    (before) => {
      expect(nameKind(`${before}_PASSWORD`)).toBe("secret");
    },
  );
});

describe("a secret", () => {
  test.each([
    ...words(
      "SECRET CLIENT_SECRET SECRETE CLE_SECRETE TOKEN APIKEY PRIVATEKEY SECRETKEY ACCESSKEY CREDENTIAL",
    ),
    ...words(
      "CREDENTIALS JETON AUTHTOKEN ACCESSTOKEN CLESECRETE CLIENTSECRET APISECRET APITOKEN ENCRYPTIONKEY",
    ),
    ...words("JETON_API apiToken API_TOKEN_PROD SECRET_KEY_BASE PRIVATE_KEY_BASE64 jwtSecret VITE_SECRET"),
  ])("%s", (name) => {
    expect([nameKind(name), isSecretName(name)]).toEqual(["secret", true]);
  });

  test.each([
    ...words(
      "API ACCESS PRIVATE ENCRYPTION ENCRYPT DECRYPTION SIGNING SIGN MASTER AUTH ACCOUNT STORAGE JWT SESSION",
    ),
    ...words(
      "COOKIE APP AES HMAC CRYPT CRYPTO SSH DEPLOY STRIPE OPENAI ANTHROPIC MISTRAL SENDGRID MAILGUN MAILJET",
    ),
    ...words(
      "BREVO SENDINBLUE TWILIO ALBERT ALGOLIA MEILI TYPESENSE DATADOG NEWRELIC MAILCHIMP POSTMARK MANDRILL",
    ),
    ...words(
      "HUBSPOT INSEE SIRENE OVH SCALEWAY SCW MINIO WEBHOOK SERVICE ADMIN CLIENT LICENSE HASH SALT FERNET",
    ),
    ...words("DJANGO FLASK RAILS LARAVEL PIN CONSUMER SUBSCRIPTION"),
  ])("%s_KEY", (of) => {
    expect(nameKind(`${of}_KEY`)).toBe("secret");
    expect(nameKind(`${of}_CLE`)).toBe("secret");
    expect(nameKind(`MY_${of}_CLEF`)).toBe("secret");
  });

  test.each(
    words("API PRIVEE PRIVE SECRETE SECRET ACCES CHIFFREMENT SIGNATURE APPLICATION MAITRE SESSION JWT"),
  )("CLE_%s", (of) => {
    expect(nameKind(`CLE_${of}`)).toBe("secret");
    expect(nameKind(`CLEF_DE_${of}`)).toBe("secret");
  });

  test("cléAPI is one, with its accent", () => {
    expect(nameKind("cléAPI")).toBe("secret");
    expect(nameKind("cle\u0301_api")).toBe("secret");
  });

  test.each(
    words(
      "TOKEN_X PUBLIC_TOKEN CSRF_TOKEN XSRF_TOKEN VITE_TOKEN NEXT_PUBLIC_TOKEN NUXT_PUBLIC_API_KEY PUBLIC_KEY_TOKEN",
    ),
  )("%s is none", (name) => {
    expect(nameKind(name)).toBeUndefined();
  });

  test.each(words("NEXT_PUBLIC NUXT_PUBLIC VITE REACT_APP VUE_APP GATSBY NG_APP EXPO_PUBLIC PUBLIC"))(
    "%s_API_KEY is sent to every browser",
    (prefix) => {
      expect(nameKind(`${prefix}_API_KEY`)).toBeUndefined();
      expect(nameKind(`${prefix}X_API_KEY`)).toBe("secret");
    },
  );
});

describe("a number behind the last letter", () => {
  test.each([
    ["PASSWORD1", "password"],
    ["dbPassword2", "password"],
    ["DB_PASS12", "password"],
    ["MDP2", "password"],
    ["API_TOKEN2", "secret"],
    ["clientSecret1", "secret"],
    ["API_KEY1", "secret"],
    ["FOO_KEY2", "key"],
    ["CLE_API2", "secret"],
    ["JETON1", "secret"],
    ["PASSWORD1_FILE", undefined],
    ["PUBLIC_KEY1", undefined],
    ["PASSWORD_SHA256", undefined],
    ["TOKENS2", undefined],
    ["ETAG1", undefined],
    ["S3", undefined],
  ])("changes nothing: %s", (name, kind) => {
    expect(nameKind(name)).toBe(kind);
  });
});

describe("a key", () => {
  test.each(words("MY_KEY FOO_KEY MAGIC_CLE"))("%s is a secret where its value is drawn", (name) => {
    expect([nameKind(name), isSecretName(name)]).toEqual(["key", false]);
  });

  test.each([
    ...words(
      "GPG PGP APT RPM RELEASE REPO REPOSITORY PUBLIC PUB SITE PRIMARY FOREIGN SORT PARTITION ROUTING CACHE",
    ),
    ...words(
      "S3 OBJECT BUCKET IDEMPOTENCY REGISTRY HOST LABEL TRANSLATION KNOWN MAP MAPS SHARD  INDEX GROUP",
    ),
    ...words("JSON DEDUP ETAG"),
  ])("%s_KEY is none", (of) => {
    expect(nameKind(`${of}_KEY`)).toBeUndefined();
  });

  test.each(words("KEY CLE CLEF key KEYS MONKEY"))("%s alone is none", (name) => {
    expect(nameKind(name)).toBeUndefined();
  });
});

describe("what speaks about a secret", () => {
  test.each([
    ...words(
      "FILE FILES FILENAME PATH PATHS DIR DIRECTORY URL URLS URI HOST HOSTNAME PORT DOMAIN ENDPOINT NAME NAMES",
    ),
    ...words(
      "ID IDS EXPIRY EXPIRES EXPIRATION TTL LIFETIME DURATION TIMEOUT AGE INTERVAL DELAY LENGTH LEN MIN MAX",
    ),
    ...words(
      "SIZE COUNT LIMIT ALGORITHM ALG ALGO TYPE FORMAT ENABLE ENABLED DISABLE DISABLED REQUIRED POLICY ROUNDS",
    ),
    ...words(
      "COST STRENGTH ISSUER ISS AUDIENCE AUD HEADER PREFIX SUFFIX FIELD REGEX PATTERN VERSION SHA SHA256 SHASUM",
    ),
    ...words(
      "CHECKSUM FINGERPRINT DUMMY PLACEHOLDER EXAMPLE SAMPLE STDIN PUBLIC HINT LABEL REF STORE KEYSTORE MODE",
    ),
    ...words(
      "PROVIDER BACKEND MANAGER ENGINE SOURCE KIND STRATEGY CLASS SCOPE SCOPES REGION NAMESPACE MOUNT ROLE RESET",
    ),
    ...words(
      "RULES METHOD PAGE ROUTE COOKIE PARAM PARAMETER ALIAS TEMPLATE SUBJECT HASHING HASHER ENCODER ENCODING",
    ),
    ...words(
      "FORGOTTEN FORGOT CHANGED CONFIRMATION CONFIRM COLUMN ATTRIBUTE MESSAGE TITLE TEXT DESCRIPTION HELP ERROR",
    ),
    ...words(
      "INVALID MISSING WARNING PROMPT VALIDATOR VALIDATION QUERY SELECTOR INPUT BUTTON LINK ICON FICHIER CHEMIN",
    ),
    ...words(
      "LONGUEUR DUREE OUBLIE NOM TITRE LIBELLE AIDE ERREUR TAILLE NOMBRE USER USERNAME LOGIN EMAIL MAIL HASH",
    ),
    ...words(
      "SERVICE SERVER GENERATOR HANDLER FACTORY RESOLVER FILTER INTERCEPTOR LOCATION COMMAND SCRIPT HOOK",
    ),
    ...words("AUTHENTICATOR"),
  ])("DB_PASSWORD_%s", (about) => {
    expect(nameKind(`DB_PASSWORD_${about}`)).toBeUndefined();
    expect(nameKind(`DB_PASSWORD_${about}_2`)).toBeUndefined();
  });

  test.each(
    words(
      "BASE BASE64 B64 VALUE VALEUR PEM JSON PROD PRODUCTION PREPROD STAGING STAGE RECETTE DEV TEST BDD DB 12",
    ),
  )("API_TOKEN_%s is one all the same", (trailing) => {
    expect(nameKind(`API_TOKEN_${trailing}`)).toBe("secret");
  });

  test("alone, an ending is a name", () => {
    expect(nameKind("BASE64")).toBeUndefined();
    expect(nameKind("12")).toBeUndefined();
    expect(nameKind("")).toBeUndefined();
  });
});

describe("words of a name", () => {
  test.each(["dbPassword2", "DBPassword", "DB PASSWORD", "db.password", "db--password", "x/DB_PASSWORD"])(
    "%s",
    (name) => {
      expect(nameKind(name)).toBe("password");
    },
  );

  test.each(["AbpasswordX", "MYPASSWORDS", "passworded"])("%s is another word", (name) => {
    expect(nameKind(name)).toBeUndefined();
  });

  test("are those of its first two hundred characters", () => {
    expect(nameKind(`${"X_".repeat(90)}PASSWORD`)).toBe("password");
    expect(nameKind(`${"X_".repeat(100)}PASSWORD`)).toBeUndefined();
  });
});

describe("the name of a Secret that Kubernetes keeps", () => {
  test.each(
    words(
      "PULL TLS SSL MTLS CERT CERTS CERTIFICATE CERTIFICATES CA X509 KEYSTORE TRUSTSTORE KUBE KUBERNETES KUBECONFIG PASSWORD CREDENTIALS EXISTING DOCKERCONFIGJSON",
    ),
  )("%s_SECRET", (of) => {
    expect(namesKeptSecret(`MY_${of}_SECRET`)).toBe(true);
    expect(namesKeptSecret(`${of}_SECRETS`)).toBe(false);
    expect(namesKeptSecret(`${of}_SECRET_X`)).toBe(false);
  });

  test.each(["SECRET", "CLIENT_SECRET", "SECRET_TLS", ""])("%j is none", (name) => {
    expect(namesKeptSecret(name)).toBe(false);
  });
});
