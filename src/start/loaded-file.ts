import { commandName, unwrap } from "../shell/wrappers.ts";

/** A source file given to an interpreter: `python3 portal.py`, `node dist/main`, `python -m portal`. */
export interface LoadedFile {
  /** Name as written. */
  readonly name: string;
  /**
   * Paths at which the interpreter looks for the file, in order of preference, relative to the working
   * directory.
   */
  readonly candidates: readonly string[];
}

interface Language {
  /** Options whose value is the next word. */
  readonly valued: RegExp;
  /** Options whose value is the program itself. */
  readonly code?: RegExp;
  /** Subcommands before the file: `deno run x.ts`. */
  readonly verbs?: readonly string[];
  readonly endings: readonly string[];
}

const NODE: Language = {
  valued: /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions)$/,
  code: /^(?:-e|-p|-pe|--eval|--print)$/,
  endings: ["", ".js", ".cjs", ".mjs", "/index.js"],
};
const LANGUAGES: Readonly<Record<string, Language>> = {
  python: { valued: /^-[XW]$/, code: /^-[A-Za-z]{0,5}c$/, endings: ["", "/__main__.py"] },
  pypy: { valued: /^-[XW]$/, code: /^-c$/, endings: ["", "/__main__.py"] },
  node: NODE,
  tsx: NODE,
  "ts-node": NODE,
  bun: { ...NODE, verbs: ["run"], endings: ["", ".ts", ".js", "/index.ts", "/index.js"] },
  deno: { valued: /^(?:-c|--config|--import-map)$/, verbs: ["run", "serve"], endings: [""] },
  ruby: { valued: /^-[rIC]$/, code: /^-e$/, endings: [""] },
  perl: { valued: /^-I$/, code: /^-[A-Za-z]{0,5}[eE]$/, endings: [""] },
  php: { valued: /^-[dcStz]$/, code: /^-r$/, endings: [""] },
  lua: { valued: /^-l$/, code: /^-e$/, endings: [""] },
  tclsh: { valued: /^-encoding$/, endings: [""] },
};

/** Language whose interpreter a command calls. */
function languageOf(words: readonly string[]): Language | undefined {
  const name = commandName(words[0]).replace(/(?<=[a-z])[\d.]+$/, "");
  return Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined;
}

/**
 * File that an interpreter loads by this command; undefined for other commands, and if the code is an
 * argument.
 */
export function loadedFile(words: readonly string[]): LoadedFile | undefined {
  const language = languageOf(words);
  if (language === undefined) return undefined;
  let at = language.verbs?.includes(words[1] ?? "") === true ? 2 : 1;
  for (let word = words[at]; word !== undefined; at += 1, word = words[at]) {
    if (language.code?.test(word) === true) return undefined;
    if (word === "-m" && commandName(words[0]).startsWith("py")) return moduleOf(words[at + 1]);
    if (language.valued.test(word)) at += 1;
    else if (word !== "--" && !/^-./.test(word)) {
      return { name: word, candidates: language.endings.map((ending) => `${word}${ending}`) };
    }
  }
  return undefined;
}

/** Text in `python -c TEXT` or `node -e TEXT`. */
export function inlineCode(words: readonly string[]): string | undefined {
  const { code } = languageOf(words) ?? {};
  const at = code === undefined ? -1 : words.findIndex((word, index) => index > 0 && code.test(word));
  return at === -1 ? undefined : words[at + 1];
}

/** File of a module: `python -m portal.web`. */
function moduleOf(name = ""): LoadedFile | undefined {
  if (!/^[\w.]{1,200}$/.test(name)) return undefined;
  const path = name.replaceAll(".", "/");
  return { name, candidates: [`${path}.py`, `${path}/__main__.py`] };
}

/** File loaded by a command after wrappers: `poetry run python app.py`. */
export function loadedBehind(words: readonly string[]): LoadedFile | undefined {
  for (let rest = words; rest.length > 0; rest = unwrap(rest).inner) {
    const loaded = loadedFile(rest);
    if (loaded !== undefined) return loaded;
    if (languageOf(rest) !== undefined) return undefined;
  }
  return undefined;
}
