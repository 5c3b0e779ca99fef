// Row 7: values that are public, or meant to be, beside values that only look public.

import { createHash } from "node:crypto";
import { checkedToken, HEX, KEY, noise, SEC1_KEY } from "../../fixtures/secrets.ts";
import type { Cases } from "../case.ts";
import { bakedFiles, bakedTogether } from "../given/baked.ts";
import { image } from "../given/image.ts";

const SITE = "usr/local/lib/python3.12/site-packages";

function sealed(): string {
  const bytes = Array.from({ length: 560 }, (_, index) => (index * 73 + 41) % 256);
  return Buffer.from([2, 0, ...bytes]).toString("base64");
}

const SEALED = `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: db\nspec:\n  encryptedData:\n    DB_PASSWORD: ${sealed()}\n`;
const AUTH = `<?php
return [
    'defaults' => ['guard' => env('AUTH_GUARD', 'web'), 'passwords' => env('AUTH_PASSWORD_BROKER', 'users')],
    'passwords' => ['users' => ['table' => env('AUTH_PASSWORD_RESET_TOKEN_TABLE', 'password_reset_tokens')]],
];
`;

/** Ordinary. */
const KNOWN = {
  "app/config/auth.php": AUTH,
  "app/deploy/sealed.yaml": SEALED,
  "app/mvnw.cmd":
    "@REM Optional ENV vars\n@REM   MVNW_USERNAME/MVNW_PASSWORD - user and password for downloading maven\n",
  "app/models/service-2.json":
    '{"shapes":{"Connection":{"members":{"AuthToken":{"shape":"String256"},"Password":{"shape":"SensitiveString1"}}}}}',
  "app/.env.example": "DATABASE_URL=postgres://portail:Portail2024@db:5432/portail\nSESSION_SECRET=\n",
  "app/config/database.example.yml": "url: postgres://portail:Portail2024@postgres:5432/portail\n",
  "app/public/config.json": JSON.stringify({
    stripeKey: `pk_live_51H${noise(40)}`,
    firebase: { apiKey: `AIza${noise(35)}`, authDomain: "portail.firebaseapp.com" },
    posthogApiKey: `phc_${noise(40)}`,
    sentryDsn: `https://${noise(32, HEX)}@sentry.fabrique.fr/12`,
    algolia: { appId: "Q7K2MZ4XPA", searchApiKey: noise(32, HEX) },
  }),
  "app/links.yml": `support: https://aide.fabrique.fr/form?lang=fr&jwtKey=${noise(24, HEX)}\n`,
  "app/docker-compose.yml":
    "services:\n  db:\n    environment:\n      POSTGRES_USER: postgres\n      POSTGRES_PASSWORD: postgres\n  minio:\n    environment:\n      MINIO_ROOT_PASSWORD: minioadmin\n",
  "app/node_modules/@portail/pg/.pgpass": "localhost:5432:*:postgres:postgres\n",
  "app/forms/qualification.yml": "titre: Qualification\naide: https://aide.fabrique.fr/qualification\n",
  "app/strapi/database.js":
    'module.exports = ({ env }) => ({ connection: { password: env("DATABASE_PASSWORD", "strapi") } });\n',
};

const SECRET = {
  "app/config/app.php": "<?php return ['password' => env('DB_PASSWORD', 'Hiver2024!Zk9')];\n",
  "app/deploy/sealed.yaml": SEALED.replace(sealed(), "Hiver2024!Portail"),
  "app/mvnw.cmd": "set MVNW_PASSWORD=Hiver2024!Zk9\n",
  "app/models/config.json": '{"AuthToken":{"value":"8f3a1c9e7b2d4f60a5c8e1d3"}}',
  "app/.env.example": `GITHUB_TOKEN=${checkedToken("ghp_")}\n`,
  "app/.env.dist": "DATABASE_URL=postgres://portail:Portail2024@pg.portail.fr:5432/portail\n",
  "app/public/config.json": JSON.stringify({ dbPassword: `pk_live_51H${noise(40)}` }),
  "app/public/stripe.json": JSON.stringify({ stripeSecretKey: `pk_live_51H${noise(40)}` }),
  "app/links.yml": `hook: https://api.fabrique.fr/in?token=${noise(24, HEX)}\n`,
  "app/docker-compose.yml":
    "services:\n  db:\n    environment:\n      POSTGRES_USER: postgres\n      POSTGRES_PASSWORD: Postgres2024\n",
};

/** Names of an environment, in spite of other meanings of the word. */
const ENVIRONMENT = {
  "app/config/qualification.yml": "api: https://api.qualification.fabrique.fr\n",
  "app/application-qualification.yml": "api: https://api.qualification.fabrique.fr\n",
};

const MODULE = `PEM = """${KEY}"""\n`;

function record(name: string): string {
  const hash = createHash("sha256").update(MODULE).digest("base64url");
  return `${name}.py,sha256=${hash},${MODULE.length}\necdsa/__pycache__/x.cpython-312.pyc,,\n`;
}

/** The module as Python compiles it: the text among other constants. */
function compiled(...keys: readonly string[]): Buffer {
  return Buffer.from(`\xcb\r\r\n\0\0\0\0\xe3\0${keys.map((key) => `\xda\0${key}`).join("")}N)\0`, "latin1");
}

const PACKAGE = {
  [`${SITE}/ecdsa-0.19.1.dist-info/RECORD`]: record("ecdsa/test_keys"),
  [`${SITE}/ecdsa/test_keys.py`]: MODULE,
};
const PYC = `${SITE}/ecdsa/__pycache__/test_keys.cpython-312.pyc`;

export const cases: Cases = [
  ...bakedFiles(KNOWN, "yes", "Known to everybody, made to be published, or the name of something else."),
  ...bakedFiles(SECRET, "no", "A secret, whatever it looks like or whatever the file is called."),
  ...bakedFiles(ENVIRONMENT, "no", "Configuration of one environment."),
  bakedTogether(
    "a published package's test key, in its source and in what Python compiled of it",
    { ...PACKAGE, [PYC]: compiled(KEY) },
    "yes",
    "Everybody who installs the package has it.",
  ),
  bakedTogether(
    "the same with another key in the compiled module",
    { ...PACKAGE, [PYC]: compiled(KEY, SEC1_KEY) },
    "no",
    "The source has no such key: somebody put it there.",
  ),
  bakedTogether(
    "a compiled module without the source that the list names",
    { [`${SITE}/ecdsa-0.19.1.dist-info/RECORD`]: record("ecdsa/test_keys"), [PYC]: compiled(KEY) },
    "no",
    "Nothing tells whose key it is.",
  ),
  bakedTogether(
    "a list that names the source under another hash",
    { ...PACKAGE, [`${SITE}/ecdsa/test_keys.py`]: `${MODULE}#`, [PYC]: compiled(KEY) },
    "no",
    "The file is not the one that the package brought.",
  ),
  {
    name: "a product's default password in ENV",
    given: image({ config: { Env: ["POSTGRES_PASSWORD=postgres"] } }),
    expect: { "no-baked-state": "no" },
    why: "A container is given it, and it is in force.",
  },
];
