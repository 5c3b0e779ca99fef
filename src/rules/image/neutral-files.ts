import type { FileSelector } from "../../contract/file-selector.ts";
import type { SettingsReader } from "../../contract/settings-reader.ts";
import { isDependency, isFixture } from "./dependency-trees.ts";
import { environmentFile, isBuildSettings, isExample } from "./environment-files.ts";
import { neutralSetting } from "./neutral-settings.ts";
import { isServedSettings } from "./served-settings.ts";

const ENDINGS =
  "yaml yml json json5 toml ini properties conf cfg config env hocon hcl xml config neon ora".split(" ");
const DATA = ENDINGS.join("|");
/** Languages in which settings are written as literals: Django's settings.py, PHP's arrays, config.js. */
const CODE_ENDINGS = "py php rb exs js cjs mjs ts cts mts".split(" ");
const CODE = CODE_ENDINGS.join("|");
const OF_SETTINGS =
  "config|configuration|conf|settings|parameters|parametres|environment|environnement|env|datasources?|database";
const NAMES = `${OF_SETTINGS}|appsettings|application|bootstrap|db|server|app|defaults?|local|web|nginx|httpd|haproxy|odbc|freetds|pg_service|tnsnames|krb5|sys`;
const FOLDERS = "configs?|configuration|conf|conf\\.d|php-fpm\\.d|pool\\.d|settings|parametres|parametrage";
const BY_NAME = `/\\.?(?:[\\w-]{1,60}[._-])?(?:${NAMES})\\.(?:${DATA})$`;
const BY_FOLDER = `/(?:${FOLDERS})/[^/]{1,100}\\.(?:${DATA})$`;
const BY_CODE = `/(?:(?:wp|app|local|base|site)[_-])?(?:${OF_SETTINGS})\\.(?:${CODE})$|/(?:${FOLDERS})/[a-z][\\w-]{0,60}\\.(?:${CODE})$`;
/** Settings of servers and libraries of Java: `context.xml`, `persistence.xml`, `shop-ds.xml`. */
const BY_XML =
  "/(?:context|persistence|hibernate\\.cfg|applicationContext[\\w-]{0,40}|[\\w-]{1,60}-ds|standalone[\\w-]{0,20})\\.xml$|\\.(?:exe|dll)\\.config$";
const BY_ETC = `/etc/[^/]{1,60}/(?:conf\\.d/|http\\.d/)?[^/]{1,100}\\.(?:${DATA})$`;
/** Files of /etc and of nginx without an ending. */
const BARE =
  "/etc/(?:environment|(?:default|sysconfig)/[\\w-]{1,60}|[\\w-]{1,60}/(?:config|conf|settings|env|environment)|(?:nginx|apache2)/sites-(?:enabled|available)/[^/]{1,100})$";
/** Scripts that set variables: `env.sh`, `setenv.sh`, scripts of login shells. */
const BY_SCRIPT = "/(?:[\\w-]{1,60}[._-])?(?:set)?env\\.sh$|/etc/profile\\.d/[^/]{1,100}\\.sh$";
/** Lists of the machines that a program calls: `hosts.txt`, `upstreams.lst`. */
const BY_LIST =
  "/(?:[\\w-]{1,60}[._-])?(?:hosts|servers|endpoints|upstreams|backends|brokers|peers)\\.(?:txt|lst|list)$";
/** A folder of variables, each in its own file: s6, daemontools. */
const BY_VARIABLE = "/env/[A-Z][A-Z\\d_]{1,60}$";
/** Settings that Python wrote as objects. */
const BY_PICKLE = `/(?:[\\w-]{1,60}[._-])?(?:${OF_SETTINGS})\\.(?:pkl|pickle)$`;
const NEUTRAL = new RegExp(
  `${BY_NAME}|${BY_LIST}|${BY_PICKLE}|${BY_FOLDER}|${BY_CODE}|${BY_XML}|${BY_VARIABLE}|^${BY_ETC}|^${BARE}|${BY_SCRIPT}`,
  "i",
);
/** Files about deployments and interfaces, which are not settings of the program in the image. */
const OTHER =
  /\/(?:charts?|helm|k8s|kubernetes|kustomize|manifests|terraform|ansible|openapi|swagger|asyncapi|schemas?|i18n|locales?|lang|translations?)\/|(?:openapi|swagger|asyncapi|schema)[^/]{0,60}$/i;
/** Default settings, which the application reads at start and which other settings may replace. */
const DEFAULT = /\/defaults?\.[a-z\d]{2,10}$/i;
/** Members of a Java archive that belong to the application itself, not to its libraries. */
const OWN_MEMBER =
  /!\/(?:BOOT-INF\/classes\/|WEB-INF\/classes\/)?(?:config\/)?(?:application|bootstrap)\.(?:properties|ya?ml)$|!\/(?:BOOT-INF|WEB-INF)\/classes\/|!\/META-INF\/(?:context|persistence)\.xml$|!\/WEB-INF\/[^/]{1,100}$/;
const OF_JAVA = /\.(?:jar|war|ear|sar|par)!\/[^!]{1,500}$/i;
/** Packages of languages and distributions; their settings come from their authors. */
const PACKAGE = /\.(?:whl|egg|gem|nupkg|pex|crate|deb|rpm|apk)!\/|!\/package\//i;
/** Code of tests, of deployments, and of static sites' builds. */
const NO_SETTINGS =
  /\/(?:test|spec|mock|fake|gatsby|deploy)[\w-]{0,60}\.\w{1,4}$|\.(?:test|spec|stories|d)\.[cm]?[jt]s$/i;

/** Trees of dependencies and of distributions, left out before a file is read. */
const OUTSIDE = "^(?!/usr/(?:lib|share)/|.*/(?:node_modules|site-packages|dist-packages|vendor|gems)/)";
const NAMED = new RegExp(`${OUTSIDE}.*${BY_NAME}`, "i");
const IN_FOLDER = new RegExp(`${OUTSIDE}.*${BY_FOLDER}`, "i");
const IN_ETC = new RegExp(`^${BY_ETC}`, "i");
const IN_CODE = new RegExp(`${OUTSIDE}.*(?:${BY_CODE})`, "i");
const IN_XML = new RegExp(`${OUTSIDE}.*(?:${BY_XML})`, "i");
const IN_LIST = new RegExp(`${OUTSIDE}.*${BY_LIST}`, "i");
const IN_PICKLE = new RegExp(`${OUTSIDE}.*${BY_PICKLE}`, "i");
const IN_VARIABLES = new RegExp(`${OUTSIDE}.*${BY_VARIABLE}`);
const IN_BARE = new RegExp(`^${BARE}`, "i");
/** Reader of the one setting that shows that a file is for a single environment. */
export const NEUTRAL_READER: SettingsReader = {
  name: "neutral",
  version: 5,
  read(path, content) {
    if (content === undefined || !isNeutralSettings(path)) return undefined;
    const setting = neutralSetting(content, path);
    return setting === undefined ? [] : [setting];
  },
};
const READ = { type: "file", packed: true, content: 32 * 1024, reader: NEUTRAL_READER } as const;

/** Selectors for all files that isNeutralSettings() recognises. */
export const NEUTRAL_FILES: readonly FileSelector[] = [
  ...[NAMED, IN_FOLDER, IN_ETC].map((pattern) => ({
    ...READ,
    suffixes: ENDINGS.map((ending) => `.${ending}`),
    pattern,
  })),
  { ...READ, suffixes: CODE_ENDINGS.map((ending) => `.${ending}`), pattern: IN_CODE },
  { ...READ, suffixes: [".xml", ".config"], pattern: IN_XML },
  { ...READ, under: ["/etc"], pattern: IN_BARE },
  { ...READ, suffixes: [".txt", ".lst", ".list"], pattern: IN_LIST },
  { ...READ, suffixes: [".pkl", ".pickle"], pattern: IN_PICKLE },
  {
    ...READ,
    pattern: IN_VARIABLES,
    suffixes: ["_HOST", "_URL", "_URI", "_SERVER", "_ENDPOINT", "_DSN", "_ENV"],
  },
  { ...READ, suffixes: ["env.sh"] },
  { ...READ, suffixes: [".sh"], under: ["/etc/profile.d"] },
];

/** Whether a file contains settings of the application, and its path names no environment. */
export function isNeutralSettings(path: string): boolean {
  if (!NEUTRAL.test(path) || NO_SETTINGS.test(path) || PACKAGE.test(path)) return false;
  if (OF_JAVA.test(path) && !OWN_MEMBER.test(path)) return false;
  if (
    isDependency(path) ||
    isFixture(path) ||
    (isExample(path) && !DEFAULT.test(path)) ||
    isBuildSettings(path)
  )
    return false;
  return !OTHER.test(path) && !isServedSettings(path) && environmentFile(path) === undefined;
}
