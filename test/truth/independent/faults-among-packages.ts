import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { checkedToken, HEX, jwt, KEY, noise, PUBLIC_KEY } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import type { BakedFiles } from "../given/baked.ts";
import { image } from "../given/image.ts";
import { installed } from "../given/installed.ts";

/** An application of real packages in which one file is a fault, or only looks like one. */
const PACKAGES = installed("nanoid", "picomatch", "js-yaml");

export const cases: Cases = [
  no(
    "a populated .env",
    { "app/.env": `DB_HOST=pg.interne.example.fr\nDB_PASSWORD=${noise(20)}\n` },
    "a populated .env is configuration and secret in the image",
  ),
  no("a private key beside the program", { "app/tls/server.key": KEY }, "a private key by its content"),
  no(
    "a private key under a neutral name",
    { "app/data/blob.txt": `# notes\n${KEY}` },
    "a private key by its content, whatever the file is called",
  ),
  no(
    "a GitHub token in .npmrc",
    { "app/.npmrc": `//npm.pkg.github.com/:_authToken=${checkedToken("ghp_")}\n` },
    "a token with a right checksum",
  ),
  no(
    "an npm token in the home",
    { "home/node/.npmrc": `//registry.npmjs.org/:_authToken=${checkedToken("npm_")}\n` },
    "a token with a right checksum",
  ),
  no(
    "git's stored credentials",
    { "root/.git-credentials": `https://deploy:${checkedToken("ghp_")}@github.com\n` },
    "a stored credential",
  ),
  no(
    "a kubeconfig with a client key",
    {
      "home/node/.kube/config": `apiVersion: v1\nkind: Config\nusers:\n- name: ci\n  user:\n    client-key-data: ${Buffer.from(KEY).toString("base64")}\n`,
    },
    "a private key in base64 is a private key",
  ),
  no(
    "a docker login",
    {
      "root/.docker/config.json": JSON.stringify({
        auths: { "registry.example.fr": { auth: Buffer.from(`ci:${noise(24)}`).toString("base64") } },
      }),
    },
    "user and password of a registry",
  ),
  no(
    "a service account of Google",
    {
      "app/gcp.json": JSON.stringify({
        type: "service_account",
        project_id: "aides",
        private_key_id: noise(40, HEX),
        private_key: KEY,
        client_email: "ci@aides.iam.gserviceaccount.com",
      }),
    },
    "a service account's private key",
  ),
  no(
    "a database that the application filled",
    { "app/data/app.db": sqlite() },
    "a database file is state in the image",
  ),
  no(
    "the same database under a neutral name",
    { "app/data/store": sqlite() },
    "a database by its content is state, whatever it is called",
  ),
  no(
    "the same database, compressed",
    { "app/data/store.gz": gzipSync(sqlite()) },
    "a compressed database is a database",
  ),
  no(
    "a dump of a database",
    {
      "app/dump.sql":
        "-- PostgreSQL database dump\nCOPY public.users (id, email) FROM stdin;\n1\tanne@aides.fr\n2\tpaul@aides.fr\n\\.\n",
    },
    "rows of a database are state in the image",
  ),
  no(
    "a configuration named for production that names its host",
    { "app/config/production.yaml": "db:\n  host: pg.prod.example.fr\n  name: aides\n" },
    "the contract's own example: an environment's configuration in the image",
  ),
  no(
    "the contract's example of 1.4 to the letter",
    {
      "etc/myapp/config.yaml": "env: prod\ndatabase:\n  url: postgres://pg.prod.example.fr:5432/aides\n",
      "envs/prod/config.yaml": "env: prod\ndatabase:\n  url: postgres://pg.prod.example.fr:5432/aides\n",
    },
    "configuration for prod is baked in",
  ),
  no(
    "an acceptance environment of a Spring application",
    {
      "app/config/application-recette.properties":
        "spring.datasource.url=jdbc:postgresql://pg.recette.example.fr/aides\nspring.datasource.username=aides\n",
    },
    "recette is an environment, and the file its configuration",
  ),
  no(
    "a Rails master key",
    {
      "app/config/master.key": `${noise(32, HEX)}\n`,
      "app/config/credentials.yml.enc": `${noise(120)}--${noise(16)}--${noise(24)}\n`,
    },
    "the key that opens the credentials beside it",
  ),
  no(
    "a .htpasswd with an account",
    { "app/.htpasswd": `admin:$2y$10$${noise(53)}\n` },
    "an account and the hash of its password are credentials in the image",
  ),
  no(
    "a session token of a user",
    {
      "app/session.json": JSON.stringify({
        access_token: jwt(
          { alg: "HS256", typ: "JWT" },
          { sub: "anne", iss: "https://sso.example.fr", exp: 4102444800 },
        ),
      }),
    },
    "a signed token that is valid until 2100",
  ),
  no(
    "a DSN with its password in the code",
    {
      "app/src/db.js": `module.exports = new Pool({ connectionString: "postgres://aides:${noise(18)}@pg.interne.example.fr:5432/aides" });\n`,
    },
    "a password to a host that exists in the team's network",
  ),
  yes(
    "a .env.example without values",
    { "app/.env.example": "DB_HOST=\nDB_PASSWORD=\nSESSION_SECRET=change-me\n" },
    "an example without values tells which variables there are",
  ),
  yes(
    "a .env that holds references only",
    { "app/.env.template": "DB_HOST=${DB_HOST}\nDB_PASSWORD=${DB_PASSWORD}\n" },
    "references are no values",
  ),
  yes("a public key", { "app/tls/public.pem": PUBLIC_KEY }, "a public key is public"),
  yes(
    "configuration that reads the environment",
    {
      "app/config/production.js":
        "module.exports = { db: { host: process.env.DB_HOST, password: process.env.DB_PASSWORD } };\n",
    },
    "the framework's place for a mode, whose values all come from outside",
  ),
  yes(
    "settings that are alike everywhere",
    { "app/config/default.yaml": "server:\n  port: 8080\nlog:\n  level: info\n  format: json\n" },
    "what does not vary between environments may be in the image",
  ),
  yes(
    "Rails' own environments folder",
    {
      "app/config/environments/production.rb":
        "Rails.application.configure do\n  config.eager_load = true\n  config.log_level = ENV.fetch('LOG_LEVEL', 'info')\nend\n",
    },
    "a folder that the framework asks for, whose values are alike or come from outside",
  ),
  yes(
    "an .npmrc whose token is a variable",
    { "app/.npmrc": "registry=https://registry.npmjs.org/\n//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n" },
    "a variable is no token",
  ),
  yes(
    "documentation that shows a URL with a password",
    { "app/README.md": "Set `DATABASE_URL=postgres://user:password@db.example.com/app`.\n" },
    "a host of RFC 2606 and a placeholder: documentation",
  ),
  yes(
    "a lock file with integrity hashes",
    {
      "app/package-lock.json": JSON.stringify({
        lockfileVersion: 3,
        packages: {
          "node_modules/x": {
            version: "1.0.0",
            resolved: "https://registry.npmjs.org/x/-/x-1.0.0.tgz",
            integrity: `sha512-${noise(86)}==`,
          },
        },
      }),
    },
    "a hash is no secret",
  ),
  yes(
    "a migration that creates tables",
    {
      "app/migrations/001_init.sql":
        "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, password_hash text NOT NULL);\n",
    },
    "a schema is program, no state",
  ),
  yes(
    "a Kubernetes Secret manifest without values",
    {
      "app/deploy/secret.yaml":
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: aides-db\nstringData:\n  uri: ""\n',
    },
    "a Secret with nothing in it",
  ),
  yes(
    "a test's key in a package's own tree",
    {
      "app/node_modules/tls-fixtures/package.json": '{"name":"tls-fixtures","version":"1.0.0"}',
      "app/node_modules/tls-fixtures/test/fixtures/key.pem": KEY,
    },
    "a published package's own test key opens nothing of the application's",
  ),
];

function no(name: string, files: BakedFiles, why: string): Case {
  return {
    name,
    given: image({ files: { ...PACKAGES, ...files } }),
    expect: { "non-root": "yes", "no-baked-state": "no", minimal: "yes", "twelve-factor": "no" },
    why,
  };
}

function yes(name: string, files: BakedFiles, why: string): Case {
  return {
    name,
    given: image({ files: { ...PACKAGES, ...files } }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why,
  };
}

/** The bytes of a database with a user in it, written by SQLite itself. */
function sqlite(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "douane-sqlite-"));
  try {
    const path = join(folder, "app.db");
    const database = new DatabaseSync(path);
    database.exec(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO users (email) VALUES ('anne@aides.fr')",
    );
    database.close();
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
