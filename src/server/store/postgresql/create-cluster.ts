import { renameSync, rmSync } from "node:fs";
import { UnavailableError } from "../../../contract/error.ts";
import { excerpt, quoted } from "../../../contract/shown.ts";
import { endOf, lastLines, type ServerProgram, startProgram } from "./server-program.ts";

/** Role that owns everything in an embedded server until the store's own role is created. */
export const SUPERUSER = "postgres";

const ARGUMENTS = [
  `--username=${SUPERUSER}`,
  // Any user who may enter the folder of the socket may connect; there is no TCP.
  "--auth-local=trust",
  "--auth-host=reject",
  "--encoding=UTF8",
  "--locale=C",
  "--data-checksums",
];

/**
 * Creates the data of a new PostgreSQL. The folder is renamed only when its data are complete and on disk, so
 * that a killed initdb leaves nothing that a later start would take for a database.
 *
 * @throws UnavailableError postgresql-initdb
 */
export async function createCluster(program: ServerProgram): Promise<void> {
  const { cluster, unfinished } = program.folder;
  rmSync(unfinished, { recursive: true, force: true });
  // A single sync call instead of one for each of a thousand files; the option exists since PostgreSQL 17.
  const sync = program.installation.major >= 17 ? ["--sync-method=syncfs"] : [];
  const child = startProgram(program, "initdb", [`--pgdata=${unfinished}`, ...ARGUMENTS, ...sync]);
  if (!(await endOf(child))) throw failed(program);
  renameSync(unfinished, cluster);
}

function failed({ folder, installation }: ServerProgram): UnavailableError {
  const said = excerpt(lastLines(folder).replace(/^.*\/ initdb: /, ""));
  const bin = quoted(installation.bin);
  return new UnavailableError("postgresql-initdb", {
    fr: `La base de données n'a pas pu être créée : initdb de ${bin} a échoué (${said}). L'utilisateur doit exister dans /etc/passwd et l'espace suffire (40 Mo) ; sinon, nommer une base de données (--database). Journal : ${folder.log}`,
    en: `The database could not be created: initdb of ${bin} failed (${said}). The user must exist in /etc/passwd, and there must be room (40 MB); otherwise name a database (--database). Log: ${folder.log}`,
  });
}
