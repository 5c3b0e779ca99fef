import { isJumbled, looksRandom } from "./entropy.ts";
import { settingKind } from "./named-kind.ts";
import { isNamedSecret } from "./named-secret.ts";
import { isDense } from "./placeholder.ts";
import { inPrograms } from "./program-secrets.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isSealedValue } from "./sealed-secret.ts";
import { insertedValues, tableValues } from "./secret-columns.ts";
import { isSecretName, nameKind } from "./secret-name.ts";
import { type SettingValue, settingValues } from "./setting-values.ts";
import { isTranslation, type SettingsForm, settingsForm } from "./settings-form.ts";
import type { SecretSpan } from "./spans.ts";
import { tclValues } from "./tcl-settings.ts";

/** Files whose name means that they contain settings in use: every value counts. */
const KNOWN =
  /\/(?:\.env(?:rc|\.[\w.-]{1,100})?|[\w-]{1,100}\.env|(?:application|bootstrap)(?:-[\w-]{1,60})?\.(?:properties|ya?ml)|appsettings(?:\.\w{1,60})?\.json|credentials(?:\.\w{2,10})?|secrets?\.\w{2,10}|wp-config\.php|(?:local_)?settings\.py|[\w.-]{1,60}\.tfvars)$/i;
/** Longest passphrase, in characters. */
const SENTENCE = 60;
/** Words for the handling of a secret, which are not secrets themselves. */
const MANNERS = new Set(
  (
    "prompt manual ldap plain plaintext cleartext scram bcrypt argon2 argon2id sha256 sha512 masked visible " +
    "protected encrypted file vault keychain keyring interactive never always auto once basic bearer digest oauth " +
    "oauth2 oidc saml header query cookie body form access refresh api session read write include omit same-origin " +
    "define undef files compat systemd winbind inherit native system local remote static dynamic random generated automatic external internal custom"
  ).split(" "),
);
/** Code in place of a value: a class, a call, a regular expression, a format. */
const CODE =
  /^\$[A-Za-z_]|^[a-z]\w{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){2,12}$|^[\w.:\\]{1,100}\(|^\^|\[\^|\(\?:|\\[dwsb]|%\(\w{1,60}\)|\{[\w.]{0,60}\}|\[name=|^<|\{%/;
/** A path made of words rather than of random characters: `secret/data/portal`, `config/jwt.pem`. */
const PATH = /^(?:[A-Za-z_.-]{1,60}\/){1,10}[A-Za-z_.-]{1,60}$/;
/** Literal secrets in a settings file: values under a secret's name. */
export function literalSettings(scanned: ScannedText): readonly SecretSpan[] {
  const form = settingsForm(scanned.path);
  if (form === undefined) return [];
  const text = withLines(form === "xml" ? withoutComments(scanned.text) : scanned.text);
  const context = new Context(scanned.path, text);
  const values = valuesIn(text, form)
    .filter((setting) => context.isSecret(setting))
    .map(({ name, value, start, end }): SecretSpan => {
      return { kind: settingKind(name, value, text), confidence: "likely", start, end, value };
    });
  return [
    ...values,
    ...(form === "lines" || form === "shell" || form === "notation" ? inPrograms(text) : []),
  ];
}

function valuesIn(text: string, form: SettingsForm): readonly SettingValue[] {
  if (form === "table") return tableValues(text);
  if (form === "tcl") return tclValues(text);
  const values = settingValues(text, form);
  return form === "sql" ? [...values, ...insertedValues(text)] : values;
}

/**
 * The text with line feeds: lines may end with a carriage return alone, as in Java's properties and in files
 * of old editors.
 */
function withLines(text: string): string {
  return text.replace(/\r(?!\n)/g, "\n");
}

const XML_COMMENT = /<!--(?:(?!-->|<!--)[^]){0,65536}-->/g;

function withoutComments(text: string): string {
  return text.replace(XML_COMMENT, (comment) => " ".repeat(comment.length));
}

/** A password of Maven's that only settings-security.xml can decrypt. */
const SEALED = /^[^{}\s]{0,100}\{[\w+/]{16,512}={0,2}\}[^{}\s]{0,100}$/;

/** Properties of the file that determine how its values are read. */
class Context {
  readonly #path: string;
  readonly #text: string;
  #catalogue: boolean | undefined;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  isSecret({ name, value, isLoose }: SettingValue): boolean {
    if (SEALED.test(value) && /\/settings[\w.-]{0,40}\.xml$/.test(this.#path)) return false;
    if (!isNamedSecret(name, value) || (isLoose === true && !isMade(name, value))) return false;
    if (
      isSealedValue(value, this.#text) ||
      CODE.test(value) ||
      PATH.test(value) ||
      MANNERS.has(value.toLowerCase()) ||
      namesAnother(value)
    )
      return false;
    const isSentence = /\S\s{1,20}\S{1,100}\s{1,20}\S/.test(value);
    if (!isSentence && !isWording(value)) return !(isTranslation(this.#path) && /\s|[^\0-\x7f]/.test(value));
    if (KNOWN.test(this.#path)) return value.length < SENTENCE;
    return !/\s/.test(value) && isChosen(name, value) && !this.#isCatalogue();
  }

  /** Whether the file contains texts for people: most of its values are sentences or begin like sentences. */
  #isCatalogue(): boolean {
    this.#catalogue ??= isTranslation(this.#path) || isMostlyWording(this.#text.slice(0, 65_536));
    return this.#catalogue;
  }
}

/** nginx directives whose value is an upstream. */
const UPSTREAM = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/;

/** Length from which letters alone may be random. */
const DRAWN_LETTERS = 10;

/**
 * Whether the value looks generated: it contains a digit or letters in random case, and is neither a date nor the name of an object
 * such as `portail-db2`.
 */
function isMade(name: string, value: string): boolean {
  if (/\s|^\d{4}-\d\d-\d\d/.test(value) || UPSTREAM.test(name)) return false;
  if (!/\d/.test(value))
    return value.length >= DRAWN_LETTERS && /^[A-Za-z]*$/.test(value) && isJumbled(value);
  return nameKind(name) === "password" ? /\D/.test(value) : isDense(value) && looksRandom(value);
}

/**
 * Whether the value only names another thing, as in `password: db_password`: a column, a variable, a field of
 * a form.
 */
function namesAnother(value: string): boolean {
  const inner = value.replace(/^[#.@$%:"'`[\]]{1,3}|[@%:"'`[\]]{1,3}$/g, "");
  return /^[A-Za-z_][A-Za-z_.-]{2,60}$/.test(inner) && isSecretName(inner);
}

/** Whether the text is prose: letters and punctuation, without digits or signs typical of passwords. */
function isWording(value: string): boolean {
  return /^[\p{L}\p{M}\u0080-\uffff\s.,;:!?'’"()/_-]{1,8192}$/u.test(value);
}

/**
 * Whether a single word may be the secret: a password may be `azerty`, but under the name of a token or key a
 * short word is only a name.
 */
function isChosen(name: string, value: string): boolean {
  if (nameKind(name) === "password") return true;
  return /secret/i.test(name) && /^[A-Za-z]{10,}$/.test(value);
}

const SHOWN_VALUE = /[:=>][ \t]{0,5}["']?([\p{L}\d][^\n"'<]{2,200})/gu;

function isMostlyWording(text: string): boolean {
  let all = 0;
  let wording = 0;
  for (const [, value = ""] of text.matchAll(SHOWN_VALUE)) {
    all += 1;
    if (/^\p{Lu}[\p{Ll}\u0080-\u00ff]|\p{L} \p{L}/u.test(value)) wording += 1;
  }
  return all >= 8 && wording / all > 0.5;
}
