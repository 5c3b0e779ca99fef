// Row 7: settings among dependencies and in the folders of tools, with and without a package that installed
// them.

import { createHash } from "node:crypto";
import { KEY } from "../../fixtures/secrets.ts";
import type { Cases } from "../case.ts";
import { bakedFiles, bakedTogether } from "../given/baked.ts";

const YAML = "production:\n  adapter: postgresql\n  password: Hiver2024!\n";
const JSON_TEXT = '{"db":{"user":"portail","password":"Hiver2024!"}}';
const PYTHON = "DATABASES = {'default': {'PASSWORD': 'Hiver2024!'}}\n";
const LIBRARY = "usr/local/lib/python3.12/site-packages";

/** Dependencies by their folder alone. */
const UNVOUCHED: Readonly<Record<string, string>> = {
  "app/node_modules/config/default.json": JSON_TEXT,
  "app/node_modules/config/local.js": "module.exports = { password: 'Hiver2024!' };\n",
  "app/node_modules/.config/app.yaml": YAML,
  "app/node_modules/settings.ini": "[db]\npassword = Hiver2024!\n",
  "app/node_modules/aides/url.yaml": "url: postgres://portail:Hiver2024@pg.portail.fr/x\n",
  "app/vendor/config/database.yml": YAML,
  "app/vendor/config/parametres.yaml": "mot_de_passe: Hiver2024!\n",
  "app/vendor/acme/portail/config/secrets.php": "<?php return ['api_secret' => 'Hiver2024!'];\n",
  "opt/venv/lib/python3.12/site-packages/local_settings.py": PYTHON,
  [`${LIBRARY}/aides/settings.py`]: PYTHON,
  [`${LIBRARY}/aides/config.toml`]: '[db]\npassword = "Hiver2024!"\n',
  "usr/local/bundle/gems/aides-1.0.0/config/database.yml": YAML,
  "go/pkg/mod/config.yaml": YAML,
  "root/.cache/pip/config.yaml": YAML,
  "usr/lib/aides/config.yaml": YAML,
  "usr/lib/aides/secrets.json": JSON_TEXT,
  "usr/libexec/aides.conf": "password=Hiver2024!\n",
  "var/cache/aides/config.properties": "db.password=Hiver2024!\n",
  "usr/bin/aides.sh": "#!/bin/sh\nexport DB_PASSWORD='Hiver2024!'\n",
  "lib/aides/aides.env": "DB_PASSWORD=Hiver2024!\n",
};

/** Settings of tools, written by users and installed by no package. */
const OF_TOOLS: Readonly<Record<string, string>> = {
  "root/.gradle/gradle.properties": "repoUser=robot\nrepoPassword=Hiver2024!\n",
  "home/gradle/.gradle/init.gradle": 'credentials {\n  username = "robot"\n  password = "Hiver2024!"\n}\n',
  "root/.cargo/credentials.toml": '[registry]\ntoken = "4f9a7c1e2b8d6035"\n',
  "root/.cargo/credentials": '[registries.portail]\ntoken = "4f9a7c1e2b8d6035"\n',
  "usr/local/cargo/config.toml": '[registries.portail]\ntoken = "4f9a7c1e2b8d6035"\n',
  "root/.m2/settings.xml":
    "<settings><servers><server><password>Hiver2024!</password></server></servers></settings>",
  "app/.bundle/config": '---\nBUNDLE_GEMS__PORTAIL__FR: "robot:Hiver2024!"\n',
  "usr/local/bundle/config": '---\nBUNDLE_GEMS__PORTAIL__FR: "robot:Hiver2024!"\n',
  "root/.bundle/config": '---\nBUNDLE_RUBYGEMS__PKG__GITHUB__COM: "robot:4f9a7c1e2b8d6035"\n',
  "root/.nuget/NuGet/NuGet.Config":
    '<configuration><packageSourceCredentials><portail><add key="Username" value="robot"/><add key="ClearTextPassword" value="Hiver2024!"/></portail></packageSourceCredentials></configuration>',
  "root/.composer/auth.json":
    '{"http-basic":{"repo.portail.fr":{"username":"robot","password":"Hiver2024!"}}}',
  "root/.config/composer/auth.json": '{"bearer":{"repo.portail.fr":"4f9a7c1e2b8d6035"}}',
  "app/auth.json": '{"gitlab-token":{"git.portail.fr":"4f9a7c1e2b8d6035"}}',
  "root/.pip/pip.conf": "[global]\nindex-url = https://robot:Hiver2024@pypi.portail.fr/simple\n",
  "etc/pip.conf": "[global]\nextra-index-url = https://robot:Hiver2024@pypi.portail.fr/simple\n",
  "root/.config/pypoetry/auth.toml": '[http-basic.portail]\nusername = "robot"\npassword = "Hiver2024!"\n',
  "root/.ivy2/.credentials": "realm=Portail\nhost=nexus.portail.fr\nuser=robot\npassword=Hiver2024!\n",
  "root/.sbt/.credentials": "realm=Portail\nuser=robot\npassword=Hiver2024!\n",
  "root/.mix/secrets.yaml": "password: Hiver2024!\n",
  "root/.yarn/credentials.yml": "npmAuthIdent: robot\npassword: Hiver2024!\n",
  "root/.yarnrc.yml": 'npmScopes:\n  portail:\n    npmAuthIdent: "robot:Hiver2024!"\n',
  "root/.conda/config.yaml": "password: Hiver2024!\n",
  "usr/local/cargo/credentials.toml": '[registry]\ntoken = "4f9a7c1e2b8d6035"\n',
};

/** Silent in the folders of tools. */
const NO_SECRETS_OF_TOOLS: Readonly<Record<string, string>> = {
  "root/.gradle/gradle.properties":
    "org.gradle.daemon=false\nrepoPassword=${REPO_PASSWORD}\norg.gradle.jvmargs=-Xmx2g\n",
  "root/.cargo/credentials.toml": '[registry]\ntoken = ""\n',
  "root/.cargo/config.toml":
    '[net]\ngit-fetch-with-cli = true\n[registry]\nglobal-credential-providers = ["cargo:token"]\n',
  "root/.m2/settings.xml": "<settings><server><password>${env.NEXUS_PASSWORD}</password></server></settings>",
  "usr/local/bundle/config":
    '---\nBUNDLE_PATH: "/usr/local/bundle"\nBUNDLE_WITHOUT: "development:test"\nBUNDLE_FROZEN: "true"\n',
  "app/.bundle/config":
    '---\nBUNDLE_WITHOUT: "development:test"\nBUNDLE_JOBS: "4"\nBUNDLE_BUILD__NOKOGIRI: "--use-system-libraries"\n',
  "root/.composer/auth.json": '{"http-basic":{},"github-oauth":{"github.com":"${GITHUB_TOKEN}"}}',
  "etc/pip.conf": "[global]\nindex-url = https://${PIP_USER}:${PIP_PASSWORD}@pypi.portail.fr/simple\n",
  "root/.nuget/NuGet/NuGet.Config":
    '<configuration><packageSourceCredentials><portail><add key="ClearTextPassword" value="%NUGET_PASSWORD%"/></portail></packageSourceCredentials></configuration>',
  "root/.yarnrc.yml": "npmAuthIdent: '${NPM_USER}:${NPM_PASSWORD}'\nnodeLinker: node-modules\n",
};

const MANIFEST = '{\n  "name": "grille",\n  "version": "1.0.0",\n  "license": "MIT"\n}\n';
const DEB = "var/lib/dpkg";
const RECORD = `${LIBRARY}/grille-1.0.dist-info/RECORD`;
const CONF = "client localhost {\n\tsecret = Hiver2024\n}\n";

function hash(algorithm: string, encoding: "hex" | "base64" | "base64url", content: string): string {
  return createHash(algorithm).update(content).digest(encoding);
}

const STATUS = `Package: grille\nStatus: install ok installed\nConffiles:\n /etc/grille/clients.conf ${hash("md5", "hex", CONF)}\nDescription: a grid\n\n`;
const VOUCHED = "A package brought it: everybody has that value.";

const PACKAGES: Cases = [
  bakedTogether(
    "a setting in a published npm package",
    {
      "app/node_modules/grille/package.json": MANIFEST,
      "app/node_modules/grille/config/default.json": JSON_TEXT,
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a setting in a gem",
    {
      "usr/local/bundle/gems/grille-1.0.0/config/database.yml": YAML,
      "usr/local/bundle/specifications/grille-1.0.0.gemspec": "Gem::Specification.new\n",
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a setting in a package of Composer",
    {
      "app/vendor/acme/grille/composer.json": '{"name": "acme/grille"}',
      "app/vendor/acme/grille/config/db.yml": YAML,
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a setting in a Python package",
    {
      [RECORD]: `grille/settings.py,sha256=${hash("sha256", "base64url", PYTHON)},50\n`,
      [`${LIBRARY}/grille/settings.py`]: PYTHON,
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a setting in a crate",
    {
      "usr/local/cargo/registry/src/index.crates.io-6f17d22bba15001f/grille-1.0.0/Cargo.toml":
        '[package]\nname = "grille"\nversion = "1.0.0"\n',
      "usr/local/cargo/registry/src/index.crates.io-6f17d22bba15001f/grille-1.0.0/config.toml":
        'password = "Hiver2024!"\n',
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a setting in a Debian package",
    {
      [`${DEB}/info/grille.md5sums`]: `${hash("md5", "hex", YAML)}  usr/lib/grille/db.yml\n`,
      "usr/lib/grille/db.yml": YAML,
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a configuration file of a Debian package as it came",
    { [`${DEB}/status`]: STATUS, "etc/grille/clients.conf": CONF },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a configuration file of an Alpine package as it came",
    {
      "lib/apk/db/installed": `P:grille\nV:1.0\nF:etc/grille\nR:clients.conf\nZ:Q1${hash("sha1", "base64", CONF)}\n\n`,
      "etc/grille/clients.conf": CONF,
    },
    "yes",
    VOUCHED,
  ),
  bakedTogether(
    "a key in a program of a Debian package",
    {
      [`${DEB}/info/grille.md5sums`]: `${hash("md5", "hex", `\x7fELF\0${KEY}\0`)}  usr/lib/grille/grille.so\n`,
      "usr/lib/grille/grille.so": `\x7fELF\0${KEY}\0`,
    },
    "yes",
    "The distribution compiled it in: everybody has that key.",
  ),
  bakedTogether(
    "a configuration file of a Debian package that was changed",
    { [`${DEB}/status`]: STATUS, "etc/grille/clients.conf": CONF.replace("Hiver", "Ete") },
    "no",
    "The team changed it.",
  ),
  bakedTogether(
    "the content of a package's configuration file elsewhere",
    { [`${DEB}/status`]: STATUS, "app/clients.conf": CONF },
    "no",
    "The list speaks of /etc/grille/clients.conf.",
  ),
  bakedTogether(
    "a setting in the repository's own package",
    {
      "app/node_modules/grille/package.json": MANIFEST.replace("{", '{ "private": true,'),
      "app/node_modules/grille/config/default.json": JSON_TEXT,
    },
    "no",
    "The package is private: nobody published it.",
  ),
  bakedTogether(
    "a setting in a package under another name",
    { "app/node_modules/config/package.json": MANIFEST, "app/node_modules/config/default.json": JSON_TEXT },
    "no",
    "No package of this name brought it.",
  ),
  bakedTogether(
    "a setting in a Python package from a local folder",
    {
      [RECORD]: `grille/settings.py,sha256=${hash("sha256", "base64url", PYTHON)},50\n`,
      [`${LIBRARY}/grille-1.0.dist-info/direct_url.json`]: '{"url": "file:///src", "dir_info": {}}',
      [`${LIBRARY}/grille/settings.py`]: PYTHON,
    },
    "no",
    "pip took it from the repository: it is the team's.",
  ),
];

export const cases: Cases = [
  ...bakedFiles(UNVOUCHED, "no", "No package brought it: it is the team's."),
  ...bakedFiles(OF_TOOLS, "no", "What a user tells a tool is no dependency."),
  ...bakedFiles(NO_SECRETS_OF_TOOLS, "yes", "A reference, or no secret."),
  ...bakedFiles(
    { "app/node_modules/config/production.json": '{"api":{"url":"https://api.portail-interne.fr"}}' },
    "no",
    "The configuration of one environment, beside packages.",
  ),
  ...bakedFiles(
    { "app/vendor/config/production.yml": "api: https://api.portail-interne.fr\n" },
    "no",
    "The configuration of one environment, beside packages.",
  ),
  ...PACKAGES,
];
