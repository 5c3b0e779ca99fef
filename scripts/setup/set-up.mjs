import { bundle } from "./bundle.mjs";
import { installPackages, PACKAGES_OF } from "./debian-packages.mjs";
import { installDependencies } from "./dependencies.mjs";
import { SetupError } from "./run.mjs";
import { installTestsOwn } from "./tests-own.mjs";

/**
 * Installs requirements beyond the locked dependencies; prints failures on stderr.
 * @param {ReadonlySet<string>} needs `bundle`, `tests`, `bench`, `screenshots`
 * @returns {boolean} whether everything is installed
 */
export function setUp(needs) {
  try {
    installDependencies();
    if (needs.has("bundle")) bundle();
    if (needs.has("tests")) {
      installPackages(PACKAGES_OF.tests);
      installTestsOwn();
    }
    if (needs.has("screenshots")) installPackages(PACKAGES_OF.screenshots);
    if (needs.has("bench")) installPackages(PACKAGES_OF.bench);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`setup: ${error.message}\n`);
    return false;
  }
}
