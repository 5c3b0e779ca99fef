// Prints "N passed, N failed" from vitest's JSON results: .ci/run's last line.
import { readFileSync } from "node:fs";

const results = process.argv.slice(2).map(readResult);

if (results.some((result) => result === undefined || result.numTotalTests === 0)) {
  process.stderr.write("vitest left no result, or ran no test: nothing is counted.\n");
  process.exitCode = 1;
} else {
  const passed = results.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0);
  const failed = results.reduce((sum, result) => sum + failuresOf(result), 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0 || results.some(({ success }) => !success)) process.exitCode = 1;
}

/** @param {{ numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} result */
function failuresOf({ numFailedTests, testResults }) {
  // A file that could not be loaded has no tests to count, and is a failure all the same.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return numFailedTests + broken.length;
}

/** @param {string} path */
function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
