/**
 * How a file of settings is written: in lines (YAML, INI, TOML, properties), as JSON, as XML, in a
 * programming language, as a shell script, or as SQL.
 */
export type SettingsForm = "lines" | "json" | "xml" | "code" | "shell" | "sql";

const FORMS: Readonly<Record<string, SettingsForm>> = Object.fromEntries(
  (
    [
      [
        "lines",
        "yaml yml properties ini cfg conf cnf toml env envrc tfvars hcl hocon config rc credentials service ovpn ldif",
      ],
      ["json", "json json5 jsonc ndjson jsonl tfstate webmanifest"],
      ["xml", "xml plist"],
      ["code", "py php rb js cjs mjs ts cts mts ex exs pl groovy gradle kts lua"],
      ["shell", "sh bash zsh ksh"],
      ["sql", "sql dump ddl"],
    ] as const
  ).flatMap(([form, endings]) => endings.split(" ").map((ending) => [ending, form])),
);

/** Code that holds settings, by its name: `settings.py`, `wp-config.php`, `config/database.js`, `local.settings.ts`. */
const SETTINGS_IN_CODE =
  /\/(?:[\w.-]{0,60}[._-])?(?:config|configuration|conf|settings|parameters|params|secrets?|credentials?|env|environment|environments|constants|database|databases|db|knexfile|ormconfig|datasource|local|initializers)(?:[._-][\w.-]{1,60})?\.\w{1,6}$|\/(?:config|configs|settings|initializers|conf|environments)\/[\w./-]{1,80}\.\w{1,6}$|\/(?:gradle|build|settings)\.gradle(?:\.kts)?$/i;
/** Files without an ending in which tools and applications keep settings. */
const BARE_NAME =
  /\/(?:config|configuration|credentials?|secrets?|settings|environment|env|\.env|\.[\w-]{1,30}(?:rc|cfg|conf|config|credentials)|\.(?:boto|netrc|smbcredentials|ovh\.conf)|[\w-]{1,30}credentials)$/i;

/** What is called JSON or YAML and holds names of packages, types or addresses, but no settings. */
const OTHER =
  /\/(?:package(?:-lock)?|\.package-lock|npm-shrinkwrap|composer|installed|bower|tsconfig[\w.-]{0,60}|jsconfig|angular|lerna|nx|turbo|deno|pnpm-lock|pnpm-workspace|project\.assets|[\w.-]{1,100}\.(?:deps|schema|runtimeconfig|map|min)|(?:swagger|openapi)[\w.-]{0,60}|renovate|metadata)\.(?:json|ya?ml)$|\.lock$|\.min\.js$|\.d\.[cm]?ts$/i;
/** What is there to be tried, or to be read. */
const SHOWN =
  /\/(?:tests?|__tests__|__mocks__|mocks?|specs?|fixtures?|testdata|test-data|examples?|exemples?|samples?|docs?|documentation|tutorials?|e2e|cypress|storybook|stories)\//i;

/** How the settings are written that a file may hold; undefined: it holds none, or examples. */
export function settingsForm(path: string): SettingsForm | undefined {
  const form = formByName(path);
  if (form === undefined || OTHER.test(path) || SHOWN.test(path)) return undefined;
  return form === "code" && !SETTINGS_IN_CODE.test(path) ? undefined : form;
}

function formByName(path: string): SettingsForm | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const ending = name
    .slice(dot + 1)
    .toLowerCase()
    .replace(/^tfstate\.backup$/, "tfstate");
  if (dot <= 0 || !Object.hasOwn(FORMS, ending)) {
    if (name.endsWith(".tfstate.backup")) return "json";
    if (/\/\.(?:ba|z|k)?sh_?history$/.test(path)) return "shell";
    return BARE_NAME.test(path) ||
      /^\/etc\/(?:default|cron\.d)\/[\w-]{1,60}$/.test(path) ||
      /\/\.?env(?:\.[\w.-]{1,60})?$/.test(path)
      ? "lines"
      : undefined;
  }
  return FORMS[ending];
}

/** Words shown to people, by their language: `locales/fr.json`, `messages_fr.properties`. */
export function isTranslation(path: string): boolean {
  return /\/(?:i18n|l10n|locales?|langs?|languages?|translations?|messages|resources\/lang)\/|\/(?:messages?|translations?|labels?|strings?)[\w.-]{0,40}\.\w{2,10}$|[/._-][a-z]{2}(?:[_-][A-Za-z]{2,4})?\.(?:json|ya?ml|properties|php|[jt]s)$/.test(
    path,
  );
}
