import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { UsageError } from "../../../contract/error.ts";
import { excerpt } from "../../../contract/shown.ts";
import { databaseError } from "./errors.ts";
import type { Tables } from "./schema.ts";

/** Address of a database: a URL as libpq accepts it, or the socket of an embedded server. */
export type DatabaseAddress =
  | { readonly url: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string };

/** Connection pool of a database. */
export interface Database {
  readonly pool: pg.Pool;
  readonly tables: Kysely<Tables>;
  /** Host and database, for messages, without a password. */
  readonly where: string;
  /** Runs work, and turns errors of the database into errors for users. */
  readonly asking: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/**
 * Maximum number of connections of a process, and timeouts in milliseconds: a store that hangs counts as
 * unreachable.
 */
const CONNECTIONS = 10;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;
const QUERY_MS = 35_000;

/**
 * Creates a connection pool. Connections are opened on demand.
 *
 * @throws UsageError database-url
 */
export function connect(address: DatabaseAddress): Database {
  const where = nameOf(address);
  const pool = new pg.Pool({
    ...("url" in address ? { connectionString: address.url } : address),
    application_name: "douane",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
  });
  // Without a listener, an error event would end the process. The current or the next query fails with the
  // error.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    pool,
    tables: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    where,
    async asking(work) {
      try {
        return await work();
      } catch (cause) {
        throw databaseError(cause, where);
      }
    },
    close: () => pool.end(),
  };
}

function nameOf(address: DatabaseAddress): string {
  if (!("url" in address)) return `${address.host}/${address.database}`;
  const { url } = address;
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) throw notAUrl();
  const { host, pathname, searchParams } = new URL(url);
  return excerpt(`${searchParams.get("host") ?? host}${pathname}`);
}

/** Error for an invalid URL. The value is not quoted, since it may contain a password. */
function notAUrl(): UsageError {
  return new UsageError("database-url", {
    fr: "--database attend une adresse postgres://UTILISATEUR@HÔTE:PORT/BASE (le mot de passe par PGPASSWORD).",
    en: "--database expects an address postgres://USER@HOST:PORT/DATABASE (the password by PGPASSWORD).",
  });
}
