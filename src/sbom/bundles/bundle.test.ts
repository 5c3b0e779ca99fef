import { describe, expect, test } from "vitest";
import { bundleIn } from "./bundle.ts";

const HTTP = 'const http = require("node:http");\n';

function bundlerOf(text: string): string | undefined {
  return bundleIn(Buffer.from(text))?.bundler;
}

describe("what a bundler wrote, as it begins", () => {
  // Excerpts of each tool's output for one program with express, ms or nanoid.
  test.each([
    ["webpack", "webpack 5", "/******/ (() => { // webpackBootstrap\n"],
    ["webpack", "ncc", "/******/ function __nccwpck_require__(moduleId) {\n"],
    [
      "webpack",
      "webpack 5, minified",
      "(()=>{var e={2594(e,a,n){n(1297)},1297(e){e.exports=1},6049:(e,t)=>{}}",
    ],
    ["webpack", "its runtime, minified", "var a=s[n]={exports:{}};return e[n](a,a.exports,r),a.exports}"],
    ["webpack", "its runtime with a call", "e[t].call(o.exports,o,o.exports,n),o.loaded=!0"],
    ["esbuild", "esbuild", "var __commonJS = (cb, mod) => function __require() {\n"],
    ["esbuild", "esbuild, minified", "var c=(e,t)=>()=>(t||e((t={exports:{}}).exports,t),t.exports);"],
    ["esbuild", "rolldown", "var __commonJSMin = (cb, mod) => () => (mod || cb());\n"],
    [
      "esbuild",
      "rolldown, minified",
      "var e=(e,t)=>()=>(t||(e((t={exports:{}}).exports,t,t.exports),e=null),t.exports)",
    ],
    ["rollup", "rollup", "function getDefaultExportFromCjs (x) {\n"],
    ["rollup", "rollup, minified", 'hasOwnProperty.call(e,"default")?e.default:e}var h,x,g={}'],
    ["rollup", "rollup's modules, minified", "var h,g={},b={exports:{}},y={exports:{}};function w(){}"],
    ["parcel", "parcel", 'var parcelRequire = $parcel$global["parcelRequire94c2"];\n'],
    ["browserify", "browserify", 'var c="function"==typeof require&&require;if(!f&&c)return c(i,!0);'],
    ["turbopack", "Next.js", "(globalThis.TURBOPACK = globalThis.TURBOPACK || []).push([\n"],
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
