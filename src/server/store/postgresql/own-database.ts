import type { DatabaseAddress } from "../database/connect.ts";
import { connect } from "../database/connect.ts";
import { SUPERUSER } from "./create-cluster.ts";

/**
 * Name of the store's database, and of its owner. The owner is not a superuser, so that rights and triggers
 * apply to it, too.
 */
export const OWN_DATABASE = "douane";

/**
 * Creates the store's database in an embedded server, unless it exists.
 *
 * @param server folder and port of its socket
 * @throws as databaseError()
 */
export async function ownDatabase(server: {
  readonly host: string;
  readonly port: number;
}): Promise<DatabaseAddress> {
  const { host, port } = server;
  const { pool, asking, close } = connect({ host, port, user: SUPERUSER, database: "postgres" });
  try {
    await asking(async () => {
      const role = await pool.query("select from pg_roles where rolname = $1", [OWN_DATABASE]);
      if (role.rowCount === 0) await pool.query(`create role ${OWN_DATABASE} login`);
      const database = await pool.query("select from pg_database where datname = $1", [OWN_DATABASE]);
      if (database.rowCount === 0) await pool.query(`create database ${OWN_DATABASE} owner ${OWN_DATABASE}`);
    });
  } finally {
    await close();
  }
  return { host, port, user: OWN_DATABASE, database: OWN_DATABASE };
}
