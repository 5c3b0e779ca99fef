import type { FileSelector } from "../../contract/file-selector.ts";
import type { FileFacts } from "../../contract/image-facts.ts";
import type { SettingFacts } from "../../contract/setting-facts.ts";
import type { SettingsReader } from "../../contract/settings-reader.ts";
import { serviceOfHost } from "../../secrets/environment-host.ts";
import { type EnvironmentSign, environmentSign } from "./1.4-environment-addresses.ts";
import { INLINED } from "./baked-variables.ts";
import { isDependency } from "./dependency-trees.ts";
import { isEnvironmentName } from "./environment-values.ts";

/** A setting of one environment in a file that pages load. */
type ServedSetting = SettingFacts & EnvironmentSign;

/** Names of files from which pages read the addresses of their services. */
const NAME =
  /\/(?:env|_*env|config|configuration|settings|environment|app[-_.]?config|env[-_.]?config|runtime[-_.]?(?:env|config)|config[-_.]?runtime|app[-_.]?settings)\.(?:js|mjs|json)$/i;
/** Folders of static file servers. */
const FOLDER =
  /\/(?:html|htdocs|www|wwwroot|public|static|assets|dist|build|browser|client|webroot|nginx)\/(?:[^/]{1,60}\/){0,4}[^/]{1,60}$/i;

/** Reader of the first certain setting of one environment; otherwise of the first setting. */
export const SERVED_READER: SettingsReader = {
  name: "served",
  version: 1,
  read(path, content = "") {
    if (!isServedSettings(path)) return undefined;
    const settings = servedSettings(content);
    const first = settings.find(({ certainty }) => certainty === "certain") ?? settings[0];
    return first === undefined ? [] : [first];
  },
};

/** Selectors for all files that isServedSettings() recognises. */
export const SERVED_FILES: readonly FileSelector[] = [
  {
    type: "file",
    packed: true,
    content: 32 * 1024,
    reader: SERVED_READER,
    suffixes: [".js", ".mjs", ".json"],
    pattern: /\/[^/]*(?:env|config|configuration|settings|environment)\.(?:js|mjs|json)$/i,
  },
  { type: "file", packed: true, suffixes: templateNames() },
];

/** File name suffixes that hasTemplate() recognises. */
function templateNames(): readonly string[] {
  return ["template", "tmpl", "tpl"].flatMap((word) =>
    ["js", "mjs", "json"].flatMap((type) => [
      `.${type}.${word}`,
      ...["-", "_", "."].map((before) => `${before}${word}.${type}`),
    ]),
  );
}

/** Whether pages read addresses of their services from this file: `assets/env.js`, `config.json`. */
export function isServedSettings(path: string): boolean {
  const isOwn =
    !isDependency(path) || /^\/usr\/share\/(?:nginx|caddy|httpd|apache2)\/(?!.*\/node_modules\/)/.test(path);
  return isOwn && NAME.test(path) && FOLDER.test(path);
}

/**
 * Suffix of templates from which a start script writes the settings file: `env.template.js`,
 * `config.js.tmpl`.
 */
const TEMPLATE = /[-_.](?:template|tmpl|tpl)(?=\.[^./]+$|$)/i;

/** Whether a template of the settings file is in its folder, so that its content is written at start. */
export function hasTemplate(files: readonly Pick<FileFacts, "path">[], path: string): boolean {
  return files.some(
    (file) =>
      TEMPLATE.test(file.path) && file.path.replace(TEMPLATE, "").toLowerCase() === path.toLowerCase(),
  );
}

const PAIR = /["']?([A-Za-z_$][\w$]{0,80})["']?\s{0,10}[:=]\s{0,10}["'`]([^"'`\n]{2,300})["'`]/g;
const URL_HOST = /:\/\/([a-z\d][a-z\d.-]{0,250})/gi;
const COMMENT = /^\s{0,200}(?:\/\/|\/?\*|<!--)/;

/** Settings of one environment in such a file; with several environments, the page chooses. */
function servedSettings(content: string): readonly ServedSetting[] {
  const hosts = new Set([...content.matchAll(URL_HOST)].map(([, host = ""]) => host.toLowerCase()));
  const services = [...Map.groupBy(hosts, serviceOfHost)];
  const several = new Set(services.flatMap(([service, own]) => (own.length > 1 ? [service] : [])));
  const isChosen = (value: string) =>
    [...value.matchAll(URL_HOST)].some(([, host = ""]) => several.has(serviceOfHost(host.toLowerCase())));
  return content.split("\n").flatMap((text, index) => {
    if (COMMENT.test(text)) return [];
    return [...text.matchAll(PAIR)].flatMap(([, name = "", value = ""]) => {
      const sign = isEnvironmentName(name) || isChosen(value) ? undefined : ofEnvironment(name, value);
      return sign === undefined ? [] : [{ ...sign, name, value, line: index + 1 }];
    });
  });
}

/**
 * Environment-specific setting; undefined for an address that names no environment, since the address may be
 * the same in all of them.
 */
function ofEnvironment(name: string, value: string): EnvironmentSign | undefined {
  const sign = environmentSign(variableOf(name), value);
  const hosts = [...value.matchAll(URL_HOST)].map(([, host = ""]) => host.toLowerCase());
  const isNamed = (hosts.length > 0 ? hosts : [value.toLowerCase()]).some(
    (host) => serviceOfHost(host) !== host,
  );
  return sign?.what === "address" && !isNamed ? undefined : sign;
}

/** Name of a variable for a setting: `apiUrl`, `VITE_API_URL` → `API_URL`. */
function variableOf(name: string): string {
  const words = name.replace(/^[$_]{1,5}/, "").replace(/([a-z\d])([A-Z])/g, "$1_$2");
  return words.toUpperCase().replace(INLINED, "");
}
