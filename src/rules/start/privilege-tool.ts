// Tools that change a process's user, and the calls that a non-root user may make. Measured as uid 65534 with
// no_new_privs and without capabilities (util-linux 2.41, coreutils 9.7, shadow 4.17, libcap 2.75, dpkg 1.22,
// busybox 1.37, gosu 1.17, runit 2.2): setuid(2) to the own uid and setgid(2) to the own gid succeed;
// setgroups(2), chroot(2), setns(2) and unshare(2) always fail.

import { commandName, unwrap } from "../../shell/wrappers.ts";

/** Tools that call setgroups(2) or chroot(2), or require root, and so fail for any target user. */
const TOOLS = new Set(
  "sudo su doas pkexec run0 gosu su-exec runuser chroot setuidgid s6-setuidgid s6-applyuidgid nsenter".split(
    " ",
  ),
);

/** Tools whose names an application's programs may have, too: only the system's programs are meant. */
const SYSTEM_TOOLS = new Set(["login", "sg", "newgrp"]);

/** Options by which a tool's call changes something. */
interface Changes {
  /** Options that never succeed. */
  readonly always: RegExp;
  /**
   * Options that name a user, a group or capabilities. Without root, the options succeed only for the
   * process's own user and group, or when they drop capabilities.
   */
  readonly toOne?: RegExp;
}

const WITH_OPTIONS: Readonly<Record<string, Changes>> = {
  setpriv: {
    always: /^--(?:groups|init-groups|clear-groups)\b/,
    toOne: /^--(?:r|e|re)[ug]id\b|^--ambient-caps\b/,
  },
  chpst: { always: /^-[u/]/ },
  "start-stop-daemon": { always: /^(?:-r|--chroot)/, toOne: /^(?:-c|--chuid)/ },
  capsh: { always: /^--(?:user|groups|drop|chroot)=/, toOne: /^--[ug]id=/ },
  unshare: { always: /^-/ },
};

/** Multi-call programs, whose first argument is the tool. */
const MANY = new Set(["busybox", "toybox"]);
const ONLY_TELLS = new Set(["--version", "--help"]);
/** Values that change nothing: the own ids `$(id -u)`, `$UID`; dropped capabilities such as `-all`. */
const ITSELF = /^\$\(id -[ug]\)$|^\$\{?E?[UG]ID\}?$|^-/;

/**
 * Name of the tool by which this command changes the user; `set -- gosu app "$@"` prepares such a call.
 *
 * @param own names and numbers of the starting user and its group
 */
export function privilegeTool(words: readonly string[], own: readonly string[] = []): string | undefined {
  const isPrepared = words[0] === "set" && words[1] === "--";
  const call = isPrepared ? words.slice(2) : MANY.has(commandName(words[0])) ? words.slice(1) : words;
  const [program = "", first = ""] = call;
  const name = commandName(program);
  // `node sudo.js` and `/app/sudo.sh` run programs of the application.
  if (!isThatProgram(program, name) || ONLY_TELLS.has(first)) return undefined;
  if (TOOLS.has(name)) return name;
  if (SYSTEM_TOOLS.has(name)) {
    const isChange = name === "login" || !own.includes(first);
    return isOfSystem(program) && isChange ? name : undefined;
  }
  const changes = Object.hasOwn(WITH_OPTIONS, name) ? WITH_OPTIONS[name] : undefined;
  return changes !== undefined && doesChange(changes, optionsOf(call), own) ? name : undefined;
}

/** Tool behind a link with another name; a link named after an applet runs that applet. */
export function linkedTool(
  file: string,
  args: readonly string[],
  own?: readonly string[],
): string | undefined {
  return MANY.has(commandName(file)) ? undefined : privilegeTool([file, ...args], own);
}

function isThatProgram(word: string, name: string): boolean {
  return word === name || word.endsWith(`/${name}`);
}

function isOfSystem(program: string): boolean {
  return !program.includes("/") || /^\/(?:usr\/)?s?bin\/[^/]*$/.test(program);
}

/** Words before the command that the tool starts. */
function optionsOf(call: readonly string[]): readonly string[] {
  const { words } = unwrap(call);
  const end = words.findIndex((word) => word === "--" || word === "==");
  return end === -1 ? words : words.slice(0, end);
}

function doesChange({ always, toOne }: Changes, options: readonly string[], own: readonly string[]): boolean {
  return options.some(
    (word, at) =>
      always.test(word) || (toOne?.test(word) === true && !isOwn(valueOf(word, options[at + 1]), own)),
  );
}

/** Value of an option: `--reuid=app`, `--reuid app`, `-capp`, `-c app`. */
function valueOf(option: string, next = ""): string {
  const [, attached] = /^(?:--[a-z]+=|-\w(?=.))(.+)$/.exec(option) ?? [];
  return attached ?? next;
}

function isOwn(value: string, own: readonly string[]): boolean {
  return value !== "" && value.split(":").every((part) => own.includes(part) || ITSELF.test(part));
}
