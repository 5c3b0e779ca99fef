// Row 7: an application's own packages and settings in folders of packages, and what tells them from published ones.

import type { Cases } from "../case.ts";
import { bakedFiles, bakedTogether } from "../given/baked.ts";

const SECRET = "k8Jq2mX7vL4pR9tZ1wB5nC3f";
const CODE = `exports.jwtSecret = "${SECRET}";\n`;
const SETTINGS = '{"db":{"user":"portail","password":"Hiver2024!"}}';
const OWN = "No list says that it is published: it is the team's.";
const PUBLISHED = "A published package: everybody has that value.";

const MODULES = "app/node_modules";
const LOCK = `${MODULES}/.package-lock.json`;

function manifest(name: string, more: string): string {
  return `{\n  "name": "${name}",\n  "version": "1.4.0"${more}\n}\n`;
}

function lock(within: string, entry: string): string {
  return `{"name":"portail","lockfileVersion":3,"packages":{"node_modules/${within}":{"version":"1.4.0",${entry}}}}`;
}

const LICENSED = ',\n  "license": "MIT",\n  "repository": "github:team/config"';
const NEXUS =
  '"resolved":"https://nexus.portail.fr/repository/npm/@team/portail/-/portail-1.4.0.tgz","integrity":"sha512-x"';
const NPMJS =
  '"resolved":"https://registry.npmjs.org/@team/portail/-/portail-1.4.0.tgz","integrity":"sha512-x"';

/** Manifests and records of installers that make the package `@team/portail` the application's. */
const OWN_PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "that states neither licence nor repository": {
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", ""),
  },
  "that is unlicensed": {
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", ',\n  "license": "UNLICENSED"'),
  },
  "that is published to a registry of the team": {
    [LOCK]: lock("@team/portail", NEXUS),
    [`${MODULES}/@team/portail/package.json`]: manifest(
      "@team/portail",
      `${LICENSED},\n  "publishConfig": { "registry": "https://nexus.portail.fr/repository/npm/" }`,
    ),
  },
  "that npm copied from a folder": {
    [LOCK]: lock("@team/portail", '"resolved":"file:packages/portail"'),
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", LICENSED),
  },
  "that npm's record does not list": {
    [LOCK]: lock("express", '"resolved":"https://registry.npmjs.org/express/-/express-4.21.2.tgz"'),
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", LICENSED),
  },
  "that Yarn copied from a folder": {
    [`${MODULES}/.yarn-integrity`]: '{"lockfileEntries":{"@team/portail@file:packages/portail":""}}',
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", LICENSED),
  },
  "that a later Yarn copied from a folder": {
    [`${MODULES}/.yarn-state.yml`]:
      '"@team/portail@workspace:packages/portail":\n  locations:\n    - "node_modules/@team/portail"\n',
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", LICENSED),
  },
  "without a manifest": {},
};

const PUBLISHED_PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "by its manifest": { [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", LICENSED) },
  "by npm's record": {
    [LOCK]: lock("@team/portail", NPMJS),
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", ""),
  },
  "from a mirror of the registry": {
    [LOCK]: lock("@team/portail", NEXUS),
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", LICENSED),
  },
  "that another one bundles": {
    [LOCK]: lock("@team/portail", '"inBundle":true'),
    [`${MODULES}/@team/portail/package.json`]: manifest("@team/portail", ""),
  },
};

const FILES: Readonly<Record<string, string>> = {
  [`${MODULES}/@team/portail/index.js`]: CODE,
  [`${MODULES}/@team/portail/prod.json`]: SETTINGS,
};

export const cases: Cases = [
  ...Object.entries(OWN_PACKAGES).flatMap(([name, records]) =>
    Object.entries(FILES).map(([path, content]) =>
      bakedTogether(`${path} of an own package ${name}`, { ...records, [path]: content }, "no", OWN),
    ),
  ),
  ...Object.entries(PUBLISHED_PACKAGES).map(([name, records]) =>
    bakedTogether(`a package that is published, ${name}`, { ...records, ...FILES }, "yes", PUBLISHED),
  ),
  bakedTogether(
    "code of an own package of Composer",
    {
      "app/vendor/team/portail/composer.json":
        '{"name":"team/portail","type":"library","license":"proprietary"}',
      "app/vendor/team/portail/src/Client.php": `<?php class Client { const API_SECRET = '${SECRET}'; }\n`,
    },
    "no",
    OWN,
  ),
  bakedTogether(
    "code of a package of Composer",
    {
      "app/vendor/acme/grille/composer.json": '{"name":"acme/grille","type":"library","license":"MIT"}',
      "app/vendor/acme/grille/src/Client.php": `<?php class Client { const API_SECRET = '${SECRET}'; }\n`,
    },
    "yes",
    PUBLISHED,
  ),
  ...bakedFiles(
    {
      "app/vendor/gems/portail/lib/portail.rb": `module Portail\n  API_SECRET = '${SECRET}'\nend\n`,
      "app/vendor/git.portail.fr/team/keys/keys.go": `package keys\nconst apiSecret = "${SECRET}"\n`,
      "app/vendor/keys.php": `<?php define('API_SECRET', '${SECRET}');\n`,
      "app/vendor/.env": "DB_HOST=db.prod.portail.fr\n",
      "app/node_modules/.env": "DB_HOST=db.prod.portail.fr\n",
      "app/vendor/acme/portail/.env.production": "API_URL=https://api.prod.portail.fr\n",
      "app/vendor/config/prod.php": "<?php return ['db_host' => 'db.prod.portail.fr'];\n",
      "app/node_modules/@team/config/config.recette.json": '{"api":"https://api.recette.portail.fr"}\n',
      "app/vendor/git.portail.fr/team/config/prod.yaml": "db_host: db.prod.portail.fr\n",
      "opt/venv/lib/python3.12/site-packages/portail/settings_prod.py": "DB_HOST = 'db.prod.portail.fr'\n",
      "opt/venv/lib/python3.12/site-packages/portail/config/prod.yaml": "db_host: db.prod.portail.fr\n",
    },
    "no",
    "No package brings the address of an environment.",
  ),
  ...bakedFiles(
    {
      "app/vendor/acme/grille/.env": "APP_ENV=local\nDB_HOST=127.0.0.1\nDB_PASSWORD=\n",
      "app/vendor/acme/grille/.env.example": "API_URL=https://api.prod.portail.fr\n",
      "app/node_modules/grille/config/prod.json": '{"level":"info","url":"https://api.grille.io"}\n',
      "app/node_modules/grille/test/config/prod.json": '{"url":"https://api.prod.grille.io"}\n',
      "app/node_modules/grille/dist/index.production.js": 'var u="https://api.prod.grille.io";\n',
    },
    "yes",
    "A package's own example, test or mode.",
  ),
];
