// Calls of tools that change the user, in programs written in languages other than shell. A call may depend
// on any condition, so it is an indication, never a proof.

/** Extensions of sources that an application's start may run. */
const SOURCE = /\.(?:py|rb|pl|php|lua|tcl|[cm]?[jt]s)$/;

/** Words for a cheap test of thousands of files: every call contains at least one of them. */
const SIEVE =
  "sudo gosu su-exec doas pkexec runuser setpriv setuid setgid seteuid setegid setre setgroups initgroups change_privilege \"su 'su `su"
    .split(" ")
    .map((text) => Buffer.from(text));

/** Words by which these languages start other programs. */
const STARTS =
  /\b(?:subprocess|os\.(?:system|popen|exec\w*|spawn\w*|posix_spawn\w*)|child_process|execa|zx|shelljs|Bun\.spawn|Deno\.(?:Command|run)|Open3|IO\.popen|Process\.spawn|proc_open|shell_exec|passthru|pcntl_exec|popen|system|exec|spawn)\b|%x|`/;
/** A text that begins with the name of a tool: the first word of a list, or a command line. */
const NAMES_TOOL =
  /["'`](?:\/[\w./-]{1,60}\/)?(?:(sudo|gosu|su-exec|doas|pkexec|runuser|setpriv|s6-setuidgid|setuidgid)(?=["'`]|\s{1,5}[-\w$#{/])|(su)(?=["'`]\s{0,5},\s{0,20}["'`](?:-|\w{1,30}["'`]\s{0,5},\s{0,20}["'`]-)|\s{1,5}(?:-|\w{1,30}\s{1,5}-c)))/g;
/** List of commands in one text: `cd /x && sudo y`. */
const LISTED =
  /(?:&&|\|\||[;|])\s{1,5}(?:exec\s{1,5})?(sudo|gosu|su-exec|doas|runuser|setpriv)\s{1,5}[-\w$#{/]/;
/** A program's own change of user: `os.setuid(1000)`, `process.setgid("app")`. */
const CHANGES =
  /\b(?:os\.(?:set(?:res|re|e)?[ug]id|initgroups|setgroups)|process\.(?:sete?[ug]id|initgroups|setgroups)|Process::(?:Sys|UID|GID)(?:\.|::)(?:set\w{0,10}|change_privilege)|POSIX::set[ug]id|posix_sete?[ug]id)\s{0,5}\(/;
/** Functions whose arguments are only printed: messages, errors, help texts. */
const MESSAGE =
  /(?:\b(?:print|puts|echo|warn|die|fail|raise \w+|throw new \w+|\w{0,30}[Ee]rror|console\.\w+|\w{1,30}\.(?:info|warn|warning|error|debug|write|echo|secho))\s{0,3}\(?\s{0,20}|\b(?:help|description|usage|epilog|message|msg|hint|text)\s{0,3}[=:]\s{0,3}\(?)[fruFRU]{0,2}$/;
const COMMENT = /^\s{0,200}(?:#(?!!)|\/\/|\*).{0,2000}$/gm;
/** Characters before a match that are examined as its context. */
const BEFORE = 80;

export function isProgramSource(path: string): boolean {
  return SOURCE.test(path);
}

/** Whether a source may name a user-changing tool. */
export function mayChangeUser(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return SIEVE.some((word) => text.includes(word));
}

/**
 * Tool that a program seems to call, or the call by which the program changes its own user; undefined if
 * there is none. Blocks that a Python program runs only as root (`if os.getuid() == 0:`) are ignored.
 */
export function toolIn(text: string): string | undefined {
  const code = withoutRootBlocks(text.replace(COMMENT, ""));
  const change = CHANGES.exec(code)?.[0];
  if (change !== undefined) return `${change.replace(/\s{0,5}\($/, "")}()`;
  if (!STARTS.test(code)) return undefined;
  for (const { 1: tool, 2: su, index } of code.matchAll(NAMES_TOOL)) {
    if (!MESSAGE.test(code.slice(Math.max(0, index - BEFORE), index))) return tool ?? su;
  }
  return LISTED.exec(code)?.[1];
}

const ROOT_GUARD = /^([ \t]{0,60})if os\.gete?uid\(\) == 0(?: and .{1,200})?:[ \t]{0,20}$/;

/**
 * Python code without blocks for root, which end with their indentation; unchanged if it contains texts over
 * several lines.
 */
function withoutRootBlocks(code: string): string {
  if (!/if os\.gete?uid\(\) == 0/.test(code) || /"""|'''/.test(code)) return code;
  const kept: string[] = [];
  let guard: string | undefined;
  for (const line of code.split("\n")) {
    if (guard !== undefined && (line.trim() === "" || isDeeper(line, guard))) continue;
    guard = ROOT_GUARD.exec(line)?.[1];
    kept.push(line);
  }
  return kept.join("\n");
}

function isDeeper(line: string, guard: string): boolean {
  return line.startsWith(guard) && /^[ \t]/.test(line.slice(guard.length));
}
