import type { FileSelector } from "../../contract/file-selector.ts";
import { isDependency, isFixture } from "./dependency-trees.ts";
import { environmentFile, isBuildSettings, isExample } from "./environment-files.ts";
import { isServedSettings } from "./served-settings.ts";

const ENDINGS = "yaml yml json json5 toml ini properties conf cfg config env hocon".split(" ");
const DATA = ENDINGS.join("|");
const NAMES =
  "config|configuration|conf|settings|parameters|parametres|environment|environnement|env|appsettings|application|bootstrap|datasources?|database|db|server|app|defaults?|local";
const FOLDERS = "configs?|configuration|conf|settings|parametres|parametrage";
const BY_NAME = `/(?:[\\w-]{1,60}[._-])?(?:${NAMES})\\.(?:${DATA})$`;
const BY_FOLDER = `/(?:${FOLDERS})/[^/]{1,100}\\.(?:${DATA})$`;
const BY_ETC = `/etc/[^/]{1,60}/[^/]{1,100}\\.(?:${DATA})$`;
/** Scripts that set variables: `env.sh`, `setenv.sh`. */
const BY_SCRIPT = "/(?:[\\w-]{1,60}[._-])?(?:set)?env\\.sh$";
const NEUTRAL = new RegExp(`${BY_NAME}|${BY_FOLDER}|^${BY_ETC}|${BY_SCRIPT}`, "i");
/** Files about deployments and interfaces, which are no settings of the program in the image. */
const OTHER =
  /\/(?:charts?|helm|k8s|kubernetes|kustomize|manifests|terraform|ansible|openapi|swagger|asyncapi|schemas?|i18n|locales?|lang|translations?)\/|(?:openapi|swagger|asyncapi|schema)[^/]{0,60}$/i;
/** Settings that hold unless others replace them, which the application reads at start. */
const DEFAULT = /\/defaults?\.[a-z\d]{2,10}$/i;
/** Settings in an archive that are the application's own; those of its libraries lie beside them. */
const OWN_MEMBER =
  /!\/(?:BOOT-INF\/classes\/|WEB-INF\/classes\/)?(?:config\/)?(?:application|bootstrap)\.(?:properties|ya?ml)$/;

/** Trees of dependencies and of distributions, left out before a file is read. */
const OUTSIDE = "^(?!/usr/(?:lib|share)/|.*/(?:node_modules|site-packages|dist-packages|vendor|gems)/)";
const NAMED = new RegExp(`${OUTSIDE}.*${BY_NAME}`, "i");
const IN_FOLDER = new RegExp(`${OUTSIDE}.*${BY_FOLDER}`, "i");
const IN_ETC = new RegExp(`^${BY_ETC}`, "i");
const KEPT = { type: "file", packed: true, content: 32 * 1024 } as const;

/** Selectors for all files that isNeutralSettings() recognises. */
export const NEUTRAL_FILES: readonly FileSelector[] = [
  ...[NAMED, IN_FOLDER, IN_ETC].map((pattern) => ({
    ...KEPT,
    suffixes: ENDINGS.map((ending) => `.${ending}`),
    pattern,
  })),
  { ...KEPT, suffixes: ["env.sh"] },
];

/** Whether a file holds settings of the application, and its path names no environment. */
export function isNeutralSettings(path: string): boolean {
  if (!NEUTRAL.test(path) || (path.includes("!/") && !OWN_MEMBER.test(path))) return false;
  if (
    isDependency(path) ||
    isFixture(path) ||
    (isExample(path) && !DEFAULT.test(path)) ||
    isBuildSettings(path)
  )
    return false;
  return !OTHER.test(path) && !isServedSettings(path) && environmentFile(path) === undefined;
}
