// Makes a checkout ready: the locked dependencies (among them Node 24), the bundle, and with
// --bench what benchmarks need besides. Idempotent; what is there costs milliseconds. Runs on any
// Node from 20.11 on, hence no TypeScript.
//
// After it, `node` may be another one than before, but a shell remembers where it found the first:
// scripts go on with `npm run -s …`.

import { setUp } from "./setup/set-up.mjs";

const needs = process.argv.slice(2).map((argument) => argument.replace(/^--/, ""));
if (!setUp(new Set(["bundle", ...needs]))) process.exitCode = 1;
