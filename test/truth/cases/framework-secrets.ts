// Row 7: secrets in the forms of frameworks and servers, in copies of settings, in fields of the config that few look at.

import type { Answer } from "../../../src/contract/verdict.ts";
import { noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";
import { image } from "../given/image.ts";

const FORM = "1.4: the framework takes it for a secret, and so does whoever pulls the image.";
const NOTHING = "Nothing in it is a secret of the application.";
const COPY = "1.4: a copy holds what the file held.";
const PASSWORD = "Hiver2024!x";
const DRAWN = "k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0fGa";
const HEX = "9f3ac17e5b2d48069c8e7a41d0b6f35c2e91a8d47b60c3f51d7e90ab4c6f8e23";
const KEY = Buffer.from(noise(32)).toString("base64");
const BYTES = [...noise(64)].map((one) => `\\x${one.charCodeAt(0).toString(16).toUpperCase()}`).join("");
const decrypt = `<?php // prod.decrypt.private on Mon, 02 Nov 2026\n\nreturn "${BYTES}";\n`;
const xor = (text: string) =>
  Buffer.from([...text].map((one) => one.charCodeAt(0) ^ 0x5f)).toString("base64");
const webXml = (name: string, value: string) =>
  `<web-app><context-param><param-name>${name}</param-name>\n<param-value>${value}</param-value></context-param></web-app>`;

function entry(env: string, answer: Answer): Case {
  return {
    name: `ENV ${env.replace(/(?<==.{4}).*/, "…")} → ${answer} (${env.length})`,
    given: image({ config: { Env: ["PATH=/usr/bin", env] } }),
    expect: { "no-baked-state": answer },
    why: answer === "no" ? "1.4: a secret, by what its name says." : NOTHING,
    ...(answer === "no" ? {} : { trap: true }),
  };
}

function field(name: string, config: Readonly<Record<string, unknown>>, answer: Answer): Case {
  return {
    name,
    given: image({ config }),
    expect: { "no-baked-state": answer },
    why: answer === "no" ? "1.4: the config is read by whoever pulls the image." : NOTHING,
    ...(answer === "no" ? {} : { trap: true }),
  };
}

export const cases: Cases = [
  ...bakedFiles(
    {
      "app/application.properties": `%prod.quarkus.datasource.password=${PASSWORD}\n`,
      "app/config/secrets/prod/prod.decrypt.private.php": decrypt,
      "app/config/app.php": `<?php\nreturn [\n  'key' => 'base64:${KEY}',\n];\n`,
      "app/bootstrap/cache/config.php": `<?php return array (\n  'app' => array (\n    'key' => 'base64:${KEY}',\n  ),\n);\n`,
      "app/app/Config/Encryption.php": `<?php\nclass Encryption { public string $key = 'hex2bin:${HEX}'; }\n`,
      "app/WEB-INF/web.xml": webXml("db.password", PASSWORD),
      "config/server.xml": `<server><properties serverName="db" user="u" password="{xor}${xor(PASSWORD)}"/></server>`,
      "config/bootstrap.properties": `a.b={xor}${xor(PASSWORD)}\n`,
      "app/dsn.yml": "dsn: mysql%3A%2F%2Fportail%3AHiver2024x%40db.interne.fr%2Fapp\n",
      "app/redis.yml": `redis_auth: ${PASSWORD}\n`,
    },
    "no",
    FORM,
  ),
  ...bakedFiles(
    {
      "app/application.properties": "%prod.quarkus.datasource.password=${DB_PASSWORD}\n",
      "app/config/secrets/dev/dev.decrypt.private.php": decrypt,
      "app/config/secrets/prod/prod.encrypt.public.php": decrypt.replace("decrypt.private", "encrypt.public"),
      "app/config/app.php": "<?php\nreturn [\n  'key' => env('APP_KEY'),\n  'previous_keys' => [],\n];\n",
      "app/image.php": `<?php\nreturn ['logo' => 'base64:${KEY}'];\n`,
      "app/WEB-INF/web.xml": webXml("password.min.length", "12"),
      "config/server.xml": `<server><keyStore password="{xor}${xor("changeit")}"/></server>`,
      "config/bootstrap.properties": `# {xor} is how securityUtility writes it\na.b=\${env.DB_PASSWORD}\n`,
      "app/etc/jetty.xml": `<Set name="a">OBF:1vny1zlo1x8e1vnw1vn61x8g1zlu1vn4</Set>`,
      "app/url.yml": "redirect: https%3A%2F%2Fportail.fr%3A8443%2Fa%40b\n",
      "app/.env.example~": `DB_PASSWORD=${PASSWORD}\n`,
    },
    "yes",
    NOTHING,
  ),
  ...bakedFiles(
    {
      "app/.env~": `DB_PASSWORD=${PASSWORD}\n`,
      "app/.env.orig": `DB_PASSWORD=${PASSWORD}\n`,
      "app/.env.save": `DB_PASSWORD=${PASSWORD}\n`,
      "app/#.env#": `DB_PASSWORD=${PASSWORD}\n`,
      "app/config.yml~": `db_password: ${PASSWORD}\n`,
      "app/config.yml.1": `db_password: ${PASSWORD}\n`,
      "app/database.yml.dpkg-old": `db_password: ${PASSWORD}\n`,
      "app/settings.py.orig": `DB_PASSWORD = '${PASSWORD}'\n`,
      "app/wp-config.php.bak": `<?php\ndefine('DB_PASSWORD', '${PASSWORD}');\n`,
      "app/appsettings.json.old": `{"Db": {"Password": "${PASSWORD}"}}`,
      "app/docker.env.bak": `DB_PASSWORD=${PASSWORD}\n`,
    },
    "no",
    COPY,
  ),
  ...bakedFiles(
    {
      "app/config.yml.bak": "db_password: ${DB_PASSWORD}\n",
      "app/a.js.orig": "const password = prompt();\n",
    },
    "yes",
    NOTHING,
  ),
  ...[
    `REDIS_AUTH=${DRAWN}`,
    `REDISCLI_AUTH=${PASSWORD}`,
    `MINIO_SK=${DRAWN}`,
    `HASHIDS_SALT=${DRAWN}`,
    "VAULT_SECRET_ID=3f8a91c2-7d4e-4b0a-9c11-5e6f7a8b9c0d",
    `BASIC_AUTH=portail:${PASSWORD}`,
    `LDAP_CREDS=${DRAWN}`,
    `AUTH_BEARER=${DRAWN}`,
    `PASSWORD_PEPPER=${DRAWN}`,
    `TOTP_SEED=${DRAWN}`,
  ].map((env) => entry(env, "no")),
  ...[
    "SMTP_AUTH=login",
    "REDIS_AUTH=required",
    "ENABLE_AUTH=true",
    "POSTGRES_HOST_AUTH_METHOD=trust",
    "LANG_SK=sk_SK.UTF-8",
    "HASH_SALT_ROUNDS=12",
    "BASIC_AUTH=proxy.interne:3128",
    "DB_SECRET_ID=portail/prod/database-credentials",
    "TENCENTCLOUD_SECRET_ID=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA",
    "VAULT_SECRET_ID_FILE=/run/secrets/secret-id",
    "NUMPY_SEED=20241102",
    "GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568",
  ].map((env) => entry(env, "yes")),
  field("a password in ONBUILD", { OnBuild: [`ENV DB_PASSWORD=${PASSWORD}`] }, "no"),
  field("a password in SHELL", { Shell: ["/bin/sh", "-c", `export DB_PASSWORD=${PASSWORD};`] }, "no"),
  field(
    "ONBUILD that copies, and a shell",
    { OnBuild: ["COPY . /app"], Shell: ["/bin/bash", "-o", "pipefail", "-c"] },
    "yes",
  ),
];
