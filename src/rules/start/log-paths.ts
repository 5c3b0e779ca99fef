import type { FileSelector } from "../../contract/file-selector.ts";
import { flagsOf } from "../../shell/flags.ts";
import { commandName } from "../../shell/wrappers.ts";
import {
  type CommandPlace,
  placeOfWord,
  runsAlways,
  type StartedCommand,
} from "../../start/command-place.ts";
import { environment } from "../../start/environment.ts";
import type { StartedImage } from "../../start/started-image.ts";
import { daemonLogs } from "./daemon-logs.ts";
import { absolutePath } from "./writable-places.ts";

/** A file or folder that settings name for logs. */
export interface LogPath {
  /** Setting that names the path: `--log-file`, `LOG_FILE`, `>>`. */
  readonly name: string;
  readonly path: string;
  readonly at: CommandPlace;
  /** Value of the setting for stdout. */
  readonly instead?: string;
}

/** Log files that are links; images of nginx and httpd link their logs to /dev/stdout. */
export const LOG_LINKS: FileSelector = { pattern: /log/i, type: "symlink" };

/**
 * Options for log files: log-file, access-logfile, log_dir, error-log, logging.file.name,
 * -Dlogging.file.path, logpath…
 */
const FLAG =
  /^--?(?:D|[\w-]+[.-])?(?:log(?:s|ging)?[._-]?(?:file(?:[._-]?(?:name|path))?|path|dir(?:ectory)?|error)|(?:access|error|out|audit)[._-]?log(?:[._-]?(?:file|path))?|logto2?)$/i;
const VARIABLE =
  /^(?:[A-Z0-9]+_)*LOG(?:S|GING)?_?(?:FILE(?:_?(?:NAME|PATH))?|PATH|DIR(?:ECTORY)?|FOLDER)$|^CATALINA_OUT$/i;
/** Variables of tools that log only on failure, or do not run in the container. */
const FOREIGN = /^(?:NPM|YARN|PIP|COMPOSER)_/i;
const FILE_IN_LOGS = /\.(?:log|out|err)$|(?:^|\/)logs?\//i;
const STREAM = /^\/dev\/(?:stdout|stderr|null|fd\/[12]|tty|console)$|^\/proc\/(?:self|1|\$\$)\/fd\/[12]$/;

/** Log paths in the command line, environment and start scripts, without streams. */
export function logPaths(image: StartedImage, commands: readonly StartedCommand[]): readonly LogPath[] {
  const certain = commands.filter(runsAlways);
  const found = [
    ...certain.flatMap((command) => ofFlags(image, command)),
    ...[...environment(image, commands).values()]
      .filter(isLogVariable)
      .map(({ name, value, at }) => ({ name, path: value, at })),
    ...certain.flatMap(ofRedirections),
    ...daemonLogs(image, commands),
  ];
  return found.filter(({ path }) => isPath(path) && !isStream(image, path));
}

function ofFlags(image: StartedImage, command: StartedCommand): readonly LogPath[] {
  return flagsOf(command.words)
    .filter(({ name }) => FLAG.test(name))
    .map(({ name, value, index }) => ({ name, path: value, at: placeOfWord(image, command, index) }));
}

function isLogVariable({ name }: { readonly name: string }): boolean {
  return VARIABLE.test(name) && !FOREIGN.test(name);
}

/** Log files of redirections: `app >> /var/log/app.log`, `app | tee -a app.log`. */
function ofRedirections({ words, redirections, at }: StartedCommand): readonly LogPath[] {
  const written = redirections.filter(({ operator }) => /^(?:[12]?>{1,2}|&>{1,2}|>\||>&)$/.test(operator));
  const targets = written.map(({ operator, target }) => ({ name: operator, path: target, at }));
  const teed = commandName(words[0]) === "tee" ? words.slice(1).filter((word) => !word.startsWith("-")) : [];
  return [...targets, ...teed.map((path) => ({ name: "tee", path, at }))].filter(({ path }) =>
    FILE_IN_LOGS.test(path),
  );
}

function isPath(value: string): boolean {
  return !value.includes("$") && !value.includes("://") && (value.includes("/") || FILE_IN_LOGS.test(value));
}

/** Whether a path is a stream, a link to a stream, or a directory of the image with links to streams. */
function isStream(image: StartedImage, value: string): boolean {
  if (STREAM.test(value)) return true;
  const path = absolutePath(image, value);
  return image.files.some(
    (file) =>
      file.link !== undefined &&
      STREAM.test(file.link) &&
      (file.path === path || file.path.startsWith(`${path}/`)),
  );
}
