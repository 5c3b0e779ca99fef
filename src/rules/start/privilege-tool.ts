import { commandName } from "../../shell/wrappers.ts";

const TOOLS = new Set(
  "sudo su doas pkexec run0 gosu su-exec runuser chroot setuidgid s6-setuidgid s6-applyuidgid capsh".split(
    " ",
  ),
);

/** Tools that change the user only with one of these options. */
const WITH_OPTIONS: Readonly<Record<string, RegExp>> = {
  setpriv: /^--(?:reuid|regid|groups|init-groups|clear-groups|ambient-caps)\b/,
  chpst: /^-[uU]/,
  "start-stop-daemon": /^(?:-c|--chuid)/,
};

/** Programs that are many: the tool is the word behind them. */
const MANY = new Set(["busybox", "toybox"]);

/** The tool that changes the user in this command; `set -- gosu app "$@"` prepares the same call. */
export function privilegeTool(words: readonly string[]): string | undefined {
  const isPrepared = words[0] === "set" && words[1] === "--";
  const call = isPrepared ? words.slice(2) : MANY.has(commandName(words[0])) ? words.slice(1) : words;
  const name = commandName(call[0]);
  // `node sudo.js` and `/app/sudo.sh` are programs of the application's own.
  if (!isThatProgram(call[0], name)) return undefined;
  if (TOOLS.has(name)) return name;
  const needed = Object.hasOwn(WITH_OPTIONS, name) ? WITH_OPTIONS[name] : undefined;
  return needed !== undefined && call.some((word) => needed.test(word)) ? name : undefined;
}

/** The tool that a program of another name is, by the file that it links to; an applet's own name tells. */
export function linkedTool(file: string, args: readonly string[]): string | undefined {
  return MANY.has(commandName(file)) ? undefined : privilegeTool([file, ...args]);
}

function isThatProgram(word: string | undefined, name: string): boolean {
  return word === name || word?.endsWith(`/${name}`) === true;
}
