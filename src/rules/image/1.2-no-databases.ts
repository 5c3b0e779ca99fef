// No layer contains a database (contract 1.2: no persistent state in the image).
//
//   by content, whatever the name, also compressed and in archives of the application: SQLite,
//     Redis, H2, WiredTiger, bbolt, DuckDB, Access, MyISAM, TSM; dumps of pg_dump and mongodump    fail
//   Lucene's index; heap dumps of Java and core dumps (a process's memory, with its secrets);
//     sessions of PHP and Laravel, mailboxes (mbox, Maildir), Prometheus' WAL, by place and content   fail
//   a dump in SQL (pg_dump, mysqldump, phpMyAdmin, sqlite3) with rows                      fail
//   the same among migrations; map tiles, which are only read                              note
//   data directories of PostgreSQL, MySQL/MariaDB, MongoDB, LevelDB/RocksDB, Kafka, Neo4j, Derby
//     by names that only these products use                                                fail
//   the same in a lower layer and deleted later: still in the image                        fail; the finding names the layer
//   in a layer of a base image that was verified; LMDB (mostly models, read only)          note
//   databases of package managers (rpm, dnf, Nix), NSS (cert9.db), man-db, dependencies    silent
//   test fixtures of the application                                                       note
//   a dump of the schema alone, *.db of any other content, GeoIP's .mmdb, time zones                                   no database

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { DatabaseFacts, FileFacts, ImageFacts } from "../../contract/image-facts.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { inheritance, isBaseLayer } from "./base-layers.ts";
import { DATABASE_FORMATS, databaseOf } from "./database-files.ts";
import { deletedLater } from "./deleted-later.ts";
import { isDependency, isFixture } from "./dependency-trees.ts";
import { layerPlace } from "./layer-place.ts";
import { layersRead } from "./layers-read.ts";
import { OLDER } from "./unsearched-files.ts";

const ID = "1.2-no-databases";
/** Databases of the system itself. */
const SYSTEM =
  /^\/var\/(?:lib\/(?:rpm|dnf|yum|PackageKit|command-not-found|mlocate|plocate|apt|dpkg|pacman|misc)|cache)\/|\/(?:cert9|key4|pkcs11)\.(?:db|txt)$|\/rpmdb\.sqlite$/;

/** SQL by which a program creates or migrates its own database, in the order of its versions. */
const MIGRATION =
  /\/(?:migrations?|migrate|changelogs?|flyway|liquibase)\/|\/(?:V\d[\w.]{0,40}__[\w.-]{1,100}|\d{10,14}_[\w.-]{1,100})\.sql$/i;

export const noDatabases = defineRule({
  id: ID,
  rows: ["no-baked-state", "stateless"],
  title: {
    fr: "Aucune couche ne contient de base de données",
    en: "No layer holds a database",
  },
  why: {
    fr: "Chaque réplique démarre avec sa propre copie d'une base embarquée : ce qu'elle y écrit n'est partagé avec personne et disparaît avec le conteneur.",
    en: "Each replica starts with its own copy of a baked-in database: what it writes there is shared with no one and lost with the container.",
  },
  remedy: {
    fr: "Externaliser les données vers un service dédié et exclure le fichier de l'image (.dockerignore).",
    en: "Move the data to a dedicated service and keep the file out of the image (.dockerignore).",
  },
  needs: ["image"],
  files: DATABASE_FORMATS.map(({ selector }) => selector),
  check({ image }) {
    if (image.databases === undefined) return OLDER;
    const found = [...byContent(image.databases), ...byName(image)].map(({ isCertain, ...database }) => {
      const isOwn = !isBaseLayer(image, database.layer) && !isFixture(database.path);
      return { refutes: isCertain && isOwn, finding: finding(image, database) };
    });
    const read = layersRead(image);
    const formats = [...new Set(DATABASE_FORMATS.map(({ database }) => database))].join(", ");
    return outcomeOf(sortFindings(found), {
      fr: `aucune base de données de l'application, par son contenu ou ses noms usuels (${formats}), dans ${read.fr}, archives comprises`,
      en: `no database of the application, by content or by its usual names (${formats}), in ${read.en}, archives included`,
    });
  },
});

interface Database extends Pick<FileFacts, "path" | "layer" | "hidden"> {
  readonly format: string;
  /** False if the file only resembles a database, or is only read. */
  readonly isCertain: boolean;
}

function byContent(databases: readonly DatabaseFacts[]): readonly Database[] {
  return databases.flatMap(({ path: file, inside, isRead, isScript, ...database }) => {
    const path = inside === undefined ? file : `${file}!/${inside}`;
    const isCertain = isRead !== true && !(isScript === true && MIGRATION.test(path));
    return isSystem({ path }) ? [] : [{ ...database, path, isCertain }];
  });
}

function byName({ files, databases = [] }: ImageFacts): readonly Database[] {
  const known = new Set(databases.map(({ path, layer }) => `${layer} ${path}`));
  return files.flatMap((file) => {
    const database = isSystem(file) || known.has(`${file.layer} ${file.path}`) ? undefined : databaseOf(file);
    if (database === undefined) return [];
    const { path, layer, hidden } = file;
    const named = { path, layer, format: database.database, isCertain: database.certain };
    return [hidden === undefined ? named : { ...named, hidden }];
  });
}

function isSystem({ path }: Pick<FileFacts, "path">): boolean {
  return isDependency(path) || SYSTEM.test(path);
}

/** Formats other than databases, with their names. */
const STATES: Readonly<Record<string, Text>> = {
  "Java (heap dump)": {
    fr: "vidage mémoire d'une JVM (avec les secrets du processus)",
    en: "heap dump of a JVM (with the secrets of the process)",
  },
  "ELF (core dump)": {
    fr: "vidage mémoire d'un processus (avec ses secrets)",
    en: "core dump of a process (with its secrets)",
  },
  "PHP (session)": { fr: "session PHP", en: "PHP session" },
  "Laravel (session)": { fr: "session Laravel", en: "Laravel session" },
  mbox: { fr: "boîte aux lettres (mbox)", en: "mailbox (mbox)" },
  Maildir: { fr: "message d'une boîte aux lettres (Maildir)", en: "message of a mailbox (Maildir)" },
  "Prometheus (WAL)": { fr: "journal de transactions de Prometheus", en: "Prometheus write-ahead log" },
  Lucene: { fr: "index Lucene", en: "Lucene index" },
};

function stateName(format: string): Text {
  const known = Object.hasOwn(STATES, format) ? STATES[format] : undefined;
  return known ?? { fr: `base de données ${format}`, en: `${format} database` };
}

function finding(image: ImageFacts, file: Omit<Database, "isCertain">): Finding {
  const state = stateName(file.format);
  const path = excerpt(file.path);
  const hidden = deletedLater(file);
  const inherited = inheritance(image, file.layer);
  return {
    message: {
      fr: `${state.fr} dans l'image : ${path}${inherited.fr}${hidden.fr}`,
      en: `${state.en} in the image: ${path}${inherited.en}${hidden.en}`,
    },
    remedy: {
      fr: `Exclure ${path} de l'image (.dockerignore, ou ne pas le créer à la construction) et confier les données à un service dédié.`,
      en: `Keep ${path} out of the image (.dockerignore, or do not create it during the build) and give the data to a dedicated service.`,
    },
    fingerprint: fingerprint(ID, file.path, String(file.layer)),
    at: layerPlace(image, file),
  };
}
