import type { AnyRule } from "../../contract/rule.ts";
import { logFiles } from "./1.2-log-files.ts";
import { noDatabases } from "./1.2-no-databases.ts";
import { applicationSettings } from "./1.4-application-settings.ts";
import { noBuildArguments } from "./1.4-no-build-arguments.ts";
import { noEnvironmentConfig } from "./1.4-no-environment-config.ts";
import { servedEnvironments } from "./1.4-served-environments.ts";

/**
 * Rules that judge files of a verified base image differently. If one of these rules fails, the base is worth
 * verifying.
 */
export const BASE_RULES: readonly AnyRule[] = [
  noDatabases,
  logFiles,
  noBuildArguments,
  noEnvironmentConfig,
  applicationSettings,
  servedEnvironments,
];
