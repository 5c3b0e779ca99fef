import type { FileSelector } from "../contract/file-selector.ts";
import type { Condition } from "../shell/conditions.ts";
import { interpreterOf } from "../shell/interpreter.ts";
import { shellCommands } from "../shell/parse-commands.ts";
import { type ShellMode, shellMode, startupVariable } from "../shell/shells.ts";
import { unwrap } from "../shell/wrappers.ts";
import { findAccount, imageAccounts, PASSWD_FILE } from "./accounts.ts";
import type { StartedCommand } from "./command-place.ts";
import { interactivity } from "./interactivity.ts";
import { shellStep, shellSteps } from "./shell-steps.ts";
import { startedCommands } from "./started-commands.ts";
import type { StartedImage } from "./started-image.ts";

const CONTENT = { type: "file", content: 64 * 1024 } as const;

/** Files that shells read before their command, by fixed names: of the machine, and of the user's home. */
export const STARTUP_FILES: readonly FileSelector[] = [
  {
    ...CONTENT,
    paths: ["profile", "bash.bashrc", "bashrc", "bash/bashrc"]
      .concat(["zshenv", "zprofile", "zshrc", "zlogin"].flatMap((name) => [name, `zsh/${name}`]))
      .map((name) => `/etc/${name}`),
  },
  { ...CONTENT, under: ["/etc/profile.d"], suffixes: [".sh"] },
  {
    ...CONTENT,
    names: [
      ".profile",
      ".bash_profile",
      ".bash_login",
      ".bashrc",
      ".zshenv",
      ".zprofile",
      ".zshrc",
      ".zlogin",
    ],
  },
  PASSWD_FILE,
];

/** What shells of the start read before their command. */
export interface StartupCommands {
  /** Commands of the files, in the order of the files; before the commands of startedCommands(). */
  readonly commands: readonly StartedCommand[];
  /** Paths of files whose text is not known: too long, or named by the manifest alone. */
  readonly unread: readonly string[];
}

/**
 * Commands by which the start-up files of the start's shells set variables: of a login shell (`bash -lc`,
 * `#!/bin/bash -l`), of an interactive one, of every zsh, and the file that BASH_ENV or ENV names. Of a file that such
 * a file reads, only start-up files are followed. The bounds of startedCommands() apply.
 *
 * @throws InvalidInputError as startedCommands()
 */
export function startupCommands(image: StartedImage): StartupCommands {
  const shells = new Map(shellsOf(image).map((shell) => [JSON.stringify(shell), shell]));
  const readings = [...shells.values()].map((shell) => new StartupReading(image, shell));
  const commands = new Map(
    readings.flatMap((reading) => reading.read()).map((one) => [JSON.stringify([one.at, one.words]), one]),
  );
  return {
    commands: [...commands.values()],
    unread: [...new Set(readings.flatMap(({ unread }) => unread))],
  };
}

/** A shell of the start, and the account whose files it reads if a tool gives it one. */
interface Shell {
  readonly mode: ShellMode;
  readonly account?: string;
}

/** How each shell of the start begins. */
function shellsOf(image: StartedImage): readonly Shell[] {
  return [
    ...startedCommands(image).map(({ words }) => words),
    ...shellSteps(image).map(({ script }) => innermost(interpreterOf(script))),
  ].flatMap((words): readonly Shell[] => {
    const mode = shellMode(words);
    return mode === undefined ? loginOf(words) : [{ mode }];
  });
}

/** Login shell that su or runuser starts for an account: `su - app -c COMMAND`. */
function loginOf(words: readonly string[]): readonly Shell[] {
  const [tool = "", ...rest] = words;
  if (!/(?:^|\/)(?:su|runuser)$/.test(tool) || !rest.some((word) => /^(?:-|-l|--login)$/.test(word)))
    return [];
  const account = rest.find(
    (word, at) => !word.startsWith("-") && !/^-(?:c|s|-command|-shell)$/.test(rest[at - 1] ?? ""),
  );
  return [{ mode: { name: "sh", isLogin: true, isInteractive: false }, account: account ?? "root" }];
}

function innermost(words: readonly string[]): readonly string[] {
  const { inner } = unwrap(words);
  return inner.length > 0 ? inner : words;
}

/** Files on which a group of names agrees: the first that exists is read. */
type Group = readonly string[];

/** Start-up files of one shell, as it reads them. */
class StartupReading {
  readonly unread: string[] = [];
  readonly #image: StartedImage;
  readonly #mode: ShellMode;
  readonly #home: string;
  readonly #seen = new Set<string>();

  constructor(image: StartedImage, { mode, account }: Shell) {
    this.#image = image;
    this.#mode = mode;
    this.#home = account === undefined ? homeOf(image) : homeOfAccount(image, account);
  }

  read(): readonly StartedCommand[] {
    return [...this.#ofVariable(), ...this.#groups().flatMap((group) => this.#first(group))];
  }

  #groups(): readonly Group[] {
    const { name, isLogin, isInteractive } = this.#mode;
    if (name === "zsh") {
      const names = [
        "zshenv",
        isLogin ? "zprofile" : "",
        isInteractive ? "zshrc" : "",
        isLogin ? "zlogin" : "",
      ];
      const own = valueOf(this.#image, "ZDOTDIR") ?? this.#home;
      return names.flatMap((one) =>
        one === "" ? [] : [[`/etc/zsh/${one}`, `/etc/${one}`], [`${own}/.${one}`]],
      );
    }
    const own = name === "bash" ? [".bash_profile", ".bash_login", ".profile"] : [".profile"];
    if (isLogin) return [["/etc/profile"], ...this.#profiles(), own.map((one) => `${this.#home}/${one}`)];
    if (name !== "bash" || !isInteractive) return [];
    return [["/etc/bash.bashrc", "/etc/bash/bashrc"], [`${this.#home}/.bashrc`]];
  }

  #profiles(): readonly Group[] {
    const paths = this.#image.files.map(({ path }) => path).filter((path) => PROFILE.test(path));
    return [...new Set(paths)].toSorted().map((path) => [path]);
  }

  #first(group: Group): readonly StartedCommand[] {
    const exists = group.find((path) =>
      this.#image.files.some((file) => file.path === path && file.hidden === undefined),
    );
    return exists === undefined ? [] : this.#file(exists, []);
  }

  /** Commands of a file, each followed by those of a start-up file that it reads. */
  #file(path: string, around: readonly Condition[]): readonly StartedCommand[] {
    if (this.#seen.has(path)) return [];
    this.#seen.add(path);
    const file = this.#image.files.find((one) => one.path === path && one.hidden === undefined);
    if (file?.truncated === true) this.unread.push(path);
    return file?.truncated === true ? [] : this.#text(path, file?.content ?? "", around);
  }

  #text(path: string, text: string, around: readonly Condition[]): readonly StartedCommand[] {
    const { isInteractive } = this.#mode;
    return shellCommands(text).flatMap((command) => {
      const judged = command.conditions.map((one) => ({ one, holds: interactivity(one, isInteractive) }));
      if (command.within !== undefined || judged.some(({ holds }) => holds === false)) return [];
      const open = judged.filter(({ holds }) => holds === undefined).map(({ one }) => one);
      const conditions = [...around, ...open];
      const own = { ...command, conditions, at: { path, line: command.line } };
      return [own, ...this.#source(own)];
    });
  }

  /** Commands of the start-up file that `. FILE` reads; tests for files and for bash hold where it is read. */
  #source({ words: [name, file = ""], conditions }: StartedCommand): readonly StartedCommand[] {
    if (name !== "." && name !== "source") return [];
    const path = file.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/)/, this.#home);
    return this.#file(
      path,
      conditions.filter(({ words }) => !OF_EXISTENCE.test(words.join(" "))),
    );
  }

  /** Commands of the file that BASH_ENV or ENV names; it is a step of the program if the image names it. */
  #ofVariable(): readonly StartedCommand[] {
    const variable = startupVariable(this.#mode);
    const name = variable === undefined ? undefined : valueOf(this.#image, variable);
    if (variable === undefined || name === undefined || name === "") return [];
    const step = shellStep(this.#image, name);
    if (step !== undefined) return this.#text(step.file, step.script, []);
    if (this.#image.manifest?.env.has(variable) === true) this.unread.push(name);
    return [];
  }
}

const PROFILE = /^\/etc\/profile\.d\/[^/]{1,200}\.sh$/;
/** A test for a file, or for bash. */
const OF_EXISTENCE =
  /^(?:\[{1,2}|test) (?:-[defhrsx] \S{1,200}|(?:-n )?\S{0,3}\$\{?BASH\S{0,20})(?: \]{1,2})?$/;

/** Value of a variable of the container; undefined if it is unset. */
function valueOf({ config }: StartedImage, variable: string): string | undefined {
  return config.env.find((entry) => entry.startsWith(`${variable}=`))?.slice(variable.length + 1);
}

/** HOME as the container sets it, without a slash at its end: its variable, or the account's in /etc/passwd. */
function homeOf(image: StartedImage): string {
  const home = valueOf(image, "HOME");
  return home === undefined
    ? homeOfAccount(image, image.config.user.replace(/:.*$/s, ""))
    : home.replace(/\/$/, "");
}

function homeOfAccount(image: StartedImage, user: string): string {
  const account = findAccount(imageAccounts(image).accounts, /^\d*$/.test(user) ? Number(user) : user);
  return (account?.home ?? "").replace(/\/$/, "");
}
