import { describe, expect, test } from "vitest";
import { HEX, jwt, KEY, noise, PUBLIC_KEY } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";

function kinds(text: string, path = "/app/config.txt") {
  return scanFile(path, Buffer.from(text)).map(({ kind, confidence }) => `${kind} ${confidence}`);
}

const AWS_ID = `AKIA${noise(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

describe("traps: stays silent on", () => {
  test.each<[string, string, string?]>([
    [
      "package pins `libcrypto3=3.1.4` taken for a key",
      "apk add libcrypto3=3.1.4-r0 py3-token=1.0.2 libsecret=0.21.1",
    ],
    ["libraries' settings.py", 'SECRET_KEY = os.environ["SECRET_KEY"]\nAPI_KEY = ""\n', "/app/settings.py"],
    [
      "a public certificate *.pem",
      `-----BEGIN CERTIFICATE-----\n${noise(640)}\n-----END CERTIFICATE-----`,
      "/app/ca.pem",
    ],
    ["a public key", PUBLIC_KEY],
    [
      "a placeholder key",
      "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC...\n-----END PRIVATE KEY-----",
    ],
    [
      "a placeholder key of a README",
      `-----BEGIN RSA PRIVATE KEY-----\n<your key here, ${noise(70)}>\n-----END RSA PRIVATE KEY-----`,
    ],
    [
      "key markers in code, without a body",
      'if (s.startsWith("-----BEGIN PRIVATE KEY-----") || s.endsWith("-----END PRIVATE KEY-----")) {',
    ],
    ["a truncated key", KEY.replace(/\n.{20}/, "\n")],
    [
      "GPG_KEY, PYTHON_SHA256 and NODE_*_SHASUM fingerprints",
      `GPG_KEY=${noise(40, HEX)}\nPYTHON_SHA256=${noise(64, HEX)}\nNODE_22_SHASUM=${noise(64, HEX)}`,
      "/app/.env",
    ],
    [
      "*_FILE and *_PATH variables",
      "DB_PASSWORD_FILE=/run/secrets/db\nTOKEN_PATH=/var/run/token\nJWT_SECRET_FILE=secret.txt",
      "/app/.env",
    ],
    [".env.example", "DB_PASSWORD=Tr0ub4dor\n", "/app/.env.example"],
    [".env.sample, .env.template, .env.dist", "DB_PASSWORD=Tr0ub4dor\n", "/app/.env.dist"],
    ["SECRET_KEY_BASE_DUMMY=1", "SECRET_KEY_BASE_DUMMY=1\n", "/app/.env"],
    ["empty values", "DB_PASSWORD=\nAPI_KEY=''\nSECRET=\"\"\n", "/app/.env"],
    [
      "changeme placeholders",
      "DB_PASSWORD=changeme\nAPI_KEY=your-api-key-here\nSECRET=change_me_in_production\nJWT_SECRET=<secret>\n",
      "/app/.env",
    ],
    [
      "values injected at start",
      "DB_PASSWORD=${DB_PASSWORD}\nAPI_KEY={{ api_key }}\nTOKEN=__TOKEN__\nSECRET=$SECRET\n",
      "/app/.env",
    ],
    ["NEXTAUTH_URL", "NEXTAUTH_URL=https://app.gouv.fr\n", "/app/.env"],
    [
      "TOKEN_EXPIRY=3600 and the like",
      "TOKEN_EXPIRY=3600\nACCESS_TOKEN=3600\nPASSWORD_MIN_LENGTH=12\nTOKEN_TTL=15m\nSECRET_ROTATION=30d",
      "/app/.env",
    ],
    [
      "the names of Kubernetes Secrets",
      "IMAGE_PULL_SECRET=regcred\nTLS_SECRET=team/my-tls\nDB_PASSWORD_SECRET=db-postgres-secret\n",
      "/app/.env",
    ],
    [
      "what is said about passwords",
      "FORGOT_PASSWORD_TEMPLATE=forgot-fr\nKC_SPI_PASSWORD_HASHING=pbkdf2-sha512\nPASSWORD_ENCODER=bcrypt\n",
      "/app/.env",
    ],
    [
      "KEYBOARD and MONKEY",
      "KEYBOARD=azerty-fr\nMONKEY=bananas-are-good\nMAX_TOKENS=many-of-them\n",
      "/app/.env",
    ],
    ["switches", "ENABLE_PASSWORD=true\nUSE_TOKEN=enabled\n", "/app/.env"],
    ["what every browser is sent", "NEXT_PUBLIC_MAPBOX_TOKEN=pk.eyJ1IjoiYSJ9.abcdefgh\n", "/app/.env"],
    [
      "references into a vault",
      "DB_PASSWORD=vault:secret/data/db#password\nAPI_KEY=arn:aws:secretsmanager:x\n",
      "/app/.env",
    ],
    [
      "Maven's own settings.xml, which shows passwords in comments",
      "<!-- <password>hunter22</password>\n --><a/>",
      "/etc/maven/settings.xml",
    ],
    ["an .npmrc that reads NPM_TOKEN", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n", "/app/.npmrc"],
    ["a .netrc with a template", "machine x login y password ${PASSWORD}\n", "/root/.netrc"],
    [
      "minified JS",
      'function f(e){return e.hvs.isValid(t)}var t={auth:"basic",token:n.token},u="http://user:pass@host.com/";SG.prototype=1',
      "/app/static/main.js",
    ],
    [
      "a URL parser's polyfill",
      'new URL("http://a:b@c.d");new URL("https://username:password@example.org")',
      "/app/main.js",
    ],
    [
      "documentation URLs",
      "postgres://user:password@host:5432/db, redis://:${PASSWORD}@redis, https://x:<token>@git",
    ],
    [
      "dotenv's own message",
      "dotenv://:key_1234@dotenv.org/vault/.env.vault?environment=prod",
      "/app/server.js",
    ],
    ["a database's default account", "DATABASE_URL=postgresql://postgres:postgres@localhost:5432/app"],
    ["hosts of RFC 2606", `https://robot:${noise(20)}@git.example.com/`],
    ["a URL without a password", "https://user@host.fr/ https://host.fr:8080/@scope/name"],
    ["a Sentry DSN", `https://${noise(32, HEX)}@o1.ingest.sentry.io/42`],
    ["tokens whose checksum is wrong", `ghp_${"a".repeat(36)} npm_${noise(36)} ghp_${noise(36)}`],
    ["npm configuration keys", "npm_config_registry_for_this_very_long_name_of_a_variable"],
    ["AWS's example keys", "AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
    ["an access key id beside a SHA-1", `${AWS_ID} ${noise(40, HEX)}`],
    [
      "the Azurite emulator's key",
      "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;",
    ],
    ["a Stripe test key", `sk_test_${noise(32)}`],
    [
      "placeholders in a token's form",
      `glpat-${"x".repeat(20)} glpat-abcdefghijklmnopqrst sk_live_${"0".repeat(24)}`,
    ],
    ["a Docker config with a credential helper", '{"auths":{"r.example":{}},"credsStore":"desktop"}'],
    ["a Docker config whose auth is no credential", '{"auths":{"r":{"auth":"bm90IGEgcGFpcg=="}}}'],
    ["the tutorial's JWT", jwt({ alg: "HS256", typ: "JWT" }, { sub: "1234567890", name: "John Doe" })],
    ["an unsigned JWT", jwt({ alg: "none" }, { sub: "ci" })],
    ["a manifest that is no kubeconfig", `kind: ConfigMap\ndata:\n  token: ${noise(40)}\n`],
    ["a word that ends in a prefix", `xglpat-${noise(20)}`],
    [
      "the words of a key in a program",
      "\x7fELF\0-----BEGIN RSA PRIVATE KEY-----\0-----END RSA PRIVATE KEY-----",
    ],
    [
      "a Secret that is sealed, encrypted, or to be filled in",
      `kind: SealedSecret\nspec:\n  encryptedData:\n    a: ${noise(40)}\n---\nkind: Secret\nsops:\n  mac: x\ndata:\n  a: ENC[AES256_GCM]\n---\nkind: Secret\nstringData:\n  token: \${TOKEN}\n  user: {{ .Values.user }}\n`,
      "/app/secret.yaml",
    ],
    [
      "a Secret of a certificate and a user's name",
      `kind: Secret\ndata:\n  user: ${base64("admin")}\n  ca.crt: ${base64("-----BEGIN CERTIFICATE-----\n")}\n`,
      "/app/secret.yaml",
    ],
    [
      "a certificate in base64",
      base64(`-----BEGIN CERTIFICATE-----\n${noise(640)}\n-----END CERTIFICATE-----`),
    ],
    ["comments", "# DB_PASSWORD=Tr0ub4dor\n", "/app/.env"],
    [
      "connection strings without a password of their own",
      "Server=x;Password=${PASSWORD};Server=y;Password=changeme;",
    ],
  ])("%s", (_, text, path) => {
    expect(kinds(text, path)).toEqual([]);
  });
});
