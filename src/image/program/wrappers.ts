/** A program that replaces itself by, or starts, the command in its arguments. */
interface Wrapper {
  /** Options that take the next word as their value. */
  readonly valued?: readonly string[];
  /** Arguments of its own before the command: the user of gosu. */
  readonly operands?: number;
}

const USER: Wrapper = { operands: 1 };

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ["env", { valued: ["-u", "--unset", "-C", "--chdir"] }],
  ["tini", { valued: ["-p", "-e"] }],
  ["tini-static", { valued: ["-p", "-e"] }],
  ["docker-init", {}],
  ["dumb-init", { valued: ["-r", "--rewrite"] }],
  ["catatonit", {}],
  ["gosu", USER],
  ["su-exec", USER],
  ["setuidgid", USER],
  ["s6-setuidgid", USER],
  ["chroot", USER],
  ["sudo", { valued: ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-r", "-t", "-T", "-U"] }],
  ["doas", { valued: ["-u", "-C"] }],
  [
    "setpriv",
    { valued: ["--reuid", "--regid", "--groups", "--inh-caps", "--ambient-caps", "--bounding-set"] },
  ],
  ["nohup", {}],
  ["setsid", {}],
  ["nice", { valued: ["-n"] }],
  ["stdbuf", { valued: ["-i", "-o", "-e"] }],
  ["timeout", { valued: ["-k", "-s", "--kill-after", "--signal"], operands: 1 }],
  ["with-contenv", {}],
]);

const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "zsh"]);

/** The command that this one starts, when it is a wrapper; undefined otherwise. */
export function wrappedCommand(name: string, words: readonly string[]): readonly string[] | undefined {
  const wrapper = WRAPPERS.get(name);
  if (wrapper === undefined) return undefined;
  const split = name === "env" ? splitString(words) : words;
  let operands = wrapper.operands ?? 0;
  for (let at = 1; at < split.length; at++) {
    const word = split[at] ?? "";
    if (wrapper.valued?.includes(word) === true) at++;
    else if (word.startsWith("-") || isAssignment(word)) continue;
    else if (operands > 0) operands--;
    else return split.slice(at);
  }
  return undefined;
}

/** `sh -c COMMAND` or `sh SCRIPT`; undefined for other programs. */
export function shellArgument(
  name: string,
  words: readonly string[],
): { readonly command: string } | { readonly script: readonly string[] } | undefined {
  if (!SHELLS.has(name)) return undefined;
  const at = words.findIndex((word, index) => index > 0 && !/^[-+]|^pipefail$/.test(word));
  if (at === -1) return undefined;
  const hasCommand = words.slice(1, at).some((word) => /^-[a-z]*c[a-z]*$/.test(word));
  return hasCommand ? { command: words[at] ?? "" } : { script: words.slice(at) };
}

export function isShell(name: string): boolean {
  return SHELLS.has(name);
}

/** `env -S "node --flag"`, as `#!` lines have it: the string is words. */
function splitString(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (words[index - 1] === "-S" || words[index - 1] === "--split-string") return word.split(/\s+/);
    const joined = /^(?:-[a-z]*S|--split-string=)(.+)$/.exec(word)?.[1];
    return joined === undefined ? [word] : joined.trim().split(/\s+/);
  });
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}
