/** Words that occur only in placeholders: `your-api-key`, `change_me_in_production`. */
const TELLING = new Set(
  (
    "dummy placeholder changeme change changez changer modifier remplacer example exemple sample fake faux mock " +
    "replace replaced replaceme insert your votre todo tbd redacted unused notused invalid fillme buildtime lorem collectstatic precompile only ignored irrelevant deleted"
  ).split(" "),
);

/** Placeholders that count only if they are the whole value. */
const WHOLE = new Set(
  (
    "password passwd pass pwd secret secretkey token key apikey test tests testing admin root user username value " +
    "string foo bar baz abc none null nil undefined default unset empty hidden changeit optional required build " +
    "true false yes no on off enabled disabled motdepasse mypassword mysecret passw0rd " +
    "str varchar char text int integer boolean object array any number keyword bytes blob unknown passwort kennwort " +
    "contrasena senha wachtwoord heslo jeton lemotdepasse monmotdepasse votremotdepasse cle clesecrete cleapi"
  ).split(" "),
);

/**
 * Templates, filled in later: `${X}`, `$(x)`, `{{ x }}`, `#{x}`, `<x>`, `$X`, `%X%`, `%s`, `__X__`, `@x@`,
 * `<%= x %>`.
 */
const TEMPLATE =
  /\$\{|\$\(|\{\{|#\{|<%|^<[^<>]*>$|^["']?\$[A-Za-z_]\w*["']?$|^%{1,2}\w+%{0,2}$|^%(?:env\(|[\w.]+%$)|^__\w+__$|^@{1,2}\w+@{1,2}$/;

/** Longest placeholder. The bound protects against hostile texts with thousands of long, nested values. */
const LONGEST = 1_024;

/** Whether a value is a placeholder: a template, a filler, or a word for a placeholder. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (isTemplate(text)) return true;
  if (text.length > LONGEST) return false;
  if (new Set(text).size <= 2) return true;
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]/u);
  if (WHOLE.has(words.join(""))) return true;
  if (words.some(isDense)) return false;
  return words.some((word) => TELLING.has(word)) || /x{4}|\.{3}|…/.test(text);
}

/** Whether another program fills in the value. */
export function isTemplate(value: string): boolean {
  return TEMPLATE.test(value);
}

/** Whether a word is long and mixes letters and digits, as no word of a language does. */
export function isDense(word: string): boolean {
  return word.length >= 16 && /\d/.test(word) && /\p{L}/u.test(word) && !/x{4}/.test(word);
}
