// Invariants of the readers of settings. What they find is kept with the facts of images, in caches and in evidence:
// a reader that finds other settings in a text needs another version.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { FileSelector } from "../src/contract/file-selector.ts";
import { RULES } from "../src/rules/index.ts";

/** A file of each form that a reader treats in its own way. */
const FILES: readonly (readonly [path: string, content: string | undefined])[] = [
  ["/app/config.yaml", "environment: production\ndatabase:\n  host: db.prod.corp.fr\n"],
  ["/app/config/flow.yaml", "db: &db {host: db.prod.corp.fr}\nother: *db\n"],
  ["/app/config/several.yaml", "a: https://api.recette.corp.fr\nb: https://api.prod.corp.fr\n"],
  ["/app/config/mode.yaml", "env: recette\n"],
  ["/app/config/plain.yaml", "port: 8080\n"],
  ["/app/config.json", '{"env":"production","apiUrl":"https://api.prod.corp.fr"}'],
  [
    "/app/settings.py",
    'ENV = "prod"\nif DEBUG:\n  DB_HOST = "db.dev.corp.fr"\nDB_HOST = "db.prod.corp.fr"\n',
  ],
  ["/app/config/app.php", "<?php return ['env' => 'prod', 'db' => ['host' => 'db.prod.corp.fr']];\n"],
  ["/app/web.config", '<configuration><add key="ApiUrl" value="https://api.prod.corp.fr"/></configuration>'],
  ["/etc/nginx/conf.d/site.conf", "location / { proxy_pass http://10.1.2.3:8080; }\n"],
  [
    "/etc/supervisor/conf.d/app.conf",
    '[program:app]\nenvironment=APP_ENV="recette",API="https://api.corp.fr"\n',
  ],
  ["/app/config/secret.yaml", "env: prod\ndb_url: postgres://app:…(14)@db.prod.corp.fr/app\n"],
  ["/app/.env", "API_URL=https://api.recette.gouv.fr\n"],
  ["/app/.env.local", "###> symfony/framework-bundle ###\nAPI_URL=https://api.recette.gouv.fr\n"],
  ["/app/.env.staging", "PORT=8080\n"],
  ["/app/.env.prod", "\n"],
  ["/app/config/environments/production.rb", 'config.url = "https://api.prod.corp.fr"\n'],
  ["/app/config/production.json", '{ "api": "https://api.prod.corp.fr" }'],
  ["/app/config/recette.yaml", "port: 8080\n"],
  [
    "/app/application.properties",
    "%prod.api.url=https://api.corp.fr\n%dev.api.url=https://api.dev.corp.fr\n",
  ],
  ["/app/public/config.js", "window.config = { mode: 'recette', apiUrl: 'https://api.recette.corp.fr' };\n"],
  ["/app/public/env.js", "window.env = { env: 'recette' };\n"],
  ["/app/public/settings.json", "{}"],
  ["/app/public/config.json", undefined],
  ["/app/hosts.txt", "db.prod.corp.fr\ncache.prod.corp.fr\n"],
  ["/app/settings.pkl", "(dp0\nVenvironment\np1\nVproduction\np2\nsVdb_host\np3\nVdb.prod.corp.fr\np4\ns."],
  [
    "/app/config/app.ini",
    "[production]\ndb_host = db.prod.corp.fr\n[recette]\ndb_host = db.recette.corp.fr\n",
  ],
  ["/app/envs/prod/config.yaml", "db: pg1.corp.fr\n"],
  ["/app/network/admin/tnsnames.ora", "PORTAIL=(ADDRESS=(HOST=ora.prod.corp.fr)(PORT=1521))\n"],
  ["/app/config/recette.exs", 'config :app, hostname: "db.recette.corp.fr"\n'],
  ["/app/redis.prod.conf", "replicaof redis1.corp.fr 6379\n"],
  ["/app/config/prod.php", "<?php return ['db_host' => 'db.prod.corp.fr'];\n"],
  ["/app/appsettings.Recette.json", '{"Default":"Server=sql1;Database=portal"}'],
  ["/app/node_modules/@team/config/prod.yaml", "db_host: db.prod.corp.fr\n"],
  ["/app/releases/1.0.0/sys.config", '[{app,[{hostname,<<"db.prod.corp.fr">>}]}].'],
  ["/usr/local/etc/php-fpm.d/www.conf", "env[DB_HOST] = db.prod.corp.fr\n"],
  ["/etc/s6-rc.d/app/env/DB_HOST", "db.prod.corp.fr\n"],
  ["/app/README.md", "https://api.prod.corp.fr\n"],
];

const SELECTORS = RULES.flatMap(({ files = [] }): readonly FileSelector[] => files);
const READERS = [...new Set(SELECTORS.flatMap(({ reader }) => reader ?? []))];

test.each(READERS.map((reader) => [reader.name, reader] as const))(
  "%s has one name, and reads one length",
  (_, reader) => {
    expect(READERS.filter(({ name }) => name === reader.name)).toEqual([reader]);
    const own = SELECTORS.filter((selector) => selector.reader === reader);
    expect(new Set(own.map(({ content }) => content)).size).toBe(1);
    expect(own[0]?.content).toBeGreaterThan(0);
  },
);

test("a reader that finds other settings in these texts has another version", () => {
  const made = READERS.map(({ name, version, read }) => {
    const found = FILES.map(([path, content]) => read(path, content) ?? null);
    expect(found).toContain(null);
    expect(found.some((settings) => settings !== null && settings.length > 0)).toBe(true);
    const hash = createHash("sha256").update(JSON.stringify(found)).digest("hex").slice(0, 16);
    return `${name} ${version} ${hash}`;
  });
  expect(made.toSorted()).toEqual(KNOWN);
});

/** Name and version of each reader, and a hash of what it finds: 16 digits of SHA-256. */
const KNOWN: readonly string[] = [
  "environment 4 eb366313c678bf95",
  "neutral 5 09747bdc949fe012",
  "served 1 5508b3ad3fc142e8",
];
