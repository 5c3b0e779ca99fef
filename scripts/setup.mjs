// Prepares a checkout: the locked dependencies (including Node 24), the bundle, and with --bench the
// requirements of benchmarks. Idempotent; takes milliseconds if nothing is missing. Runs on any Node from
// 20.11 on, so it is not TypeScript.
//
// Afterwards `node` may be another program, but a shell remembers the first one's path: scripts continue with
// `npm run -s …`.

import { setUp } from "./setup/set-up.mjs";

const needs = process.argv.slice(2).map((argument) => argument.replace(/^--/, ""));
if (!setUp(new Set(["bundle", ...needs]))) process.exitCode = 1;
