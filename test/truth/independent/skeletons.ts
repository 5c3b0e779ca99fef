import { rootCertificates } from "node:tls";
import type { Answer } from "../../../src/contract/verdict.ts";
import { HEX, noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { type BakedFiles, bakedTogether } from "../given/baked.ts";
import { dockerfile } from "../given/folder.ts";

/** Files in the form in which frameworks write them into a new application, as its image holds them; row 7. */
export const cases: Cases = [
  yes(
    "strapi's .env.example",
    {
      "app/.env.example":
        'HOST=0.0.0.0\nPORT=1337\nAPP_KEYS="toBeModified1,toBeModified2"\nAPI_TOKEN_SALT=tobemodified\nJWT_SECRET=tobemodified\n',
    },
    "an example that says of each value that it is to be changed",
  ),
  yes(
    "strapi's configuration of its database",
    {
      "app/config/database.js":
        "module.exports = ({ env }) => ({ connection: { client: 'postgres', connection: { host: env('DATABASE_HOST', 'localhost'), password: env('DATABASE_PASSWORD', 'strapi') } } });\n",
    },
    "values come from the environment; the default is the product's published one",
  ),
  yes(
    "verdaccio's configuration for containers",
    {
      "verdaccio/conf/config.yaml":
        "storage: /verdaccio/storage/data\nauth:\n  htpasswd:\n    file: /verdaccio/storage/htpasswd\nuplinks:\n  npmjs:\n    url: https://registry.npmjs.org/\nlog: { type: stdout, format: pretty, level: http }\n",
    },
    "nothing of one environment, no account",
  ),
  yes(
    "node-red's settings with its secrets in comments",
    {
      "data/settings.js":
        'module.exports = {\n  flowFile: "flows.json",\n  //credentialSecret: "a-secret-key",\n  uiPort: process.env.PORT || 1880,\n};\n',
    },
    "a comment that shows a form is no value",
  ),
  yes(
    "Rails' encrypted credentials without their key",
    { "app/config/credentials.yml.enc": `${noise(180)}--${noise(16)}--${noise(22)}==\n` },
    "what nobody can open from the image is no secret in it",
  ),
  yes(
    "Rails' database.yml",
    {
      "app/config/database.yml":
        "default: &default\n  adapter: postgresql\n  pool: <%= ENV.fetch('RAILS_MAX_THREADS') { 5 } %>\nproduction:\n  <<: *default\n  database: app_production\n  username: app\n  password: <%= ENV['APP_DATABASE_PASSWORD'] %>\n",
    },
    "the framework's own file; the password comes from the environment",
  ),
  yes(
    "Laravel's .env.example",
    {
      "app/.env.example":
        "APP_NAME=Laravel\nAPP_ENV=local\nAPP_KEY=\nDB_CONNECTION=sqlite\nREDIS_PASSWORD=null\n",
    },
    "an example without a key",
  ),
  yes(
    "Spring's properties that name variables",
    {
      "app/BOOT-INF/classes/application.properties":
        "spring.datasource.url=${DB_URL}\nspring.datasource.username=${DB_USER}\nspring.datasource.password=${DB_PASSWORD}\nserver.port=8080\n",
    },
    "references are no values",
  ),
  yes(
    "Phoenix' runtime.exs",
    {
      "app/releases/1.0.0/runtime.exs":
        'import Config\nif config_env() == :prod do\n  config :app, App.Repo, url: System.fetch_env!("DATABASE_URL")\n  config :app, AppWeb.Endpoint, secret_key_base: System.fetch_env!("SECRET_KEY_BASE")\nend\n',
    },
    "values come from the environment at the start",
  ),
  yes(
    "a wp-config.php that reads the environment",
    {
      "var/www/html/wp-config.php":
        "<?php\ndefine('DB_PASSWORD', getenv('WORDPRESS_DB_PASSWORD'));\ndefine('AUTH_KEY', getenv('WORDPRESS_AUTH_KEY'));\nrequire_once ABSPATH . 'wp-settings.php';\n",
    },
    "values come from the environment",
  ),
  yes(
    "Django's settings that read the environment",
    {
      "app/site/settings.py":
        'import os\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nDEBUG = False\nALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")\n',
    },
    "values come from the environment",
  ),
  yes(
    "the authorities that browsers trust",
    { "etc/ssl/certs/ca-certificates.crt": `${rootCertificates.join("\n")}\n` },
    "certificates of authorities are public",
  ),
  yes(
    "accounts of a distribution without passwords",
    {
      "etc/shadow": "root:*:20000:0:99999:7:::\nnobody:*:20000:0:99999:7:::\nwww-data:!:20000:0:99999:7:::\n",
    },
    "locked accounts have no password",
  ),
  yes(
    "php-fpm's pool",
    {
      "etc/php/8.4/fpm/pool.d/www.conf":
        "[www]\nuser = www-data\nlisten = 9000\npm = dynamic\npm.max_children = 5\nclear_env = no\n",
    },
    "settings that are alike everywhere",
  ),
  no(
    "Laravel's .env with its key",
    {
      "app/.env": `APP_NAME=Aides\nAPP_ENV=production\nAPP_KEY=base64:${Buffer.from(noise(32)).toString("base64")}\nDB_HOST=pg.interne.aides.fr\n`,
    },
    "a populated .env, and the key that signs its cookies",
  ),
  no(
    "Symfony's .env.local",
    { "app/.env.local": `APP_ENV=prod\nAPP_SECRET=${noise(32, HEX)}\n` },
    "a populated .env of one machine",
  ),
  no(
    "Django's settings with the key that startproject makes",
    { "app/site/settings.py": `SECRET_KEY = "django-insecure-${noise(50)}"\nDEBUG = False\n` },
    "the key signs sessions, and everybody who has the image has it",
  ),
  no(
    "WordPress' keys and salts",
    {
      "var/www/html/wp-config.php": `<?php\ndefine('DB_PASSWORD', getenv('WORDPRESS_DB_PASSWORD'));\ndefine('AUTH_KEY', '${noise(64)}');\ndefine('SECURE_AUTH_KEY', '${noise(60)}');\n`,
    },
    "the keys sign cookies",
  ),
  no(
    "Drupal's hash salt",
    { "var/www/html/sites/default/settings.php": `<?php\n$settings['hash_salt'] = '${noise(74)}';\n` },
    "the salt protects one-time login links and form tokens",
  ),
  no(
    "jhipster's base64 secret of tokens",
    {
      "app/BOOT-INF/classes/config/application-prod.yml": `jhipster:\n  security:\n    authentication:\n      jwt:\n        base64-secret: ${Buffer.from(noise(64)).toString("base64")}\n`,
    },
    "who has the key signs tokens of every user",
  ),
  no(
    "Next's .env.production",
    { "app/.env.production": "NEXT_PUBLIC_API_URL=https://api.prod.aides.fr\n" },
    "an environment's address in a file that is named for it",
  ),
  {
    ...no(
      "a bundle that calls the acceptance environment",
      {
        "usr/share/nginx/html/assets/index-B4x9.js":
          'const e="https://api.recette.aides.fr/v1";export const api=t=>fetch(e+t);\n',
      },
      "what browsers get holds the address of one environment",
    ),
  },
  no(
    "Tomcat's users with a password",
    {
      "usr/local/tomcat/conf/tomcat-users.xml": `<?xml version="1.0"?>\n<tomcat-users>\n  <user username="deploy" password="${noise(16)}" roles="manager-gui"/>\n</tomcat-users>\n`,
    },
    "an account and its password",
  ),
  no(
    "an account of a distribution with its password's hash",
    { "etc/shadow": `root:*:20000:0:99999:7:::\napp:$6$${noise(16)}$${noise(86)}:20000:0:99999:7:::\n` },
    "a password's hash is a credential",
  ),
  built(
    "backstage: USER node",
    'FROM node:24-trixie-slim\nRUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev\nUSER node\nWORKDIR /app\nENV NODE_ENV=production\nCOPY --chown=node:node package.json ./\nCMD ["node", "packages/backend"]\n',
    "no",
    "the kubelet cannot verify a name, and no manifest sets a uid",
  ),
];

function yes(name: string, files: BakedFiles, why: string): Case {
  return bakedTogether(name, files, "yes", why);
}

function no(name: string, files: BakedFiles, why: string): Case {
  return bakedTogether(name, files, "no", why);
}

/** Row 1 of a Dockerfile that others published, in short. */
function built(name: string, text: string, answer: Answer, why: string): Case {
  return { name, given: dockerfile(text), expect: { "non-root": answer }, why };
}
