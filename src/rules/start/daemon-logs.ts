import { posix } from "node:path";
import type { FileSelector } from "../../contract/file-selector.ts";
import { commandName } from "../../shell/wrappers.ts";
import { runsAlways, type StartedCommand } from "../../start/command-place.ts";
import type { StartedImage } from "../../start/started-image.ts";
import { NGINX_CONFIGURATION } from "./nginx-configuration.ts";

/** A log file in the configuration of a daemon. */
export interface DaemonLog {
  /** Name of the directive: `access_log`. */
  readonly name: string;
  readonly path: string;
  /** Value of the directive for stdout. */
  readonly instead: string;
  readonly at: { readonly path: string; readonly line: number };
}

interface Daemon {
  readonly program: RegExp;
  /** Path of its configuration in packages and official images. */
  readonly main: RegExp;
  /** Set if the daemon reads this path by default; otherwise its command must name the path. */
  readonly isDefault: boolean;
  /** Options that name another configuration file. */
  readonly options: readonly string[];
  /** Files that the main file includes by convention. */
  readonly included?: RegExp;
  /** Pattern for a directive's name, followed by the file. */
  readonly directive: RegExp;
  readonly instead: (name: string) => string;
}

const DAEMONS: readonly Daemon[] = [
  {
    program: /^nginx$/,
    main: /^\/etc\/nginx\/nginx\.conf$/,
    isDefault: true,
    options: ["-c"],
    included: /^\/etc\/nginx\/(?:(?:conf\.d|http\.d)\/[^/]+\.conf|sites-enabled\/[^/]+)$/,
    directive: /(?:^|[\s;{}])(access_log|error_log)\s+"?([^\s;"]+)/,
    instead: (name) => `${name} ${name === "error_log" ? "stderr" : "/dev/stdout"};`,
  },
  {
    program: /^(?:apache2|httpd)(?:ctl|-foreground)?$|^apachectl$/,
    main: /^\/(?:etc\/apache2\/apache2|etc\/httpd\/conf\/httpd|usr\/local\/apache2\/conf\/httpd)\.conf$/,
    isDefault: true,
    options: ["-f"],
    included: /^\/etc\/(?:apache2\/(?:conf|sites|mods)-enabled|httpd\/conf\.d)\/[^/]+\.conf$/,
    directive: /^\s*(ErrorLog|CustomLog|TransferLog|GlobalLog)\s+"?([^\s"]+)/i,
    instead: (name) => `${name} ${/^error/i.test(name) ? "/dev/stderr" : "/dev/stdout"}`,
  },
  {
    program: /^php-fpm[\d.]*$/,
    main: /^\/(?:etc\/php[\d.]*\/(?:[\d.]+\/fpm\/)?|usr\/local\/etc\/)php-fpm\.conf$/,
    isDefault: true,
    options: ["-y", "--fpm-config"],
    included:
      /^\/(?:etc\/php[\d.]*\/(?:[\d.]+\/fpm\/)?(?:pool\.d|php-fpm\.d)|usr\/local\/etc\/php-fpm\.d)\/[^/]+\.conf$/,
    directive: /^\s*(error_log|access\.log|slowlog)\s*=\s*"?([^\s";]+)/,
    instead: (name) => `${name} = /proc/self/fd/2`,
  },
  {
    program: /^lighttpd$/,
    main: /^\/etc\/lighttpd\/lighttpd\.conf$/,
    isDefault: false,
    options: ["-f"],
    included: /^\/etc\/lighttpd\/conf-enabled\/[^/]+\.conf$/,
    directive: /^\s*(server\.errorlog|server\.breakagelog|accesslog\.filename)\s*=\s*"([^"]+)"/,
    instead: (name) => `${name} = "/dev/stderr"`,
  },
  {
    program: /^mosquitto$/,
    main: /^\/etc\/mosquitto\/mosquitto\.conf$|^\/mosquitto\/config\/mosquitto\.conf$/,
    isDefault: false,
    options: ["-c"],
    included: /^\/etc\/mosquitto\/conf\.d\/[^/]+\.conf$/,
    directive: /^\s*(log_dest)\s+file\s+(\S+)/,
    instead: (name) => `${name} stdout`,
  },
  {
    program: /^(?:redis|valkey)-server$/,
    main: /^(?:\/usr\/local)?\/etc\/(?:redis|valkey)(?:\/(?:redis|valkey))?\.conf$/,
    isDefault: false,
    options: [],
    directive: /^\s*(logfile)\s+"?([^\s"]+)/,
    instead: (name) => `${name} ""`,
  },
];

const CONTENT = 64 * 1024;

/** Selectors for daemonLogs(). */
export const DAEMON_FILES: readonly FileSelector[] = [
  ...NGINX_CONFIGURATION,
  {
    under: ["/etc/apache2", "/etc/httpd", "/usr/local/apache2/conf", "/etc/lighttpd"],
    suffixes: [".conf"],
    type: "file",
    content: CONTENT,
  },
  { under: ["/etc", "/usr/local/etc"], names: ["php-fpm.conf"], type: "file", content: CONTENT },
  {
    pattern: /\/(?:pool|php-fpm)\.d\/[^/]+\.conf$/,
    under: ["/etc", "/usr/local/etc"],
    suffixes: [".conf"],
    type: "file",
    content: CONTENT,
  },
  {
    under: ["/etc", "/usr/local/etc", "/mosquitto"],
    names: ["mosquitto.conf", "redis.conf", "valkey.conf"],
    type: "file",
    content: CONTENT,
  },
  { under: ["/etc/apache2", "/etc/nginx/sites-enabled", "/etc/lighttpd"], type: "symlink" },
];

/** Log files in the configurations of the daemons that an image starts, as far as the image shows them. */
export function daemonLogs(image: StartedImage, commands: readonly StartedCommand[]): readonly DaemonLog[] {
  const certain = commands.filter(runsAlways);
  return DAEMONS.flatMap((daemon) =>
    certain.some((command) => readsMain(daemon, command)) ? logsOf(daemon, image) : [],
  );
}

/** Whether a command starts the daemon with its main configuration file. */
function readsMain({ program, main, isDefault, options }: Daemon, { words }: StartedCommand): boolean {
  if (!program.test(commandName(words[0]))) return false;
  if (words.slice(1).some((word) => main.test(word.replace(/^--?[\w-]+=/, "")))) return true;
  return (
    isDefault &&
    !words.some((word) => options.some((option) => word === option || word.startsWith(`${option}=`)))
  );
}

function logsOf(
  { main, included, directive, instead }: Daemon,
  { files }: StartedImage,
): readonly DaemonLog[] {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const isRead = (path: string): boolean => main.test(path) || included?.test(path) === true;
  return files
    .filter(({ path }) => isRead(path))
    .flatMap(({ path, content, link }) => {
      // Files in sites-enabled are links.
      const text = link === undefined ? content : contents.get(posix.resolve(posix.dirname(path), link));
      return linesOf(text).flatMap(([text, line]) => {
        const [, name = "", value = ""] = directive.exec(text) ?? [];
        // A log sent to a program or to syslog is not a file.
        if (name === "" || /^(?:\||syslog:)/.test(value)) return [];
        return [{ name, path: ofDebian(value), instead: instead(name), at: { path, line } }];
      });
    });
}

/** Lines with their numbers, without comments. */
function linesOf(text: string | undefined): readonly (readonly [text: string, line: number])[] {
  return (text ?? "").split("\n").flatMap((line, index) => {
    const code = /^\s*[#;]/.test(line) ? "" : line;
    return code.trim() === "" ? [] : [[code, index + 1] as const];
  });
}

/** A log path with Apache's folder on Debian, from its envvars. */
function ofDebian(value: string): string {
  return value.replace(/^\$\{APACHE_LOG_DIR\}/, "/var/log/apache2");
}
