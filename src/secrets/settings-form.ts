/**
 * Syntax of a settings file: `lines` (YAML, INI, TOML, properties), `json`, `xml`, `code` (a programming
 * language), `notation` (a language made for settings), `shell`, `sql`, `table`, `tcl`.
 */
export type SettingsForm = "lines" | "json" | "xml" | "code" | "notation" | "shell" | "sql" | "table" | "tcl";

const FORMS: Readonly<Record<string, SettingsForm>> = Object.fromEntries(
  (
    [
      [
        "lines",
        "yaml yml properties ini cfg conf cnf toml env envrc tfvars hcl hocon config rc credentials service ovpn ldif " +
          "nmconnection users keyring http rest reg netrc",
      ],
      ["json", "json json5 jsonc ndjson jsonl tfstate webmanifest ipynb har"],
      ["xml", "xml plist"],
      ["code", "py php rb js cjs mjs ts cts mts ex exs pl kts"],
      [
        "notation",
        "lua dhall cue jsonnet libsonnet pkl ron edn nix tf bicep kdl groovy gradle ps1 psm1 psd1",
      ],
      ["shell", "sh bash zsh ksh bat cmd"],
      ["table", "csv tsv"],
      ["tcl", "tcl exp"],
      ["sql", "sql dump ddl psql pgsql"],
    ] as const
  ).flatMap(([form, endings]) => endings.split(" ").map((ending) => [ending, form])),
);

/**
 * Names of source files that contain settings: `settings.py`, `wp-config.php`, `config/database.js`,
 * `local.settings.ts`.
 */
const SETTINGS_IN_CODE =
  /\/(?:[\w.-]{0,60}[._-])?(?:config|configuration|conf|settings|parameters|params|secrets?|credentials?|env|environment|environments|constants|database|databases|db|knexfile|ormconfig|datasource|local|initializers)(?:[._-][\w.-]{1,60})?\.\w{1,6}$|\/(?:config|configs|settings|initializers|conf|environments)\/[\w./-]{1,80}\.\w{1,6}$|\/build\.gradle\.kts$/i;
/** Names without an extension of files in which tools and applications keep settings. */
const BARE_NAME =
  /^\/(?:config|configuration|credentials?|secrets?|settings|environment|\.?env(?:\.[\w.-]{1,60})?|\.[\w-]{1,30}(?:rc|cfg|conf|config|credentials)|\.(?:boto|netrc|smbcredentials|ovh\.conf)|[\w-]{1,30}credentials|Dockerfile|Containerfile|Makefile|Procfile|crontab|fstab|(?:credentials?|identifiants|acces|comptes|(?:pass|user|login)[\w-]{0,20})\.txt)$/i;
const PEER_OR_CRONTAB = /\/(?:etc\/ppp\/peers|cron\/crontabs)\/[\w.-]{1,60}$/i;
const DEFAULT_OR_CRON = /^\/etc\/(?:default|cron\.d)\/[\w-]{1,60}$/;
/** Histories of commands typed at a prompt. */
const HISTORIES: readonly (readonly [RegExp, SettingsForm])[] = [
  [/\/(?:\.(?:ba|z|k|a)?sh_?history|fish_history|ConsoleHost_history\.txt)$/, "shell"],
  [/\/\.(?:mysql|mariadb|psql)_history$/, "sql"],
  [/\/\.(?:python|node_repl|irb|pry)_history$/, "notation"],
];

/** Files of JSON or YAML with package names, types or addresses instead of settings. */
const OTHER =
  /\/(?:package(?:-lock)?|\.package-lock|npm-shrinkwrap|composer|installed|bower|tsconfig[\w.-]{0,60}|jsconfig|angular|lerna|nx|turbo|deno|pnpm-lock|pnpm-workspace|project\.assets|[\w.-]{1,100}\.(?:deps|schema|runtimeconfig|map|min)|(?:swagger|openapi)[\w.-]{0,60}|renovate|metadata)\.(?:json|ya?ml)$|\.lock$|\.min\.js$|\.d\.[cm]?ts$/i;
/** Folders of tests, examples and documentation. */
const SHOWN =
  /\/(?:tests?|__tests__|__mocks__|mocks?|specs?|fixtures?|testdata|test-data|examples?|exemples?|samples?|docs?|documentation|tutorials?|e2e|cypress|storybook|stories)\//i;

/** Whether a file is a test, an example or documentation. */
export function isShown(path: string): boolean {
  return SHOWN.test(path);
}

/** Syntax of the settings in a file; undefined if it contains none, or only examples. */
export function settingsForm(path: string): SettingsForm | undefined {
  const form = formByName(path);
  if (form === undefined || OTHER.test(path) || isShown(path)) return undefined;
  return form === "code" && !SETTINGS_IN_CODE.test(path) ? undefined : form;
}

function formByName(path: string): SettingsForm | undefined {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1).replace(/(?<=\.conf)\.ext|(?<=\.tfstate)(?:\.\d{1,12})?\.backup/, "");
  const dot = name.lastIndexOf(".");
  const ending = name.slice(dot + 1).toLowerCase();
  if (dot > 0 && Object.hasOwn(FORMS, ending)) return FORMS[ending];
  if (path.includes("istory")) return HISTORIES.find(([pattern]) => pattern.test(path))?.[1];
  const isLines =
    BARE_NAME.test(path.slice(slash)) || PEER_OR_CRONTAB.test(path) || DEFAULT_OR_CRON.test(path);
  return isLines ? "lines" : undefined;
}

/**
 * Whether a file contains words shown to people, by language: `locales/fr.json`, `messages_fr.properties`.
 */
export function isTranslation(path: string): boolean {
  return /\/(?:i18n|l10n|locales?|langs?|languages?|translations?|messages|resources\/lang)\/|\/(?:messages?|translations?|labels?|strings?)[\w.-]{0,40}\.\w{2,10}$|[/._-](?:ar|bg|br|ca|cs|da|de|el|en|eo|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|id|is|it|ja|ka|ko|lt|lv|mk|ms|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tr|uk|ur|vi|zh)(?:[_-][A-Za-z]{2,4})?\.(?:json|ya?ml|properties|php|lua|[jt]s)$/.test(
    path,
  );
}
