// Makes a checkout ready: the locked dependencies (among them Node 24), the bundle, and with
// --tests or --bench what tests and benchmarks need besides. Idempotent; what is there costs
// milliseconds. Runs on any Node from 20.11 on, hence no TypeScript.
//
// After it, `node` may be another one than before, but a shell remembers where it found the first:
// scripts go on with `npm run -s …`.

import { bundle } from "./setup/bundle.mjs";
import { installPackages, PACKAGES_OF } from "./setup/debian-packages.mjs";
import { installDependencies } from "./setup/dependencies.mjs";
import { installNodeVersions } from "./setup/node-versions.mjs";
import { SetupError } from "./setup/run.mjs";

const wanted = new Set(process.argv.slice(2));

try {
  installDependencies();
  bundle();
  if (wanted.has("--tests")) {
    installPackages(PACKAGES_OF.tests);
    installNodeVersions();
  }
  if (wanted.has("--bench")) installPackages(PACKAGES_OF.bench);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`setup: ${error.message}\n`);
  process.exitCode = 1;
}
