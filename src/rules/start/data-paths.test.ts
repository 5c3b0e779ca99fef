import { describe, expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { startedCommands } from "../../start/started-commands.ts";
import { dataPaths } from "./data-paths.ts";

function paths(line: string, env: readonly string[] = []) {
  const image = imageFacts({ config: { cmd: line.split(" "), env } });
  return dataPaths(image, startedCommands(image)).map(({ name, path, cache }) => [name, path, cache]);
}

describe("an option", () => {
  test.each([
    ..."--data-dir -data-dir --datadir --data.path --data_folder --datas-dir --uploads-dir --upload-path".split(
      " ",
    ),
    ..."--storage-path --spool-directory --state-dir --work-dir --temp-dir --tmp-dir --tmpdir".split(" "),
    ..."--db-data-dir --my.data.dir --pid-file --pid.file --pidfile --pid_file --storage.tsdb.path".split(
      " ",
    ),
  ])("%s", (name) => {
    expect(paths(`app ${name}=/srv/x`)).toEqual([[name, "/srv/x", false]]);
  });

  test("-Djava.io.tmpdir", () => {
    expect(paths("java -Djava.io.tmpdir=/srv/x -jar a.jar")).toEqual([["-Djava.io.tmpdir", "/srv/x", false]]);
  });

  test("of a cache is told apart", () => {
    expect(paths("app --cache-dir=/srv/x --CACHE-dir=/srv/y")).toEqual([["--cache-dir", "/srv/x", true]]);
  });

  test.each([
    ..."--dir --data --database-dir --data-directories --data-dirs --mydata-dir --data--dir --metadata-path-x".split(
      " ",
    ),
    ..."--pid --pid-files --rapid-file --storage.tsdb.paths --x--storage.tsdb.path --storageXtsdb.path".split(
      " ",
    ),
    ..."-Xjava.io.tmpdir -Djava.io.tmpdirs x-data-dir".split(" "),
  ])("%s names none", (name) => {
    expect(paths(`app ${name}=/srv/x`)).toEqual([]);
  });

  test.each(["x", "$DATA/x", "s3://bucket/x"])("with the value %s names no path", (value) => {
    expect(paths(`app --data-dir=${value}`)).toEqual([]);
  });
});

describe("a variable", () => {
  test.each([
    ..."DATA_DIR DATADIR DATA_PATH DATA_FOLDER DATA_ROOT DATA_DIRECTORY UPLOAD_DIR UPLOADS_DIR STORAGE_PATH".split(
      " ",
    ),
    ..."SPOOL_DIR STATE_DIR APP_DATA_DIR MY_APP_UPLOAD_PATH PID_FILE PIDFILE PID_PATH APP_PID_FILE TMPDIR".split(
      " ",
    ),
    ..."SQLITE_PATH SQLITE_FILE DB_PATH DB_FILE DATABASE_PATH DATABASE_FILE".split(" "),
  ])("%s", (name) => {
    expect(paths("app", [`${name}=/srv/x`])).toEqual([[name, "/srv/x", false]]);
  });

  test("of a cache is told apart", () => {
    expect(paths("app", ["CACHE_DIR=/srv/x", "APP_CACHES_PATH=/srv/y"]).map(([, , cache]) => cache)).toEqual([
      true,
      true,
    ]);
  });

  test.each([
    ..."DATA DIR METADATA_DIR DATA_DIRS DATA_DIR_X XPID_FILE PID PIDS_FILE TMPDIRS MY_TMPDIR SQLITE_PATHS".split(
      " ",
    ),
    ..."MY_SQLITE_PATH DB_NAME data_dir MYDB_PATH _DATA_DIR".split(" "),
  ])("%s names none", (name) => {
    expect(paths("app", [`${name}=/srv/x`])).toEqual([]);
  });

  test.each(["/usr/share/x", "/opt/x", "/etc/x", "/lib/x"])("with %s names what is only read", (value) => {
    expect(paths("app", [`DATA_DIR=${value}`])).toEqual([]);
  });

  test.each(["/usrx/share", "/srv/usr/x", "/library/x", "./usr/x"])("with %s names a path", (value) => {
    expect(paths("app", [`DATA_DIR=${value}`])).toHaveLength(1);
  });

  test.each([
    ["sqlite:///srv/x.db", "/srv/x.db"],
    ["sqlite3:/srv/x.db3", "/srv/x.db3"],
    ["file:/srv/x.sqlite", "/srv/x.sqlite"],
    ["file:./x.sqlite3?mode=rwc", "./x.sqlite3"],
    ["sqlite:data/x.db?a=b", "data/x.db"],
  ])("with %s names a database", (value, path) => {
    expect(paths("app", [`URL=${value}`])).toEqual([["URL", path, false]]);
  });

  test.each([
    "xsqlite:///srv/x.db",
    "sqlite:///srv/x.txt",
    "sqlite:///srv/x.dbx",
    "sqlite:",
    "postgres://x/y.db",
  ])("with %s names none", (value) => {
    expect(paths("app", [`URL=${value}`])).toEqual([]);
  });
});
