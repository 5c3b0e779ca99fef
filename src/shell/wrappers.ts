import { shellTokens } from "./tokens.ts";

/** Program that starts the command in its arguments, with the words that precede this command. */
interface Wrapper {
  /** Words after the program's name by which it starts a command: `exec` for `pnpm exec`. */
  readonly verbs?: readonly string[];
  /** Options that take the next word as their value. */
  readonly valued?: readonly string[];
  /** Number of arguments of the wrapper itself before the command: gosu has a user, timeout a duration. */
  readonly operands?: number;
  /** Set if `--` must precede the command. */
  readonly dashes?: true;
  /** Set if `NAME=value` before the command are assignments. */
  readonly assigns?: true;
  /** Options with which the program only prints the command's path. */
  readonly tells?: readonly string[];
  /**
   * Set if the program searches the command in its own folders (node_modules/.bin, a virtual environment), or
   * loads it as a file.
   */
  readonly own?: true;
  /** Set if the program loads the file that its argument names: `node sudo` does not start sudo. */
  readonly loads?: true;
  /** Set if the text of `-S TEXT` is split into words, which replace it. */
  readonly splits?: true;
}

const EXEC: Wrapper = { verbs: ["exec", "x", "dlx"], own: true };
const RUN: Wrapper = {
  verbs: ["run"],
  valued: ["--with", "--extra", "--group", "--python", "-p"],
  own: true,
};
const USER: Wrapper = { operands: 1 };

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  exec: { valued: ["-a"] },
  command: { tells: ["-v", "-V"] },
  env: { valued: ["-u", "--unset", "-C", "--chdir"], assigns: true, splits: true },
  xargs: { valued: ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"] },
  flock: { valued: ["-w", "-E"], operands: 1 },
  taskset: { operands: 1 },
  chrt: { operands: 1 },
  unshare: { valued: ["-R", "-w", "-S", "-G"] },
  "cross-env": { assigns: true },
  nohup: {},
  setsid: {},
  nice: { valued: ["-n"] },
  ionice: { valued: ["-c", "-n"] },
  stdbuf: { valued: ["-i", "-o", "-e"] },
  timeout: { valued: ["-k", "-s", "--kill-after", "--signal"], operands: 1 },
  tini: { valued: ["-p", "-e"] },
  "tini-static": { valued: ["-p", "-e"] },
  "dumb-init": { valued: ["-r", "--rewrite"] },
  catatonit: {},
  "docker-init": {},
  gosu: USER,
  "su-exec": USER,
  setuidgid: USER,
  "s6-setuidgid": USER,
  chpst: {
    valued: ["-u", "-U", "-b", "-/", "-n", "-l", "-L", "-m", "-d", "-o", "-p", "-f", "-c", "-r", "-t", "-e"],
  },
  sudo: { valued: ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-r", "-t", "-T", "-U"], assigns: true },
  doas: { valued: ["-u", "-C"] },
  setpriv: { valued: ["--reuid", "--regid", "--groups", "--inh-caps", "--bounding-set", "--ambient-caps"] },
  chroot: { operands: 1 },
  "with-contenv": {},
  "wait-for-it": { dashes: true },
  "wait-for": { dashes: true },
  dockerize: { valued: ["-wait", "-timeout", "-template", "-stdout", "-stderr"] },
  npx: { valued: ["-p", "--package"], own: true },
  bunx: { own: true },
  npm: { ...EXEC, dashes: true },
  pnpm: EXEC,
  yarn: EXEC,
  bundle: { verbs: ["exec"], own: true },
  poetry: RUN,
  pipenv: RUN,
  pdm: RUN,
  uv: RUN,
  "newrelic-admin": { verbs: ["run-program"] },
  "opentelemetry-instrument": {},
  "ddtrace-run": {},
  doppler: { verbs: ["run"], dashes: true },
  dotenv: { valued: ["-e", "-f", "-v"] },
  node: {
    valued: ["-r", "--require", "--import", "--loader", "-C", "--conditions", "-e", "-p", "--eval"],
    own: true,
    loads: true,
  },
  python: { valued: ["-X", "-W"], own: true, loads: true },
  ruby: { valued: ["-r", "-I"], own: true, loads: true },
  php: { valued: ["-S", "-t", "-d", "-c", "-f", "-r"], own: true, loads: true },
};

/** Command split into its own words and, for a wrapper, the command that it starts. */
export interface Unwrapped {
  readonly words: readonly string[];
  readonly assignments: readonly string[];
  readonly inner: readonly string[];
}

/**
 * Name of the program in a word: node for `/usr/local/bin/node`, vite for `node_modules/vite/bin/vite.js`,
 * python for `python3.12`.
 */
export function commandName(word = ""): string {
  const base = word.slice(word.lastIndexOf("/") + 1);
  const name = base.replace(/\.(?:[cm]?js|py|sh|rb|php)$/, "");
  return name.replace(/^(python|pypy|ruby|php|node)[\d.]+$/, "$1");
}

/** Splits `tini -- node server.js` into `tini --` and `node server.js`, one wrapper at a time. */
export function unwrap(words: readonly string[]): Unwrapped {
  const wrapper = wrapperOf(words);
  const whole = { words, assignments: [], inner: [] };
  if (wrapper === undefined || wrapper.tells?.includes(words[1] ?? "") === true) return whole;
  const apart = wrapper.splits === true ? splitApart(words) : undefined;
  if (apart !== undefined) {
    const { inner, assignments } = unwrap(apart);
    return inner.length === 0 ? whole : { words: words.slice(0, 2), assignments, inner };
  }
  if (wrapper.verbs !== undefined && !wrapper.verbs.includes(words[1] ?? "")) return whole;
  const after = wrapper.verbs === undefined ? 1 : 2;
  const start = wrapper.dashes ? words.indexOf("--", after) + 1 : startOfCommand(words, after, wrapper);
  if (start <= 0 || start >= words.length) return whole;
  const assignments = wrapper.assigns ? words.slice(after, start).filter(isAssignment) : [];
  return { words: words.slice(0, start), assignments, inner: words.slice(start) };
}

/** Command that a wrapper starts like execvp(3), found in PATH; empty for other commands. */
export function executedBy(words: readonly string[]): readonly string[] {
  return wrapperOf(words)?.own === true ? [] : unwrap(words).inner;
}

/** Whether the first word after the program's name is a file to load rather than a program to start. */
export function loadsFile(words: readonly string[]): boolean {
  return wrapperOf(words)?.loads === true;
}

/**
 * The words with the text of `-S` split: `env -S "sudo -E node" a.js` → `env sudo -E node a.js`; undefined
 * without such an option before the command.
 */
function splitApart(words: readonly string[]): readonly string[] | undefined {
  const at = words.findIndex((word, index) => index > 0 && !/^-[i0v]+$/.test(word));
  const [, attached] = /^(?:-[i0v]*S|--split-string(?:=|$))([^]*)$/.exec(words[at] ?? "") ?? [];
  if (attached === undefined) return undefined;
  const [text = "", rest] =
    attached === "" ? [words[at + 1], words.slice(at + 2)] : [attached, words.slice(at + 1)];
  const split = shellTokens(text).filter(({ kind }) => kind === "word");
  return [...words.slice(0, 1), ...split.map((token) => token.text), ...rest];
}

function wrapperOf(words: readonly string[]): Wrapper | undefined {
  const name = commandName(words[0]);
  return Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
}

function startOfCommand(words: readonly string[], after: number, wrapper: Wrapper): number {
  let operands = wrapper.operands ?? 0;
  let at = after;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    if (word === "-m" && commandName(words[0]) === "python") return at + 1;
    if (word.startsWith("-") && word.length > 1) at += wrapper.valued?.includes(word) ? 2 : 1;
    else if (wrapper.assigns && isAssignment(word)) at += 1;
    else if (operands > 0) {
      operands -= 1;
      at += 1;
    } else return at;
  }
  return at;
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}
