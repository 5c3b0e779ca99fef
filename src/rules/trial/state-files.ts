import { isTemporary } from "../../contract/temporary-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { databaseOf } from "../image/database-files.ts";
import { databaseByMagic } from "./database-magic.ts";
import { isSessionFile } from "./session-files.ts";

/** A database, or a user's session, that the application wrote. */
export interface StateFile {
  readonly path: string;
  /** Mount that contains the file; `/` if it is on the root. */
  readonly area: string;
  /** Database recognised by content; undefined if only the name suggests a database. */
  readonly database: string | undefined;
  /** Set if the file is a user session, which is state wherever it is stored. */
  readonly session: boolean;
  /** Set for places meant for data that may be lost. */
  readonly temporary: boolean;
  /** Set if another container of the pod may have written the file. */
  readonly unsure: boolean;
}

const NAME = /\.(?:db3?|sqlite3?|mdb|rdb|aof)$/i;
/** Databases and sessions that were created or changed, each once. */
export function stateFiles(trial: TrialFacts): readonly StateFile[] {
  const found = observed(trial.observations, "write").flatMap((write) => {
    const file = stateFile(write);
    return file === undefined ? [] : [[write.path, file] as const];
  });
  // A certain entry replaces an uncertain one.
  const sure = found.filter(([, { unsure }]) => !unsure);
  return [...new Map([...found, ...sure]).values()];
}

function stateFile({
  path,
  area,
  type,
  change,
  bytes,
  sample,
  magic,
  unsure,
}: Observed<"write">): StateFile | undefined {
  if (type !== "file" || change === "deleted" || bytes === 0) return undefined;
  const session = isSessionFile(path);
  const database =
    databaseByMagic(magic) ?? knownDatabase({ path, bytes, content: sample ?? fromHex(magic) });
  if (database === undefined && !session && !NAME.test(path)) return undefined;
  const temporary = !session && isTemporary(path);
  return { path, area, database, session, temporary, unsure: unsure === true };
}

function knownDatabase({
  path,
  bytes,
  content,
}: {
  readonly path: string;
  readonly bytes: number;
  readonly content: string;
}): string | undefined {
  const known = databaseOf({
    path,
    content,
    size: bytes,
    type: "file",
    layer: 0,
    mode: 0o644,
    uid: 0,
    gid: 0,
  });
  return known?.certain === true ? known.database : undefined;
}

function fromHex(magic: string | undefined): string {
  return Buffer.from(magic ?? "", "hex").toString("latin1");
}
