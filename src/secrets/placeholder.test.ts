import { describe, expect, test } from "vitest";
import { isPlaceholder, isTemplate } from "./placeholder.ts";

test.each([
  "${X}",
  "$(x)",
  "{{ x }}",
  "#{x}",
  "<x>",
  "<%= x %>",
  "$X",
  "%X%",
  "%%X%%",
  "%s",
  "__X__",
  "@x@",
  "xxxx",
  "****",
  "",
  "changeme",
  "change-me",
  "change_me_in_production",
  "your-api-key",
  "your_secret_here",
  "dummy",
  "dummy-for-build",
  "collectstatic-only",
  "placeholder",
  "password",
  "Password",
  "secret",
  "test",
  "none",
  "changeit",
  "example",
  "fake-token-123",
  "xxxxxxxxxxxxxxxxxxxx1",
  "sk-...",
  "à-remplacer",
  "mot de passe",
])("%j holds the place of a value", (value) => {
  expect(isPlaceholder(value)).toBe(true);
});

test.each(
  (
    "dummy placeholder changeme change changez changer modifier remplacer example exemple sample fake faux mock replace " +
    "replaced replaceme insert your votre todo tbd redacted unused notused invalid fillme buildtime lorem collectstatic " +
    "precompile only ignored irrelevant deleted"
  ).split(" "),
)("%s says so beside other words", (word) => {
  expect(isPlaceholder(`abricot-${word}_7`)).toBe(true);
  expect(isPlaceholder(`abricot-${word.toUpperCase()}`)).toBe(true);
  expect(isPlaceholder(`abricot${word}`)).toBe(false);
});

test.each(
  (
    "password passwd pass pwd secret secretkey token key apikey test tests testing admin root user username value string " +
    "foo bar baz abc none null nil undefined default unset empty hidden changeit optional required build true false yes " +
    "no on off enabled disabled motdepasse mypassword mysecret passw0rd str varchar char text int integer boolean object " +
    "array any number keyword bytes blob unknown passwort kennwort contrasena senha wachtwoord heslo jeton lemotdepasse " +
    "monmotdepasse votremotdepasse cle clesecrete cleapi"
  ).split(" "),
)("%s is one when it is all there is", (word) => {
  expect(isPlaceholder(` ${word}. `)).toBe(true);
  expect(isPlaceholder(`${word.slice(0, 1)}-${word.slice(1).toUpperCase()}`)).toBe(true);
  expect(isPlaceholder(`${word}-abricot`)).toBe(false);
});

describe("a template is all of a value, unless it tells itself by two signs", () => {
  test.each([
    ["k8-${X}"],
    ["k8-$(x)"],
    ["k8-{{ x }}"],
    ["k8-#{x}"],
    ["k8-<% x"],
    ["<your key 1>", "k8<v2>", "<v2>k8", "<k8<v2>"],
    ["$APP_PW1", "k8$APP_PW1", "$8kAPP", "$APP-k8"],
    ['"$APP_PW1"', '-"$APP_PW1"', '"$APP_PW1"k'],
    ["'$APP_PW1'", "-'$APP_PW1'", "'$APP_PW1'k"],
    ["%APP_PW1%", "k%APP_PW1%", "%APP-PW1%", "%APP_PW1%k"],
    ["%%APP_PW1%%", "%%%APP_PW1%%"],
    ["%s"],
    ["%APP_PW1"],
    ["%app.pw.k8%", "k%app.pw.k8%", "%app.pw.k8%k", "%app.pw-k8%"],
    ["%env(K8)%", "k%env(K8)%"],
    ["__APP_K8__", "k__APP_K8__", "__APP_K8__-", "__APP-K8__"],
    ["@app_k8@", "k@app_k8@", "@app_k8@k", "@app-k8@"],
    ["@@app_k8@@", "@@@app_k8@@"],
  ])("%s", (template, ...values) => {
    expect(isTemplate(template)).toBe(true);
    expect(isPlaceholder(` ${template}\n`)).toBe(true);
    for (const value of values) expect([value, isTemplate(value)]).toEqual([value, false]);
  });
});

test.each([
  ["dummy-8f3kd02mvn38fk20", false],
  ["dummy-8f3kd02mvn38fk2", true],
  ["dummy-abcdefghijklmnopqrst", true],
  ["dummy-12345678901234567", true],
  ["dummy-xxxx12345678abcdefg", true],
  ["abababab", true],
  ["abcabcab", false],
  [`${"a b ".repeat(254)}changeme`, true],
  [`${"a b ".repeat(254)}changeme.`, false],
])("a word of letters and digits is none, nor a long text: %s", (value, expected) => {
  expect(isPlaceholder(value)).toBe(expected);
});

test.each([
  "Tr0ub4dor&3",
  "correct-horse-battery",
  "azertyuiop",
  "dummy-8f3kd02mvn38fk20smx",
  "p<ss>w0rd",
  "100%sure",
  "django-insecure-x8d7f6s5a4",
  "https://api.gouv.fr",
])("%j is a value", (value) => {
  expect(isPlaceholder(value)).toBe(false);
});
