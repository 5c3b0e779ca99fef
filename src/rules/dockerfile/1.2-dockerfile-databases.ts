// The Dockerfile puts no database into the image (contract 1.2: no persistent state in the image).
//
//   COPY db.sqlite3 ./, COPY --from=build /app/data.sqlite …, ADD dump.rdb …,
//     RUN sqlite3 app.db < schema.sql, RUN touch database/database.sqlite         presumed fail
//   COPY geo.db ./ (any data may have this name); a stage that the image does not keep  note
//   *.sql, GeoIP's .mmdb, cert9.db, fixtures, a file that the same RUN removes        silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";
import { noDatabases } from "../image/1.2-no-databases.ts";
import { isDependency, isFixture } from "../image/dependency-trees.ts";
import { filesMade, type PlacedFiles, pathsOf, placedFiles } from "./placed-files.ts";

const ID = "1.2-dockerfile-databases";

const DATABASE =
  /\.(?:sqlite3?|db3|rdb|mv\.db|realm)$|\/(?:pg_control|ibdata1|WiredTiger\.wt|appendonly[\w.]{0,40}\.aof|(?:[\w-]{1,40}[._-])?(?:app|data|database|base|db|dev|development|prod|production|preprod|staging|main|local|users?|sqlite|store)\.db)$/i;
const PERHAPS = /\.db$/i;
/** Databases of systems and browsers. */
const SYSTEM =
  /\/(?:cert\d|key\d|secmod|pkcs11|Thumbs|aliases|rpmdb|apk|group|passwd)\.(?:db|sqlite)$|\/var\/(?:lib\/(?:rpm|dnf|apt)|cache)\//i;

export const dockerfileDatabases = defineRule({
  id: ID,
  rows: noDatabases.rows,
  title: {
    fr: "Le Dockerfile n'embarque aucune base de données",
    en: "The Dockerfile adds no database to the image",
  },
  why: noDatabases.why,
  remedy: noDatabases.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const judged = [...placedFiles(dockerfile), ...filesMade(dockerfile, databaseMade)].flatMap((files) => {
        const [path] = pathsOf(files).filter(isDatabase);
        if (path === undefined || (!files.kept && !DATABASE.test(path))) return [];
        return [{ refutes: files.kept && DATABASE.test(path), finding: finding(dockerfile, files, path) }];
      });
      return outcomeOf(
        { ...sortFindings(judged), presumed: true },
        {
          fr: "aucun fichier au nom d'une base de données dans les étapes que l'image garde",
          en: "no file named like a database in the stages that the image keeps",
        },
      );
    }),
});

function isDatabase(path: string): boolean {
  if (SYSTEM.test(path) || isDependency(path) || isFixture(path)) return false;
  return DATABASE.test(path) || PERHAPS.test(path);
}

/** Database of `sqlite3 app.db < schema.sql`. */
function databaseMade(words: readonly string[]): string | undefined {
  if (!/^sqlite3?$/.test(commandName(words[0]))) return undefined;
  return words.slice(1).find((word) => !word.startsWith("-"));
}

function finding(dockerfile: BuildableDockerfile, { by, kept, at }: PlacedFiles, path: string): Finding {
  const name = excerpt(path.slice(1));
  const where = kept
    ? { fr: "", en: "" }
    : { fr: ", dans une étape que l'image ne garde pas", en: ", in a stage that the image does not keep" };
  return {
    message: {
      fr: `${by} embarque ce qui semble être une base de données${where.fr} : ${name}`,
      en: `${by} bakes what seems to be a database in${where.en}: ${name}`,
    },
    fingerprint: fingerprint(ID, path),
    at: placeIn(dockerfile, at),
  };
}
