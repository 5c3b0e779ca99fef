import { describe, expect, test } from "vitest";
import { bundleIn, scriptFacts } from "./bundle.ts";

const HTTP = 'const http = require("node:http");\n';

function bundlerOf(text: string): string | undefined {
  return bundleIn(Buffer.from(text))?.bundler;
}

describe("what a bundler wrote, as it begins", () => {
  // Excerpts of each tool's output for one program with express, ms or nanoid.
  test.each([
    ["webpack", "webpack 5", "/******/ (() => { // webpackBootstrap\n"],
    ["webpack", "webpack 5, unminified", "var __webpack_modules__ = ({\n"],
    ["webpack", "webpack's own function", "/******/ function __webpack_require__(moduleId) {\n"],
    ["webpack", "ncc", "/******/ function __nccwpck_require__(moduleId) {\n"],
    [
      "webpack",
      "webpack 5, minified",
      "(()=>{var e={2594(e,a,n){n(1297)},1297(e){e.exports=1},6049:(e,t)=>{}}",
    ],
    ["webpack", "its runtime, minified", "var a=s[n]={exports:{}};return e[n](a,a.exports,r),a.exports}"],
    ["webpack", "its runtime with a call", "e[t].call(o.exports,o,o.exports,n),o.loaded=!0"],
    ["esbuild", "esbuild", "var __commonJS = (cb, mod) => function __require() {\n"],
    ["esbuild", "esbuild's modules of ECMAScript", "var __esm = (fn, res) => function __init() {\n"],
    ["esbuild", "esbuild, minified", "var c=(e,t)=>()=>(t||e((t={exports:{}}).exports,t),t.exports);"],
    ["esbuild", "rolldown", "var __commonJSMin = (cb, mod) => () => (mod || cb());\n"],
    [
      "esbuild",
      "rolldown, minified",
      "var e=(e,t)=>()=>(t||(e((t={exports:{}}).exports,t,t.exports),e=null),t.exports)",
    ],
    ["rollup", "rollup", "function getDefaultExportFromCjs (x) {\n"],
    ["rollup", "rollup's namespaces", "function getAugmentedNamespace(n) {\n"],
    ["rollup", "rollup's require", "function commonjsRequire(path) {\n"],
    ["rollup", "rollup 2", "function createCommonjsModule(fn) {\n"],
    ["rollup", "rollup's global", "var commonjsGlobal = typeof globalThis;\n"],
    ["rollup", "rollup, minified", 'hasOwnProperty.call(e,"default")?e.default:e}var h,x,g={}'],
    ["rollup", "rollup's modules, minified", "var h,g={},b={exports:{}},y={exports:{}};function w(){}"],
    ["parcel", "parcel", 'var parcelRequire = $parcel$global["parcelRequire94c2"];\n'],
    ["parcel", "parcel's exports", "$parcel$export(module.exports, 'a', () => a);\n"],
    ["parcel", "parcel's require", "var a = $parcel$require('x');\n"],
    ["parcel", "parcel's defaults", "var b = $parcel$interopDefault(a);\n"],
    ["browserify", "browserify", 'var c="function"==typeof require&&require;if(!f&&c)return c(i,!0);'],
    ["turbopack", "Next.js", "(globalThis.TURBOPACK = globalThis.TURBOPACK || []).push([\n"],
    ["turbopack", "its functions", "var { a: __turbopack_require__ } = b;\n"],
    ["paths", "Yarn's", "// ../.yarn/cache/ms-npm-2.1.3-81ff3cfac1.zip/node_modules/ms/index.cjs\n"],
    ["paths", "folders above", "// ../../node_modules/ms/index.mts\n"],
    ["paths", "only modules of ECMAScript", "// node_modules/nanoid/index.js\nexport {}\n"],
    ["paths", "pnpm's", "//#region node_modules/.pnpm/ms@2.1.3/node_modules/ms/index.js\n"],
  ])("%s: %s", (bundler, _, text) => {
    expect(bundlerOf(HTTP + text)).toBe(bundler);
  });

  test("bun's first line", () => {
    expect(bundlerOf(`// @bun\n${HTTP}`)).toBe("bun");
    expect(bundlerOf(`#!/usr/bin/env bun\n// @bun\n${HTTP}`)).toBe("bun");
  });
});

describe("what is none", () => {
  test.each([
    ["written by people", 'const app = require("express")();\napp.listen(8080);\n'],
    [
      "tsc",
      "var __importDefault = (this && this.__importDefault) || function (mod) {};\nexports.default = A;\n",
    ],
    [
      "SWC",
      "function _interop_require_default(obj) {\n  return obj && obj.__esModule ? obj : { default: obj };\n}\n",
    ],
    ["esbuild that bundles no packages", "var __toESM = (mod, isNodeMode, target) => (target = mod);\n"],
    ["a question whether webpack is there", 'const r = typeof __webpack_require__ === "function" ? 1 : 2;\n'],
    ["words of webpack in a text", 'console.log("function __webpack_require__ is its name");\n'],
    ["a path in a text", 'readFileSync("node_modules/express/package.json");\n'],
    ["a comment about a folder", "// node_modules/.bin is on PATH\n"],
    ["an own module pattern", "const module = { exports: {} };\n"],
    ["an empty file", ""],
    ["another function of two underscores", "function __webpack_require__s(a) {\n"],
    ["a name that ends like webpack's", "var my__webpack_modules__ = {};\n"],
    ["a name that begins like webpack's mark", "// webpackBootstraps\n"],
    ["a name that ends like esbuild's", "myvar __commonJS = 1; my__commonJSMin = 2;\n"],
    ["a name that begins like esbuild's", "var x__commonJSMins = 1;\n"],
    ["a function that ends like rollup's", "function getDefaultExportFromCjsModule(x) {\n"],
    ["a word that ends like a function", "myfunction getAugmentedNamespace(x) {\n"],
    ["a global that ends like rollup's", "var mycommonjsGlobal = 1;\n"],
    ["a global that ends like parcel's", "var myparcelRequire = 1;\n"],
    ["a function that begins like parcel's", "var a = $parcel$requires('x');\n"],
    ["a word before browserify's", 'var c="function"==mytypeof require&&require;\n'],
    ["a word behind browserify's", 'var c="function"==typeof require&&required;\n'],
    ["a word around Next.js's", "var TURBOPACKS = MYTURBOPACK;\n"],
    ["bun's comment elsewhere", "// @bun\n"],
    ["a module behind something else", "a(); // ../node_modules/ms/index.js\n"],
    ["a module before something else", "// ../node_modules/ms/index.js is read\n"],
    ["a module of another kind", "// ../node_modules/ms/index.json\n"],
  ])("%s", (_, text) => {
    expect(bundlerOf(text === "" ? "" : HTTP + text)).toBeUndefined();
  });

  test("a table of numbers that calls nothing", () => {
    expect(
      bundlerOf(`${HTTP}const table = {404: "not found", 500: "error", 502: "gateway"};`),
    ).toBeUndefined();
  });
});

test("what is as dense, or as long, as nobody writes it", () => {
  const dense = `${HTTP}${"a();".repeat(3_000)}`;
  expect(bundlerOf(dense)).toBe("unknown");
  expect(bundlerOf(dense.replaceAll(";", ";\n"))).toBeUndefined();
  expect(bundlerOf(HTTP + "a();\n".repeat(110_000))).toBe("unknown");
  expect(bundlerOf(`${HTTP}${"a();".repeat(100)}`)).toBeUndefined();
});

/** Modules of Node that bundles for browsers do not load. */
const NODE_MODULES =
  "fs fs/promises http https http2 path net child_process crypto os stream util worker_threads zlib tls dns module async_hooks readline perf_hooks cluster vm";

test.each(NODE_MODULES.split(" "))("what loads %s is for Node, in each way of loading", (name) => {
  const isServer = (line: string) =>
    bundleIn(Buffer.from(`${line}\n// node_modules/nanoid/index.js\n`))?.isServer;
  const lines = [
    `var a=require("${name}")`,
    `var a=require('${name}')`,
    `import a from"${name}"`,
    `import a from'${name}'`,
    `import a from "${name}"`,
    `import a from '${name}'`,
    `import"${name}"`,
    `import "${name}"`,
    `import '${name}'`,
    `import a from "node:${name}"`,
  ];
  expect(lines.filter((line) => isServer(line) !== true)).toEqual([]);
  expect(isServer(`var a=require("${name}x")`)).toBe(false);
  expect(isServer(`var a=require("./${name}")`)).toBe(false);
});

test.each(["// @bunny\n", "//@bun\n", "x // @bun\n", "#!/usr/bin/env bun\nx\n// @bun\n", "# @bun\n"])(
  "the beginning %j is not bun's",
  (text) => {
    expect(bundlerOf(text + HTTP)).toBeUndefined();
  },
);

test.each(["myrequire('fs')", "a.xfrom 'fs'", "ximport 'fs'", "import 'fs2'", 'from "node:FS"'])(
  "%s loads nothing of Node",
  (line) => {
    expect(bundleIn(Buffer.from(`${line}\n// node_modules/nanoid/index.js\n`))?.isServer).toBe(false);
  },
);

test.each([
  ["of three numbered modules", "{12:(e,t)=>{},345:(e)=>{},6789:(e,t,r)=>{}}", "webpack"],
  ["of older functions", "{12:function(e){},345:function(e,t){},6789:function(e){}}", "webpack"],
  ["of quoted numbers", '{"12":(e)=>{},"345":(e)=>{},"6789":(e)=>{}}', "webpack"],
  ["of two", "{12:(e,t)=>{},345:(e)=>{}}", undefined],
  ["of one digit", "{1:(e,t)=>{},2:(e)=>{},3:(e)=>{}}", undefined],
  ["of four parameters", "{12:(a,b,c,d)=>{},345:(a,b,c,d)=>{},67:(a,b,c,d)=>{}}", undefined],
  [
    "beyond the first half mebibyte",
    `${"a;\n".repeat(180_000)}{12:(e)=>{},34:(e)=>{},56:(e)=>{}}`,
    "unknown",
  ],
])("an object %s", (_, text, bundler) => {
  expect(bundlerOf(HTTP + text)).toBe(bundler);
});

test("marks are looked for in the first 2 MiB for Node, and in the first 128 KiB for browsers", () => {
  const mark = "// webpackBootstrap";
  const padded = (head: string, bytes: number) => `${head}${"a;\n".repeat(bytes / 3)}${mark}`;
  expect(bundlerOf(padded(HTTP, 2 * 1024 ** 2 - 100))).toBe("webpack");
  expect(bundlerOf(padded(HTTP, 2 * 1024 ** 2))).toBe("unknown");
  expect(bundlerOf(padded("", 128 * 1024 - 100))).toBe("webpack");
  expect(bundlerOf(padded("", 128 * 1024))).toBeUndefined();
  // A module of Node that is loaded later shows nothing.
  const late = `${"a;\n".repeat((2 * 1024 ** 2) / 3)}${HTTP}`;
  expect(bundleIn(Buffer.from(late))).toMatchObject({ bundler: "unknown", isServer: false });
});

test.each([
  [512 * 1024, "\n", "unknown"],
  [512 * 1024 - 1, "\n", undefined],
  [8 * 1024, " ", "unknown"],
  [8 * 1024 - 1, " ", undefined],
])("a file of %i bytes with %j between its statements is %s", (bytes, separator, bundler) => {
  const text = `a();${separator}`.repeat(bytes / 5 + 1).slice(0, bytes);
  expect(bundlerOf(text)).toBe(bundler);
});

test.each([
  [500, "unknown"],
  [499, undefined],
])("lines of %i bytes on average, as %s", (length, bundler) => {
  const line = `${"a".repeat(length - 1)}\n`;
  // The text behind the last newline is a line, too.
  const text = line.repeat(20) + "a".repeat(length);
  expect(text.length / 21).toBe(length);
  expect(bundlerOf(text)).toBe(bundler);
});

test.each([
  ["/app/a.js", "bundle"],
  ["/app/a.js.map", "map"],
])("%s is a %s", (path, is) => {
  const bundle = "// node_modules/nanoid/index.js\n";
  const map = JSON.stringify({ sources: ["src/a.ts"], mappings: "AAAA" });
  expect(scriptFacts(path, Buffer.from(is === "map" ? map : bundle))?.is).toBe(is);
  expect(scriptFacts(path, Buffer.from(is === "map" ? bundle : map))).toBeUndefined();
});

test.each([
  ['import http from"node:http";', true],
  ["import { readFile } from 'fs/promises';", true],
  ['var e=require("path");', true],
  ['import "node:http";', true],
  ['import React from "react";', false],
  ['import path from "./path";', false],
  ["document.title;", false],
])("%s is for Node: %s", (line, isServer) => {
  const text = `${line}\n// node_modules/nanoid/index.js\n`;
  expect(bundleIn(Buffer.from(text))).toMatchObject({ isServer, lines: 3 });
});

test("packages are named of what Node runs", () => {
  const paths = "// node_modules/nanoid/index.js\n";
  expect(bundleIn(Buffer.from(HTTP + paths))?.packages).toEqual([
    { type: "npm", name: "nanoid", version: "" },
  ]);
  expect(bundleIn(Buffer.from(paths))?.packages).toEqual([]);
});
