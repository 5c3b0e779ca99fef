import { posix } from "node:path";
import type { FileSelector } from "../../contract/file-selector.ts";
import type { FileFacts } from "../../contract/image-facts.ts";
import { flagsOf } from "../../shell/flags.ts";
import { isShellScript } from "../../shell/interpreter.ts";
import { shellCommands } from "../../shell/parse-commands.ts";
import { commandName } from "../../shell/wrappers.ts";
import { findAccount, imageAccounts } from "../../start/accounts.ts";
import { runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { asOrdinaryUser } from "../../start/root-branches.ts";
import type { StartedImage } from "../../start/started-image.ts";
import { privilegeTool } from "./privilege-tool.ts";
import { absolutePath } from "./writable-places.ts";

/** A change of user in a supervisor's configuration. */
export interface ServiceUser {
  /** Text that changes the user: `gosu`, or `user=root`. */
  readonly by: string;
  readonly path: string;
  readonly line: number;
}

/** Configurations of supervisord. */
const SUPERVISORD: FileSelector = {
  pattern:
    /\/supervisor[\w.-]{0,40}\.(?:conf|ini)$|\/supervisor[\w.-]{0,40}\/(?:[^/]{1,100}\/)?[^/]{1,100}\.(?:conf|ini)$/,
  type: "file",
  content: 64 * 1024,
};
/** Service scripts of s6, s6-overlay and runit, and their preparation scripts. */
const SERVICES: FileSelector = {
  pattern:
    /^\/(?:etc\/(?:services\.d|service|sv|s6-overlay|s6|runit|cont-init\.d)|service|run\/service|var\/service)\/.*\/?(?:run|up|finish|[1-3]|\d{1,3}[\w.-]{1,60})$/,
  type: "file",
  content: 16 * 1024,
};
export const SERVICE_FILES: readonly FileSelector[] = [SUPERVISORD, SERVICES];

const S6 = /^(?:s6-svscan|s6-overlay|init|runsvdir|runsvdir-start|runit|runit-init|svscan|my_init)$/;
const SERVICE_PATH =
  /^\/(?:etc\/(?:services\.d|service|sv|s6-overlay|s6|runit|cont-init\.d)|service|run\/service|var\/service)\//;
const CONFIGURATIONS = [
  "/etc/supervisord.conf",
  "/etc/supervisor/supervisord.conf",
  "/etc/supervisord/supervisord.conf",
];
/** A tool in an execline script, in which each command runs the rest of the line. */
const IN_CHAIN = /(?:^|\s)(s6-setuidgid|s6-applyuidgid|setuidgid|su-exec|gosu|sudo|setpriv)\s/;

/** Users that certainly started supervisors switch to; "unread" if their configuration was not found. */
export function serviceUsers(
  image: StartedImage,
  started: readonly StartedCommand[],
): readonly ServiceUser[] | "unread" {
  const found: ServiceUser[] = [];
  for (const { words } of started.filter(runsAlways)) {
    const name = commandName(words[0]);
    const of = name === "supervisord" ? ofSupervisord(image, words) : isS6(words) ? ofServices(image) : [];
    if (of === "unread") return "unread";
    found.push(...of);
  }
  return found;
}

/** Whether the command starts s6 or s6-overlay, whose program is /init. */
function isS6([word = ""]: readonly string[]): boolean {
  const name = commandName(word);
  return name === "init" || name === "boot"
    ? /^\/(?:init|etc\/s6-init\/init|sbin\/boot)$/.test(word)
    : S6.test(name);
}

function ofSupervisord(image: StartedImage, words: readonly string[]): readonly ServiceUser[] | "unread" {
  const named = flagsOf(words).find(({ name }) => name === "-c" || name === "--configuration")?.value;
  const wanted = named === undefined ? CONFIGURATIONS : [absolutePath(image, named)];
  const files = visible(image, /\/supervisor/);
  const main = image.files.find(({ path, content }) => wanted.includes(path) && content !== undefined);
  if (main === undefined || main.truncated === true) return "unread";
  const all = [main, ...files.filter(({ path }) => path !== main.path && includes(main, path))];
  return all.flatMap((file) => ofConfiguration(image, file));
}

/**
 * Test that a supervisord configuration includes a file by `[include]`. The patterns there are relative to the
 * configuration's folder; every file of a folder that a pattern names counts.
 */
function includes({ path: main, content = "" }: FileFacts, path: string): boolean {
  const here = posix.dirname(main);
  const patterns = [...content.matchAll(/^\s{0,20}files\s{0,20}=\s{0,20}([^\r\n;]{1,500})/gm)].flatMap(
    ([, list]) => String(list).trim().replaceAll("%(here)s", here).split(/\s+/),
  );
  return patterns.some((pattern) => path.startsWith(posix.resolve(here, posix.dirname(pattern))));
}

function ofConfiguration(image: StartedImage, { path, content = "" }: FileFacts): readonly ServiceUser[] {
  return content.split("\n").flatMap((text, index) => {
    const [, key, value = ""] = /^\s{0,20}(user|command)\s{0,20}=\s{0,20}([^\r;]{1,2000})/.exec(text) ?? [];
    const line = index + 1;
    if (key === "user")
      return isSameUser(image, value.trim()) ? [] : [{ by: `user=${value.trim()}`, path, line }];
    const tool = key === "command" ? privilegeTool(value.trim().split(/\s+/)) : undefined;
    return tool === undefined ? [] : [{ by: tool, path, line }];
  });
}

/** Whether the configured user is the current one, so that supervisord does not switch users. */
function isSameUser(image: StartedImage, wanted: string): boolean {
  const own = image.config.user.replace(/:.*$/s, "");
  const { accounts } = imageAccounts(image);
  const uid = findAccount(accounts, /^\d+$/.test(own) ? Number(own) : own)?.uid ?? Number(own);
  const asked = /^\d+$/.test(wanted) ? Number(wanted) : findAccount(accounts, wanted)?.uid;
  return wanted === own || (asked !== undefined && asked === uid && asked !== 0);
}

function ofServices(image: StartedImage): readonly ServiceUser[] | "unread" {
  const files = visible(image, SERVICE_PATH);
  if (files.length === 0) return "unread";
  return files.flatMap(({ path, content = "" }) => {
    if (!isShellScript(content)) return inChain(path, content);
    return asOrdinaryUser(shellCommands(content))
      .filter(runsAlways)
      .flatMap(({ words, line }) => {
        const call = words[0] === "exec" ? words.slice(1) : words;
        const tool = privilegeTool(call);
        return tool === undefined ? [] : [{ by: tool, path, line }];
      });
  });
}

function inChain(path: string, content: string): readonly ServiceUser[] {
  return content.split("\n").flatMap((text, index) => {
    const tool = text.trimStart().startsWith("#") ? undefined : IN_CHAIN.exec(text)?.[1];
    return tool === undefined ? [] : [{ by: tool, path, line: index + 1 }];
  });
}

function visible({ files }: StartedImage, path: RegExp): readonly FileFacts[] {
  return files.filter(
    (file) => file.hidden === undefined && file.content !== undefined && path.test(file.path),
  );
}
