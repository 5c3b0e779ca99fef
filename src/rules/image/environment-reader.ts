import type { FileSelector } from "../../contract/file-selector.ts";
import type { SettingFacts } from "../../contract/setting-facts.ts";
import type { SettingsReader } from "../../contract/settings-reader.ts";
import { isDependency } from "./dependency-trees.ts";
import { ENVIRONMENT_PATHS, type EnvironmentFile, environmentFile } from "./environment-files.ts";
import { environmentSettings, namedHost, OF_DEVELOPERS, type Setting } from "./environment-settings.ts";
import { isEnvironmentName } from "./environment-values.ts";
import { isShared, profileSections } from "./profile-sections.ts";

/**
 * Reader of files for one environment and of sections for one environment. The reader returns the first
 * setting that varies, otherwise the first setting. A varying setting is certain, unless a framework expects
 * the file or a developer uses the file.
 */
export const ENVIRONMENT_READER: SettingsReader = {
  name: "environment",
  version: 4,
  read(path, content) {
    if (content === undefined) return undefined;
    const named = environmentFile(path);
    if (named !== undefined) return ofFile(content, path, named);
    return isShared(path) && !isDependency(path) ? ofSections(content) : undefined;
  },
};

/** Selectors for all files that the reader reads. */
export const ENVIRONMENT_FILES: readonly FileSelector[] = ENVIRONMENT_PATHS.map((selector) => ({
  ...selector,
  reader: ENVIRONMENT_READER,
}));

function ofFile(content: string, path: string, named: EnvironmentFile): readonly SettingFacts[] | undefined {
  const { kind, environment } = named;
  if (kind === "packaged") {
    const own = namedHost(content);
    return own === undefined ? undefined : [factsOf(own, environment, true)];
  }
  const { varying, others } = environmentSettings(content, named, path);
  const setting = varying ?? others;
  if (setting === undefined) return [];
  const executed = kind === "framework" && EXECUTED.test(path) ? namedHost(content) : undefined;
  if (executed !== undefined) return [factsOf(executed, environment, true)];
  const isSymfony = kind === "dotenv" && content.includes("###> symfony/");
  return [factsOf(setting, environment, varying !== undefined && kind !== "framework" && !isSymfony)];
}

/** Languages in which a framework executes a file of one environment. */
const EXECUTED = /\.(?:exs?|rb)$/;

function ofSections(content: string): readonly SettingFacts[] {
  return profileSections(content).flatMap(({ environment, content: section }) => {
    if (!isEnvironmentName(environment)) return [];
    const { varying } = environmentSettings(section, { kind: "settings", environment });
    return varying === undefined ? [] : [factsOf(varying, environment, !OF_DEVELOPERS.test(environment))];
  });
}

function factsOf(
  { name, value, line }: Setting,
  environment: string | undefined,
  isCertain: boolean,
): SettingFacts {
  const certainty = isCertain ? "certain" : "presumed";
  return { name, value, line, certainty, ...(environment === undefined ? {} : { environment }) };
}
