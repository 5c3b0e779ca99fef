import { commandName } from "../../shell/wrappers.ts";
import { isConstantCode } from "./inline-code.ts";
import { pathSources, type WrittenFiles } from "./path-sources.ts";
import { type AroundCommand, isLiteral, killStatus, processNamed, processStatus } from "./process-checks.ts";
import { foreignHosts } from "./requested-hosts.ts";
import type { Ends } from "./shell-state.ts";
import { either, NO_SOURCES, OTHER, type Status, type StatusSources, together, ZERO } from "./status.ts";

interface Around {
  /** Sources of standard input; undefined if nothing is piped. */
  readonly input: StatusSources | undefined;
  /** Sources of the words' variables and substitutions. */
  readonly sources: StatusSources;
  readonly script: AroundCommand | undefined;
  readonly written: WrittenFiles;
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** Commands that succeed each time, or whose failure has nothing to do with the application. */
const CONSTANT = set(
  "true : echo printf sleep pwd date hostname whoami id uname env printenv nproc uptime free mount cd umask " +
    "ulimit hash alias unset shift break continue clear seq basename dirname tee logger sync arch usleep yes",
);
/** Commands that may fail for reasons other than the application. */
const UNRELATED = set(
  "touch mkdir rm cp mv ln chmod chown mktemp rmdir install which type command getent nslookup dig host ping " +
    "ping6 mountpoint df",
);
/** Commands that read files, or pass their input on. */
const LOOKS = set(
  "cat head tail wc stat ls readlink realpath file md5sum sha1sum sha256sum od xxd hexdump strings cmp diff " +
    "find du sort sed cut uniq tr tac nl rev fold column",
);
const GREPS = set("grep egrep fgrep zgrep");
const PROCESSES = set("pgrep pkill pidof killall");
const ONLY_VERSION = /^(?:--version|-version|--help|-V)$/;
const CHECKS_SETTINGS = set("nginx apachectl apache2ctl httpd haproxy");

/** Ends of a program or a built-in without effect on the shell. */
export function programEnds(words: readonly string[], around: Around): Ends {
  const name = commandName(words[0]);
  const [, first = ""] = words;
  const { input = NO_SOURCES, sources, script, written } = around;
  const through = together(sources, input);
  if (CONSTANT.has(name)) return { normal: ZERO, output: through };
  if (name === "false") return { normal: OTHER, output: NO_SOURCES };
  if (UNRELATED.has(name)) return { normal: either(NO_SOURCES), output: NO_SOURCES };
  if (GREPS.has(name)) return grepEnds(words, around);
  if (LOOKS.has(name)) return looked(operandsOf(words, name === "sed" ? 1 : 0), through, written);
  if (name === "awk" || name === "gawk" || name === "mawk") return awkEnds(words, through, written);
  if (name === "jq") return { normal: either(through), output: through };
  if (PROCESSES.has(name)) return ofProcess(processStatus(words, script));
  if (name === "kill") return ofProcess(killStatus(words, sources));
  if (name === "ps" || name === "top") return listed(words);
  const isConstant =
    (words.length === 2 && ONLY_VERSION.test(first)) ||
    words.includes("--help") ||
    (CHECKS_SETTINGS.has(name) && /^-[tvVc]/.test(first)) ||
    isConstantCode(name, words);
  if (isConstant) return { normal: either(NO_SOURCES), output: NO_SOURCES };
  const hosts = foreignHosts(words);
  const own: StatusSources = hosts.size > 0 ? hosts : new Set(["application" as const]);
  return { normal: either(own), output: own };
}

function ofProcess(status: Status): Ends {
  return { normal: status, output: status.sources };
}

/** Ends of `ps`, which lists processes; with a name or a number, of a check for that process. */
function listed(words: readonly string[]): Ends {
  const at = words.findIndex((word) => word === "-p" || word === "-C" || word === "-q");
  if (at === -1) return { normal: ZERO, output: new Set(["processes"]) };
  const sought = words[at + 1] ?? "";
  if (sought === "1") return { normal: ZERO, output: NO_SOURCES };
  const sources = processNamed(words[at] === "-C" ? sought : "");
  return { normal: either(sources), output: sources };
}

/** Words that are neither options nor one of the first `skipped` operands. */
function operandsOf(words: readonly string[], skipped: number): readonly string[] {
  return words
    .slice(1)
    .filter((word) => !/^-./.test(word))
    .slice(skipped);
}

function filesIn(paths: readonly string[], written: WrittenFiles): StatusSources {
  return together(...paths.map((path) => pathSources(path, written)));
}

/** Ends of a program that fails if its files are missing, and otherwise passes its input on. */
function looked(operands: readonly string[], through: StatusSources, written: WrittenFiles): Ends {
  const paths = operands.filter((word) => word !== "-" && isPath(word));
  if (paths.length === 0) return { normal: ZERO, output: through };
  const files = filesIn(
    paths.filter((path) => !/^\$|`/.test(path)),
    written,
  );
  const all = together(files, through);
  return { normal: all.size === 0 ? ZERO : either(all), output: all };
}

/** Whether an operand may be a path: arguments such as `+%s`, `1`, `a-z` are not. */
function isPath(word: string): boolean {
  return /[/$.`]/.test(word) && !/^[+%]/.test(word) && !/^-?\d+(?:\.\d+)?$/.test(word);
}

function grepEnds(words: readonly string[], { input, sources, written }: Around): Ends {
  const [pattern = "", ...paths] = operandsOf(words, 0);
  const inverted = words.some((word) => /^-[a-zA-Z]*v/.test(word));
  const files = together(filesIn(paths, written), sources);
  if (paths.length > 0 || input === undefined) return { normal: either(files), output: files };
  const all = together(input, sources);
  if (input.has("processes") && inverted) return { normal: ZERO, output: new Set(["processes filtered"]) };
  // The list of processes contains grep itself, with its pattern.
  if (input.has("processes") && isLiteral(pattern)) return { normal: ZERO, output: processNamed(pattern) };
  const isList = input.has("processes") || input.has("processes filtered");
  const own = isList ? processNamed(pattern) : all;
  return { normal: either(own), output: own };
}

function awkEnds(words: readonly string[], through: StatusSources, written: WrittenFiles): Ends {
  const [program = "", ...paths] = operandsOf(words, 0);
  if (/\bsystem\s*\(|\bgetline\b/.test(program)) {
    const own = together(through, new Set(["application" as const]));
    return { normal: either(own), output: own };
  }
  const all = together(through, filesIn(paths, written));
  if (/\bexit\b/.test(program)) return { normal: either(all), output: all };
  return { normal: paths.length === 0 ? ZERO : either(all), output: all };
}
