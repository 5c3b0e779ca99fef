import { DouaneError, UnavailableError, UsageError } from "../../../contract/error.ts";
import { excerpt } from "../../../contract/shown.ts";

/**
 * Error of the database, worded for users. The server's message is shown, but not its `detail`, which may
 * contain values of a query.
 *
 * @param where host and database, without a password
 */
export function databaseError(cause: unknown, where: string): DouaneError {
  if (cause instanceof DouaneError) return cause;
  const state = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return known(state, where, cause) ?? unreachable(where, cause);
}

/** User error for an SQLSTATE code (appendix A of PostgreSQL's manual). */
function known(state: string, where: string, cause: unknown): DouaneError | undefined {
  if (state === "53100") return full(where, cause);
  if (state === "25006") return readOnly(where, cause);
  if (state.startsWith("28") || state === "3D000") return denied(where, cause);
  return state === "42501" ? notAllowed(where, cause) : undefined;
}

function unreachable(where: string, cause: unknown): UnavailableError {
  const why = reason(cause);
  return new UnavailableError(
    "store-unreachable",
    {
      fr: `La base de données ${where} ne répond pas (${why}). Vérifier qu'elle fonctionne et qu'elle est joignable d'ici.`,
      en: `The database ${where} does not answer (${why}). Check that it runs, and that it can be reached from here.`,
    },
    { cause },
  );
}

function full(where: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    "store-full",
    {
      fr: `Le disque de la base de données ${where} est plein : rien ne peut plus être enregistré. Libérer ou ajouter de l'espace ; rien de ce qui était enregistré n'est perdu.`,
      en: `The disk of the database ${where} is full: nothing can be recorded any more. Free or add space; nothing that was recorded is lost.`,
    },
    { cause },
  );
}

function readOnly(where: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    "store-read-only",
    {
      fr: `La base de données ${where} est en lecture seule (une réplique, ou default_transaction_read_only). Nommer le serveur primaire.`,
      en: `The database ${where} is read-only (a standby, or default_transaction_read_only). Name the primary server.`,
    },
    { cause },
  );
}

function denied(where: string, cause: unknown): UsageError {
  const why = reason(cause);
  return new UsageError(
    "store-denied",
    {
      fr: `La base de données ${where} refuse la connexion (${why}). Vérifier l'utilisateur, le mot de passe (PGPASSWORD, ou ~/.pgpass) et le nom de la base.`,
      en: `The database ${where} refuses the connection (${why}). Check the user, the password (PGPASSWORD, or ~/.pgpass) and the name of the database.`,
    },
    { cause },
  );
}

function notAllowed(where: string, cause: unknown): UsageError {
  const why = reason(cause);
  return new UsageError(
    "store-not-allowed",
    {
      fr: `L'utilisateur de la base de données ${where} n'a pas le droit nécessaire (${why}). Le rendre propriétaire de la base, ou du schéma « douane ».`,
      en: `The user of the database ${where} lacks a permission (${why}). Make that user the owner of the database, or of the schema "douane".`,
    },
    { cause },
  );
}

function reason(cause: unknown): string {
  if (cause instanceof AggregateError) return reason(cause.errors[0]);
  return excerpt(cause instanceof Error ? cause.message : String(cause));
}
