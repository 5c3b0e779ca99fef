import type { PackageFacts } from "../../contract/package-facts.ts";
import { packagesAt } from "./module-paths.ts";
import { type SourceMapFacts, sourceMapIn } from "./source-map.ts";

/** A file of JavaScript into which a bundler wrote the code of packages. */
export interface Bundle {
  /** `webpack`, `rollup`; `unknown`: as long, or as dense, as nobody writes it. */
  readonly bundler: string;
  /** It loads modules of Node: a browser does not run it. */
  readonly isServer: boolean;
  readonly lines: number;
  /** Of what Node runs: packages whose files its comments and its keys of modules name; "" as the version where they tell none. */
  readonly packages: readonly PackageFacts[];
}

interface Mark {
  readonly bundler: string;
  /** Texts of which one stands in what the form matches: quickly told of long files. */
  readonly sieve: readonly string[];
  readonly form: RegExp;
}

/** What a file of JavaScript, or a source map of one, says of the packages in it. */
export type ScriptFacts = ({ readonly is: "bundle" } & Bundle) | ({ readonly is: "map" } & SourceMapFacts);

/** @param path words whether it is a map */
export function scriptFacts(path: string, bytes: Buffer): ScriptFacts | undefined {
  if (path.endsWith(".map")) {
    const map = sourceMapIn(bytes);
    return map && { is: "map", ...map };
  }
  const bundle = bundleIn(bytes);
  return bundle && { is: "bundle", ...bundle };
}

/** What bundlers write around the modules of packages, and compilers of one file (tsc, Babel, SWC) do not. */
const MARKS: readonly Mark[] = [
  {
    bundler: "webpack",
    sieve: ["function __", "__webpack_modules__", "webpackBootstrap"],
    form: /\bfunction __(?:nccwpck|webpack)_require__\(|\b__webpack_modules__ ?=|\/\/ webpackBootstrap\b/,
  },
  {
    // Its runtime, minified: a module is made and called.
    bundler: "webpack",
    sieve: ["{exports:{}};return ", ".exports,"],
    form: /\{exports:\{\}\};return \w{1,4}\[\w{1,4}\](?:\.call)?\(|\.call\(\w{1,4}\.exports,\w{1,4},\w{1,4}\.exports,/,
  },
  {
    // `__toESM` alone says nothing: it also stands where packages are left outside.
    bundler: "esbuild",
    sieve: ["var __commonJS", "var __esm", "__commonJSMin"],
    form: /\bvar __(?:commonJS|esm) = |\b__commonJSMin\b/,
  },
  {
    // What wraps a module of CommonJS, minified: `((t={exports:{}}).exports,t)`. Rolldown has it, too.
    bundler: "esbuild",
    sieve: ["}).exports,"],
    form: /\(\w{1,4} ?= ?\{ ?exports: ?\{ ?\} ?\}\)\.exports, ?\w{1,4}[,)]/,
  },
  {
    bundler: "rollup",
    sieve: ["FromCjs", "getAugmentedNamespace", "commonjs"],
    form: /\bfunction (?:getDefaultExportFromCjs|getAugmentedNamespace|commonjsRequire|createCommonjsModule)\b|\bcommonjsGlobal ?=/,
  },
  {
    bundler: "rollup",
    sieve: ['"default")?', "={exports:{}},"],
    form: /hasOwnProperty\.call\(\w{1,3},"default"\)\?\w{1,3}\.default:|\w=\{exports:\{\}\},\w{1,3}=\{exports:\{\}\}/,
  },
  {
    bundler: "parcel",
    sieve: ["parcelRequire", "$parcel$"],
    form: /\bparcelRequire\w{0,20} ?=|\$parcel\$(?:require|export|interopDefault)\b/,
  },
  { bundler: "browserify", sieve: ["typeof require&&require"], form: /\btypeof require&&require\b/ },
  {
    bundler: "turbopack",
    sieve: ["TURBOPACK", "__turbopack_"],
    form: /\bTURBOPACK\b|__turbopack_\w{1,30}__/,
  },
  { bundler: "bun", sieve: ["// @bun"], form: /^(?:#![^\n]{0,100}\n)?\/\/ @bun\b/ },
  {
    // Where a module comes from, on a line of its own.
    bundler: "paths",
    sieve: ["node_modules/", ".yarn/"],
    form: /^\/\/(?:#region)? ?(?:\.\.?\/){0,20}(?:node_modules|\.yarn)\/[^\s"']{1,400}\.[cm]?[jt]sx?$/m,
  },
];
/** webpack's modules by number, minified: `4126:(e,t,r)=>{`, `4126(e,t,r){`; three of them are no accident. */
const NUMBERED = /[{,]"?\d{2,7}"?(?::(?:function)?)?\(\w(?:,\w){0,2}\)(?:=>)?\{/g;
const NUMBERED_MODULES = 3;
/** Characters in which these show. */
const NUMBERED_CHARACTERS = 512 * 1024;
/** Characters in which marks show, of what Node runs, and of what may be a browser's. */
const MARKED = 2 * 1024 ** 2;
const MARKED_OF_BROWSERS = 128 * 1024;
const LOADS = ["require(", 'from"', "from'", 'from "', "from '", 'import"', 'import "', "import '"];
const SERVER =
  /(?:\brequire\(|\bfrom ?|\bimport ?)["'](?:node:[a-z_/]{2,20}|fs|fs\/promises|http|https|http2|path|net|child_process|crypto|os|stream|util|worker_threads|zlib|tls|dns|module|async_hooks|readline|perf_hooks|cluster|vm)["']/;
/** Bytes that people write into no file, and those of a line on average in what no people wrote. */
const LONG = 512 * 1024;
const DENSE = 8 * 1024;
const DENSE_LINE = 500;

/** Undefined: a source as people write it, or a compiler makes of one. */
export function bundleIn(bytes: Buffer): Bundle | undefined {
  const text = bytes.toString("latin1");
  const begin = text.slice(0, MARKED);
  const isServer = holds(begin, LOADS) && SERVER.test(begin);
  const lines = linesOf(bytes);
  const marked = markedBy(isServer ? begin : text.slice(0, MARKED_OF_BROWSERS));
  const bundler = marked ?? (isWritten(bytes.length, lines) ? undefined : "unknown");
  if (bundler === undefined) return undefined;
  return { bundler, isServer, lines, packages: isServer ? packagesAt(text) : [] };
}

function markedBy(text: string): string | undefined {
  const known = MARKS.find(({ sieve, form }) => holds(text, sieve) && form.test(text));
  if (known !== undefined) return known.bundler;
  let modules = 0;
  for (const _ of text.slice(0, NUMBERED_CHARACTERS).matchAll(NUMBERED)) {
    modules += 1;
    if (modules === NUMBERED_MODULES) return "webpack";
  }
  return undefined;
}

function holds(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

function isWritten(bytes: number, lines: number): boolean {
  return bytes < LONG && (bytes < DENSE || bytes / lines < DENSE_LINE);
}

function linesOf(bytes: Buffer): number {
  let lines = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

const NEWLINE = 0x0a;
