import { searchable } from "../audit/entry.ts";
import type { Release } from "../ports.ts";
import type { Database } from "./database/connect.ts";

/**
 * Stores a release. Its entry in the audit log is written separately.
 *
 * @throws as databaseError()
 */
export async function keepRelease({ tables, asking }: Database, release: Release): Promise<void> {
  const { id, namespace, until } = release;
  await asking(() =>
    tables
      .insertInto("douane.release")
      .values({
        id,
        namespace: searchable(namespace),
        until: new Date(until),
        body: JSON.stringify(release),
      })
      .execute(),
  );
}

/** Releases of a namespace that end after this time. @throws as databaseError() */
export async function readReleases(
  { tables, asking }: Database,
  namespace: string,
  now: Date,
): Promise<readonly Release[]> {
  const rows = await asking(() =>
    tables
      .selectFrom("douane.release")
      .select("body")
      .where("namespace", "=", searchable(namespace))
      .where("until", ">", now)
      .orderBy("until", "desc")
      .limit(MOST_RELEASES)
      .execute(),
  );
  return rows.map(({ body }) => JSON.parse(body) as Release);
}

/** Maximum number of releases read per namespace; people make them one by one. */
const MOST_RELEASES = 1_000;
