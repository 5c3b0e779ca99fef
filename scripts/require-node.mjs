// Stops an npm script that would run on another Node than the locked one.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const lock = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package-lock.json"), "utf8"));
const expected = `v${lock.packages["node_modules/node"].version}`;

if (process.version !== expected) {
  process.stderr.write(
    `This needs Node ${expected} and runs on ${process.version} (${process.execPath}).\n` +
      "Start it through npm (npm test, npm start, npm run …), after `node scripts/setup.mjs`.\n",
  );
  process.exitCode = 1;
}
