// `npm test`: installs requirements of the chosen tests (see setup.mjs), then runs them. Unit tests need
// neither the bundle nor system tools.

import { spawnSync } from "node:child_process";
import { setUp } from "./setup/set-up.mjs";

const argv = process.argv.slice(2);
const projects = argv.flatMap((word, index) => {
  if (word === "--project") return [argv[index + 1]];
  return word.startsWith("--project=") ? [word.slice("--project=".length)] : [];
});
const isUnit = projects.length > 0 && projects.every((name) => name === "unit");

if (setUp(new Set(isUnit ? [] : ["bundle", "tests"]))) {
  const { status, signal } = spawnSync("npm", ["run", "-s", "test:run", "--", ...argv], { stdio: "inherit" });
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
} else {
  process.exitCode = 1;
}
