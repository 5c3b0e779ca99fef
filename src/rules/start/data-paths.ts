import { flagsOf } from "../../shell/flags.ts";
import {
  type CommandPlace,
  placeOfWord,
  runsAlways,
  type StartedCommand,
} from "../../start/command-place.ts";
import { environment } from "../../start/environment.ts";
import type { StartedImage } from "../../start/started-image.ts";

/** A path that settings name for data, uploads, a pid file or temporary files. */
export interface DataPath {
  /** Name of the setting: `--data-dir`, `UPLOAD_DIR`. */
  readonly name: string;
  readonly path: string;
  /** Set for a cache, which may be filled during the build and only be read later. */
  readonly cache: boolean;
  readonly at: CommandPlace;
}

const FLAG =
  /^--?(?:[\w-]+[.-])?(?:data|upload|storage|spool|state|work|temp|tmp|cache)s?[._-]?(?:dir(?:ectory)?|path|folder)$|^--pid[._-]?file$|^--storage\.tsdb\.path$|^-Djava\.io\.tmpdir$/;
const VARIABLE =
  /^(?:[A-Z0-9]+_)*(?:DATA|UPLOAD|STORAGE|SPOOL|STATE|CACHE)S?_?(?:DIR(?:ECTORY)?|PATH|FOLDER|ROOT)$|^(?:[A-Z0-9]+_)*PID_?(?:FILE|PATH)$|^TMPDIR$|^(?:SQLITE|DB|DATABASE)_(?:PATH|FILE)$/;
/** Folders of data that come with installed programs and are only read. */
const READ_ONLY = /^\/(?:usr|opt|etc|lib)\//;
const SQLITE = /^(?:sqlite3?|file):(?:\/\/)?(\/?[^?]+\.(?:db3?|sqlite3?))(?:$|\?)/;

/** Data paths on the command line and in the environment; caches are marked. */
export function dataPaths(image: StartedImage, commands: readonly StartedCommand[]): readonly DataPath[] {
  const flags = commands.filter(runsAlways).flatMap((command) =>
    flagsOf(command.words)
      .filter(({ name }) => FLAG.test(name))
      .map(({ name, value, index }) => dataPath(name, value, placeOfWord(image, command, index))),
  );
  const variables = [...environment(image, commands).values()].flatMap(({ name, value, at }) => {
    const [, database] = SQLITE.exec(value) ?? [];
    if (database !== undefined) return [dataPath(name, database, at)];
    return VARIABLE.test(name) && !READ_ONLY.test(value) ? [dataPath(name, value, at)] : [];
  });
  return [...flags, ...variables].filter(({ path }) => path.includes("/") && !/[$]|:\/\//.test(path));
}

function dataPath(name: string, path: string, at: CommandPlace): DataPath {
  return { name, path, at, cache: /cache/i.test(name) };
}
