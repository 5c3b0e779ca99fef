// Row 7: settings of one environment in the start command, in its scripts, and in files for several environments.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";
import { dockerfile, manifests, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

const HOST = "db.prod.portail.fr";
const BAKED = "1.4: what varies by environment is injected at start, and is no part of the image.";
const SAME = "A default, a mode, the same everywhere, or given at start.";

export const cases: Cases = [
  command(["--profile=production", `--db=${HOST}`], "no"),
  command([`--spring.datasource.url=jdbc:postgresql://${HOST}/app`], "no"),
  command(["--db-host", "db.recette.example.internal"], "no"),
  command([`-Dapi.url=https://api.recette.portail.fr`], "no"),
  command(["--spring.profiles.active=recette"], "no"),
  command([`postgres://${HOST}/app`], "no"),
  command(["--profile=production"], "yes"),
  command(["--db=db.prod.example.com"], "yes"),
  command(["--db-host=db"], "yes"),
  command(["--main=fr.portail.prod.Main"], "yes"),
  command(["--index-url=https://nexus.prod.portail.fr/simple"], "yes"),

  script(
    `case "$ENV" in\n prod) export DB_HOST=${HOST};;\n recette) export DB_HOST=db.recette.portail.fr;;\nesac`,
    "no",
  ),
  script(`if [ "$ENV" = production ]; then\n  export DB_HOST=${HOST}\nfi`, "no"),
  script(`export DB_HOST=${HOST}`, "no"),
  script(`export DB_HOST="\${DB_HOST:-${HOST}}"`, "yes"),
  script(`[ -n "$DB_HOST" ] || export DB_HOST=${HOST}`, "yes"),
  script('case "$ENV" in\n prod) export LOG_LEVEL=info;;\n *) export LOG_LEVEL=debug;;\nesac', "yes"),
  script(`echo "see https://docs.prod.portail.fr"`, "yes"),

  ...bakedFiles(
    {
      "app/app.ini": `[production]\ndb_host = ${HOST}\n[recette]\ndb_host = db.recette.portail.fr\n`,
      "app/config.yaml": `production:\n  database:\n    host: ${HOST}\nrecette:\n  database:\n    host: db.recette.portail.fr\n`,
      "app/config/config.json": `{"recette":{"host":"db.recette.portail.fr"},"production":{"host":"${HOST}"}}\n`,
      "app/envs/prod/config.yaml": "db: db.prod.example.internal\n",
      "app/envs/prod/app.yaml": "db: pg1.portail.fr\n",
    },
    "no",
    BAKED,
  ),
  ...bakedFiles(
    {
      "app/app.ini": "[production]\ndb_host = ${DB_HOST}\n[recette]\ndb_host = ${DB_HOST}\n",
      "app/urls.ini":
        "[production]\nurl = https://www.prod.portail.fr\n[recette]\nurl = https://www.recette.portail.fr\n",
      "app/envs/prod/config.yaml": "db: db.prod.example.com\n",
      "app/envs/prod/app.yaml": "database: shop.orders\n",
    },
    "yes",
    SAME,
  ),
  {
    name: "CMD with the database of production, in a Dockerfile",
    given: dockerfile(`FROM node:22.1.0-alpine\nUSER 1000\nCMD ["node", "x.js", "--db=${HOST}"]\n`),
    expect: { "no-baked-state": "no", "env-config": "no" },
    why: BAKED,
  },
  {
    name: "CMD with the database of production, replaced by the manifest's args",
    given: withImage(
      manifests(web({ args: ["/app/server", "--db=db"] })),
      imageOf({ config: { Cmd: ["/app/server", `--db=${HOST}`] } }),
    ),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "The manifest's arguments take its place.",
  },
  {
    name: "the database of production in the manifest's args",
    given: withImage(manifests(web({ args: ["/app/server", `--db=${HOST}`] })), imageOf({})),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "It is given at start, and is no part of the image.",
  },
];

function command(options: readonly string[], answer: Answer): Case {
  return {
    name: `a start command with ${options.join(" ")}`,
    given: image({ config: { Cmd: ["/app/server", ...options] } }),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: answer === "no" ? BAKED : SAME,
  };
}

function script(text: string, answer: Answer): Case {
  const content = `#!/bin/sh\n${text}\nexec /app/server\n`;
  return {
    name: `a start script with ${text.replaceAll("\n", " ⏎ ")}`,
    given: image({
      files: {
        "bin/sh": { content: "\x7fELF", mode: 0o755 },
        "app/run.sh": { content, mode: 0o755 },
      },
      config: { Cmd: ["/app/run.sh"] },
    }),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: answer === "no" ? BAKED : SAME,
  };
}
