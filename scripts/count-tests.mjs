// Prints "N passed, N failed" from vitest's JSON result: .ci/run's last line.
import { readFileSync } from "node:fs";

const [file = ""] = process.argv.slice(2);
const result = readResult(file);

if (result === undefined || result.numTotalTests === 0) {
  process.stderr.write("vitest left no result, or ran no test: nothing is counted.\n");
  process.exitCode = 1;
} else {
  // A file that could not be loaded has no tests to count, and is a failure all the same.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const failed = result.numFailedTests + broken;
  process.stdout.write(`${result.numPassedTests} passed, ${failed} failed\n`);
  if (failed > 0 || !result.success) process.exitCode = 1;
}

/** @param {string} path */
function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
