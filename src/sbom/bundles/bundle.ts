import type { PackageFacts } from "../../contract/package-facts.ts";
import { packagesAt } from "./module-paths.ts";
import { type SourceMapFacts, sourceMapIn } from "./source-map.ts";

/** A JavaScript file into which a bundler wrote the code of packages. */
export interface Bundle {
  /**
   * Name of the tool: `webpack`, `rollup`; `unknown` for a file too long or too dense to be written by hand.
   */
  readonly bundler: string;
  /** Set if the bundle loads modules of Node, so that it is not for browsers. */
  readonly isServer: boolean;
  readonly lines: number;
  /**
   * For server bundles: packages whose files are named in comments or module keys; version "" if it is not
   * stated.
   */
  readonly packages: readonly PackageFacts[];
}

interface Mark {
  readonly bundler: string;
  /** Texts for a cheap test of long files: every match of `form` contains at least one of these texts. */
  readonly sieve: readonly string[];
  readonly form: RegExp;
}

/** Facts about the packages in a JavaScript file or in its source map. */
export type ScriptFacts = ({ readonly is: "bundle" } & Bundle) | ({ readonly is: "map" } & SourceMapFacts);

/** @param path decides whether the file is a source map */
export function scriptFacts(path: string, bytes: Buffer): ScriptFacts | undefined {
  if (path.endsWith(".map")) {
    const map = sourceMapIn(bytes);
    return map && { is: "map", ...map };
  }
  const bundle = bundleIn(bytes);
  return bundle && { is: "bundle", ...bundle };
}

/** Texts that bundlers write around modules, unlike single-file compilers (tsc, Babel, SWC). */
const MARKS: readonly Mark[] = [
  {
    bundler: "webpack",
    sieve: ["function __", "__webpack_modules__", "webpackBootstrap"],
    form: /\bfunction __(?:nccwpck|webpack)_require__\(|\b__webpack_modules__ ?=|\/\/ webpackBootstrap\b/,
  },
  {
    // The minified runtime, where a module is created and called.
    bundler: "webpack",
    sieve: ["{exports:{}};return ", ".exports,"],
    form: /\{exports:\{\}\};return \w{1,4}\[\w{1,4}\](?:\.call)?\(|\.call\(\w{1,4}\.exports,\w{1,4},\w{1,4}\.exports,/,
  },
  {
    // `__toESM` alone proves nothing: it also occurs where packages are external.
    bundler: "esbuild",
    sieve: ["var __commonJS", "var __esm", "__commonJSMin"],
    form: /\bvar __(?:commonJS|esm) = |\b__commonJSMin\b/,
  },
  {
    // Minified wrapper of a CommonJS module: `((t={exports:{}}).exports,t)`; also used by Rolldown.
    bundler: "esbuild",
    sieve: ["}).exports,"],
    form: /\(\w{1,4} ?= ?\{ ?exports: ?\{ ?\} ?\}\)\.exports, ?\w{1,4}[,)]/,
  },
  {
    bundler: "rollup",
    sieve: ["FromCjs", "getAugmentedNamespace", "commonjs", "createCommonjsModule"],
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
    // The path of a module on its own line.
    bundler: "paths",
    sieve: ["node_modules/", ".yarn/"],
    form: /^\/\/(?:#region)? ?(?:\.\.?\/){0,20}(?:node_modules|\.yarn)\/[^\s"']{1,400}\.[cm]?[jt]sx?$/m,
  },
];
/**
 * Modules by number in webpack's minified output, `4126:(e,t,r)=>{` or `4126(e,t,r){`; three modules are
 * required.
 */
const NUMBERED = /[{,]"?\d{2,7}"?(?::(?:function)?)?\(\w(?:,\w){0,2}\)(?:=>)?\{/g;
const NUMBERED_MODULES = 3;
/** Characters searched for numbered modules. */
const NUMBERED_CHARACTERS = 512 * 1024;
/** Characters searched for marks, in files for Node and in possible browser files. */
const MARKED = 2 * 1024 ** 2;
const MARKED_OF_BROWSERS = 128 * 1024;
const LOADS = ["require(", 'from"', "from'", 'from "', "from '", 'import"', 'import "', "import '"];
const SERVER =
  /(?:\brequire\(|\bfrom ?|\bimport ?)["'](?:node:[a-z0-9_/]{2,20}|fs|fs\/promises|http|https|http2|path|net|child_process|crypto|os|stream|util|worker_threads|zlib|tls|dns|module|async_hooks|readline|perf_hooks|cluster|vm)["']/;
/** Size of a file, and average size of its lines, above which the file was not written by hand. */
const LONG = 512 * 1024;
const DENSE = 8 * 1024;
const DENSE_LINE = 500;

/** The bundle in a file; undefined for a source written by hand, or the output of a single-file compiler. */
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
