import type { FileSelector } from "../../contract/file-selector.ts";
import { isDependency, isFixture } from "./dependency-trees.ts";
import { ENVIRONMENT_NAMES, isEnvironmentName } from "./environment-values.ts";

/** A path that is named for an environment, or for the environment alone (`.env`). */
export interface EnvironmentFile {
  /** `production`; absent for `.env`. */
  readonly environment?: string;
  /**
   * `framework`: the folder belongs to a framework that expects it in the image. `packaged`: in a folder of packages,
   * whose own files have names of environments, too.
   */
  readonly kind: "dotenv" | "settings" | "framework" | "packaged";
}

const DOTENV = /\/(?:\.env~|#\.env#)$|\/\.env(?:\.([\w.-]{1,60}))?$|\/([\w-]{1,60})\.env$/;
/** Words in names of files that only serve as examples. */
const EXAMPLE = /(?:^|[._-])(?:example|exemple|sample|template|tpl|dist|defaults?|schema|vault|test|ci|md)$/i;

/** Formats that hold settings. */
const DATA_ENDINGS =
  "yaml yml json json5 jsonc toml ini properties env xml conf cnf cfg config hcl tfvars edn hocon neon ora".split(
    " ",
  );
/** Formats in which settings are written as code: `config/production.js`. */
const CODE_ENDINGS = "js cjs mjs ts cts mts py rb php ex exs lua groovy".split(" ");
/** Scripts that set variables, in folders of settings: `env.d/prod.sh`. */
const SHELL_ENDINGS = "sh bash".split(" ");
const DATA = DATA_ENDINGS.join("|");
const CODE = CODE_ENDINGS.join("|");
const SHELL = SHELL_ENDINGS.join("|");
const FOLDERS =
  "envs?(?:\\.d)?|environnements?|environments?(?:\\.d)?|configs?(?:\\.d)?|configurations?|conf(?:\\.d)?|settings|parametres|parametrage|overlays|deploy|" +
  "deployments?|deploiements?|profiles?|profils?|platforms?|plateformes?|instances?|stages?|cibles?";
/** Unambiguous names of environments; `demo` and `formation` are common topics, too. */
const CERTAIN =
  "prod|prd|production|preprod|pprod|pprd|pre-prod|preproduction|pre-production|staging|recette|qualif|qualification|uat|homologation";
const OF_CONFIGURATION =
  "application|appsettings|bootstrap|config|configuration|settings|values|valeurs|env|environment|environnement|parameters|parametres";

/** Abbreviations that name an environment in a folder of settings; elsewhere, they abbreviate other words, too. */
const IN_SETTINGS = `${ENVIRONMENT_NAMES}|int|rec|hml`;
const IN_FOLDER = new RegExp(
  `/(?:${FOLDERS})/(${IN_SETTINGS})\\d{0,2}/(?:[^/]{1,100}/){0,3}[^/]{1,100}\\.(?:${DATA}|${CODE})$`,
  "i",
);
const OF_FOLDER = new RegExp(
  `/(?:${FOLDERS})/(?:[\\w-]{1,60}\\.)?(${IN_SETTINGS})\\d{0,2}\\.(?:${DATA}|${CODE})$`,
  "i",
);
const BY_SUFFIX = new RegExp(
  `/(?:[\\w-]{1,60}[.-]|(?:${OF_CONFIGURATION})_)(${ENVIRONMENT_NAMES})\\d{0,2}\\.(?:${DATA})$|/(?:${OF_CONFIGURATION})[._-](int|rec|hml)\\d{0,2}\\.(?:${DATA})$`,
  "i",
);
/** Names with the environment behind the ending, or without an ending: `application.properties.recette`, `env.prod`. */
const BEHIND = new RegExp(`/(?:[\\w.-]{1,60}\\.(?:${DATA})|${OF_CONFIGURATION})\\.(${CERTAIN})$`, "i");
/** Scripts of settings: `env.d/prod.sh`, `conf/recette/vars.sh`, `setenv-prod.sh`. */
const BY_SCRIPT = new RegExp(
  `/(?:envs?(?:\\.d)?|environn?e?ments?(?:\\.d)?|configs?|conf(?:\\.d)?|settings|profils?(?:\\.d)?)/(?:[\\w-]{1,60}\\.)?(${IN_SETTINGS})\\d{0,2}(?:/(?:[\\w-]{1,60}[._-])?(?:env|vars?|variables|settings|config))?\\.(?:${SHELL})$|/(?:set)?env[._-](${IN_SETTINGS})\\d{0,2}\\.(?:${SHELL})$|/(${IN_SETTINGS})\\d{0,2}[._-]env\\.(?:${SHELL})$`,
  "i",
);
/** Settings written as code, of an unambiguous environment: `settings_prod.py`. */
const CODE_BY_SUFFIX = new RegExp(`/(?:${OF_CONFIGURATION})[._-](${CERTAIN})\\d{0,2}\\.(?:py|rb|php)$`, "i");
/** Paths whose environment is unambiguous: `/app/production/config.yaml`, `/app/recette.yml`. */
const CERTAINLY = new RegExp(
  `/(${CERTAIN})\\d{0,2}(?:/(?:${OF_CONFIGURATION})\\.(?:${DATA})|\\.(?:ya?ml|toml|ini|properties|conf))$`,
  "i",
);
/**
 * `qualification` also means a diploma or a step of a procedure: outside configuration folders, only these
 * file names count.
 */
const QUALIFICATION = new RegExp(
  `/(?:${OF_CONFIGURATION})[._-]qualification\\d{0,2}\\.(?:${DATA})$|/qualification\\d{0,2}/(?:${OF_CONFIGURATION})\\.(?:${DATA})$`,
  "i",
);
/** Settings of build tools: `tsconfig.prod.json` configures the build, not the environment. */
const BUILD =
  /\/(?:webpack|vite|rollup|esbuild|babel|\.babelrc|tsconfig|jsconfig|jest|vitest|karma|cypress|playwright|eslint|\.eslintrc|stylelint|postcss|tailwind|next|nuxt|angular|ngsw|project|package|lerna|turbo|nx|metro|craco|docker-compose|compose|Dockerfile|skaffold|requirements|renovate|phpunit|phpstan)[\w.-]{0,80}$|\/(?:i18n|locales?|lang|translations?|messages|\.next|\.nuxt|\.output)\//i;
/**
 * Folders of Rails and Hanami, Phoenix, and Angular's sources, which contain behaviour per environment, not
 * values.
 */
const FRAMEWORK = /\/config\/(?:environments\/\w+\.rb|\w+\.exs)$|\/environments\/environment\.[\w-]+\.[jt]s$/;
/** Web roots inside a tree of the distribution. */
const WEB_ROOT = /^\/usr\/share\/(?:nginx|caddy|httpd|apache2)\//;

/**
 * Folders beside packages with names like configuration folders. In them, names of packages' files do not
 * denote environments.
 */
const BESIDE =
  "(?:node_modules|vendor)/(?:configs?|configuration|conf|settings|environn?ements?|parametres)/[^/]+$";
const BESIDE_PACKAGES = new RegExp(`/${BESIDE}`);

/** A path that names an environment, except in /usr/lib, most of /usr/share, and folders of dependencies. */
const NAMED = new RegExp(
  `^(?!/usr/(?:lib/|share/(?!(?:nginx|caddy|httpd|apache2)/))|.*/(?!${BESIDE})(?:node_modules|site-packages|vendor)/).*[./_-](?:${IN_SETTINGS})\\d{0,2}[./]`,
  "i",
);
/** The same in a folder of packages, where a file of a package is rarely named so. */
const PACKAGED = new RegExp(
  `^(?!/usr/(?:lib|share)/(?!python|node_modules/|nginx/))(?=.*/(?:node_modules|site-packages|dist-packages|vendor|gems)/).*[./_-](?:${CERTAIN})\\d{0,2}[./]`,
  "i",
);
const AMONG_PACKAGES = /\/(?:node_modules|site-packages|dist-packages|vendor|gems)\//;
const PACKAGED_DOTENV = /\/\.env(?:\.[\w.-]{1,60})?$/;
const KEPT = { type: "file", scope: "layers", packed: true, content: 32 * 1024 } as const;

/** Selectors for all files that environmentFile() recognises, in each layer. */
export const ENVIRONMENT_PATHS: readonly FileSelector[] = [
  { ...KEPT, suffixes: [".env"] },
  { ...KEPT, pattern: /\/(?:#?\.env\.[^/]+|\.env~|#\.env#)$/ },
  { ...KEPT, pattern: /\/(?:application|bootstrap|microprofile-config)\.(?:properties|ya?ml)$/ },
  {
    ...KEPT,
    suffixes: [...DATA_ENDINGS, ...CODE_ENDINGS, ...SHELL_ENDINGS].map((ending) => `.${ending}`),
    pattern: NAMED,
  },
  { ...KEPT, suffixes: [...DATA_ENDINGS, "py", "php"].map((ending) => `.${ending}`), pattern: PACKAGED },
  { ...KEPT, suffixes: CERTAIN.split("|").map((name) => `.${name}`), pattern: BEHIND },
];

/** Environment in a file's path; undefined if the path names none. */
export function environmentFile(path: string): EnvironmentFile | undefined {
  const isBeside = BESIDE_PACKAGES.test(path) || (WEB_ROOT.test(path) && !path.includes("/node_modules/"));
  if (isDependency(path) && !isBeside) return packagedFile(path);
  const dotenv = DOTENV.exec(path);
  if (dotenv !== null) return dotenvFile(dotenv[1], dotenv[2]);
  if (isBuildSettings(path)) return undefined;
  const environment = environmentIn(path, [...FORMS, BEHIND, BY_SCRIPT]);
  if (environment === undefined || isSubject(path, environment)) return undefined;
  return { environment, kind: FRAMEWORK.test(path) ? "framework" : "settings" };
}

const FORMS = [IN_FOLDER, OF_FOLDER, BY_SUFFIX, CODE_BY_SUFFIX, CERTAINLY];

/** Environment that the first matching form finds in a path. */
function environmentIn(path: string, forms: readonly RegExp[]): string | undefined {
  for (const form of forms) {
    const found = form
      .exec(path)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** File in a folder of packages that is named for an environment; a `.env` beside the packages is the application's. */
function packagedFile(path: string): EnvironmentFile | undefined {
  if (!AMONG_PACKAGES.test(path)) return undefined;
  if (PACKAGED_DOTENV.test(path)) {
    const isBeside = /\/(?:node_modules|vendor)\/\.env[^/]{0,60}$/.test(path);
    return EXAMPLE.test(path) ? undefined : { kind: isBeside ? "dotenv" : "packaged" };
  }
  if (!PACKAGED.test(path) || isBuildSettings(path) || isFixture(path)) return undefined;
  const environment = environmentIn(path, FORMS);
  return environment === undefined ? undefined : { environment, kind: "packaged" };
}

/**
 * Whether a path is about a topic rather than an environment: `/app/forms/qualification.yml`,
 * `/app/formulaire-qualification.json`.
 */
function isSubject(path: string, environment: string): boolean {
  if (!/^qualification$/i.test(environment)) return false;
  return !(IN_FOLDER.test(path) || OF_FOLDER.test(path) || QUALIFICATION.test(path));
}

/** Whether a file configures a build tool, or holds texts of a language. */
export function isBuildSettings(path: string): boolean {
  return BUILD.test(path);
}

/** Whether a file is an example, meant to be read or copied: `.env.example`, `settings.sample.yaml`. */
export function isExample(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return EXAMPLE.test(name) || EXAMPLE.test(name.replace(/\.[a-z]{1,10}$/i, ""));
}

/**
 * Result for `.env`, `.env.production.local` and `prod.env`; undefined for examples such as `.env.example`.
 */
function dotenvFile(suffix: string | undefined, prefix: string | undefined): EnvironmentFile | undefined {
  const name = suffix ?? prefix;
  if (name === undefined) return { kind: "dotenv" };
  if (EXAMPLE.test(name)) return undefined;
  const environment = name.split(".").find(isEnvironmentName);
  if (environment !== undefined) return { environment, kind: "dotenv" };
  // `.env.d.ts`, `.env.js`: code that names variables.
  return suffix === undefined || /(?:^|\.)[cm]?[jt]s$/.test(suffix) ? undefined : { kind: "dotenv" };
}
