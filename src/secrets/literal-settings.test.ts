import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { literalSettings } from "./literal-settings.ts";
import { ScannedText } from "./scanned-text.ts";

/** The values, in a file that is decoded as files are. */
function values(path: string, text: string) {
  const latin1 = Buffer.from(text).toString("latin1");
  return literalSettings(new ScannedText(() => latin1, path)).map(
    ({ kind, confidence, start, end, value }) => {
      expect([kind, confidence]).toEqual(["named-secret", "likely"]);
      expect(latin1.slice(start, end)).toBe(value);
      return value;
    },
  );
}

const PW = "Kj8vQ2xW9z";
const WORD = "correct-horse";

describe("the values of", () => {
  test.each([
    ["/app/a.yaml", `password: ${PW}`],
    ["/app/a.yaml", `a: <!--\npassword: ${PW}\nb: -->`],
    ["/app/a.json", `{"password":"${PW}"}`],
    ["/app/a.xml", `<password>${PW}</password>`],
    ["/app/config.py", `PASSWORD = "${PW}"`],
    ["/app/a.lua", `password = "${PW}"`],
    ["/app/a.sh", `PASSWORD=${PW}`],
    ["/app/a.csv", `login;password\napp;${PW}\n`],
    ["/app/a.sql", `UPDATE a SET password = '${PW}'`],
    ["/app/a.sql", `INSERT INTO a (login, password) VALUES ('b', '${PW}')`],
    ["/app/a.properties", `a=b\rpassword=${PW}\rc=d`],
    ["/app/a.properties", `a=b\r\npassword=${PW}\r\n`],
    ["/app/a.conf", `exec mysql -uapp -p${PW}`],
    ["/app/b.sh", `mysql -uapp -p${PW}`],
    ["/app/b.lua", `os.execute("mysql -uapp -p${PW}")`],
  ])("%s: %j", (path, text) => {
    expect(values(path, text)).toEqual([PW]);
  });

  test.each([
    ["/app/README", `password: ${PW}`],
    ["/app/main.py", `PASSWORD = "${PW}"`],
    ["/app/a.xml", `<!-- a\n<password>${PW}</password> -->`],
    ["/app/a.json", `{"start":"mysql -uapp -p${PW}"}`],
    ["/app/a.csv", "login;name\napp;b1\n"],
    ["/app/a.sh", `INSERT INTO a (login, password) VALUES ('b', '${PW}')`],
    ["/app/a.yaml", `host: ${PW}`],
  ])("but not of %s: %j", (path, text) => {
    expect(values(path, text)).toEqual([]);
  });

  test("XML between two comments", () => {
    expect(values("/app/a.xml", `<!-- a --><password>${PW}</password><!-- b -->`)).toEqual([PW]);
  });
});

describe("a word that may be a secret or its name", () => {
  test.each([
    [".env", `API_TOKEN=${WORD}`],
    [".envrc", `export API_TOKEN=${WORD}`],
    [".env.prod", `API_TOKEN=${WORD}`],
    ["my-app.env", `API_TOKEN=${WORD}`],
    ["application.properties", `api.token=${WORD}`],
    ["application-prod.yml", `api-token: ${WORD}`],
    ["Bootstrap.yaml", `api-token: ${WORD}`],
    ["appsettings.json", `{"ApiToken":"${WORD}"}`],
    ["appsettings.Production.json", `{"ApiToken":"${WORD}"}`],
    ["credentials", `api_token=${WORD}`],
    ["credentials.json", `{"api_token":"${WORD}"}`],
    ["secret.yaml", `api_token: ${WORD}`],
    ["secrets.toml", `api_token = "${WORD}"`],
    ["wp-config.php", `define('API_TOKEN', '${WORD}');`],
    ["settings.py", `API_TOKEN = "${WORD}"`],
    ["local_settings.py", `API_TOKEN = "${WORD}"`],
    ["prod.auto.tfvars", `api_token = "${WORD}"`],
  ])("is meant in %s", (name, text) => {
    expect(values(`/app/${name}`, text)).toEqual([WORD]);
  });

  test.each(["/app/app.yaml", "/app/.env/app.yaml", "/app/x.application.yaml"])("is a name in %s", (path) => {
    expect(values(path, `api_token: ${WORD}`)).toEqual([]);
  });

  test("is a passphrase, as long as people know one by heart", () => {
    const phrase = (length: number) =>
      "correct horse battery "
        .repeat(9)
        .slice(0, length - 1)
        .trimEnd()
        .padEnd(length, "x");
    expect(values("/app/.env", `API_TOKEN="${phrase(59)}"`)).toEqual([phrase(59)]);
    expect(values("/app/.env", `API_TOKEN="${phrase(60)}"`)).toEqual([]);
    expect(values("/app/app.yaml", "password: at least 12 characters")).toEqual([]);
    expect(values("/app/app.yaml", "password: correct horse")).toEqual([]);
  });

  test.each([
    ["password: azertyui", ["azertyui"]],
    ["password: l'hiver", ["l'hiver"]],
    ["api_token: azertyuiop", []],
    ["client_secret: azertyuiop", ["azertyuiop"]],
    ["client_secret: azertyui", []],
    ["CLIENT_SECRET: azertyuiop", ["azertyuiop"]],
    ["client_secret: azerty-uiopqsdf", []],
    ["client_secret: azertyuiop-qsdf", []],
    ["password: db@password", ["db@password"]],
    ["client_secret: azerty.uiopqsdfghjk", []],
    ["client_secret: azerty.uiopqsdfghjk1", ["azerty.uiopqsdfghjk1"]],
  ])("depends on its name: %s", (text, expected) => {
    expect(values("/app/app.yaml", text)).toEqual(expected);
  });
});

describe("how a secret is given is none", () => {
  test.each(
    (
      "prompt manual ldap plain plaintext cleartext scram bcrypt argon2 argon2id sha256 sha512 masked visible protected " +
      "encrypted file vault keychain keyring interactive never always auto once basic bearer digest oauth oauth2 oidc saml " +
      "header query cookie body form access refresh session read write include omit same-origin define undef files compat " +
      "systemd winbind inherit native system local remote static dynamic random generated automatic external internal custom"
    ).split(" "),
  )("%s", (word) => {
    expect(values("/app/.env", `APP_PASSWORD=${word}`)).toEqual([]);
    expect(values("/app/.env", `APP_PASSWORD=${word.toUpperCase()}`)).toEqual([]);
    expect(values("/app/.env", `APP_PASSWORD=${word}-q7`)).toEqual([`${word}-q7`]);
  });
});

describe("what programs are told instead of a value is none", () => {
  test.each([
    ["$config->password1", "x$config->password1"],
    ["fr.gouv.app.Db2", "Fr.gouv.app.Db2"],
    ["app.$config.db2", "app.$config.db2!"],
    ["getenv(DB2)", "get-env(DB2)"],
    ["App::get(db2)", "-App::get(db2)"],
    ["^a1+$", "a1^+$"],
    ["-[^a1]+", "-[a^1]+"],
    ["-(?:a1)", "-(?a1)"],
    ["-\\d+1", "-\\q+1"],
    ["-\\w1+", "-\\W1+"],
    ["-%(name1)s", "-%(name-1)s"],
    ["a-{name1}", "a-{na-me1}"],
    ["a-{}9", "a-}{9"],
    ["input[name=pw1]", "input[mane=pw1]"],
    ["<b1>-x", "-<b1-x"],
    ["-{%x1%}", "-{-%x1%}"],
    ["secret/data/portal", "secret/data/portal2"],
    ["config/jwt.pem", "9config/jwt.pem"],
  ])("%s, but %s may be one", (code, value) => {
    expect(values("/app/a.toml", `password = '${code}'`)).toEqual([]);
    expect(values("/app/a.toml", `password = '${value}'`)).toEqual([value]);
  });

  test.each(["db_password", ":db_password", "#db-password", "@db.password", "%db_password%", "`pwd_token`"])(
    "the name of another: %s",
    (name) => {
      expect(values("/app/a.toml", `password = '${name}'`)).toEqual([]);
      expect(values("/app/a.toml", `password = '${name}9'`)).toEqual([`${name}9`]);
      expect(values("/app/a.toml", `password = '9${name}'`)).toEqual([`9${name}`]);
    },
  );
});

describe("of several values, or behind a space alone, those that somebody made", () => {
  const dense = noise(24);
  test.each([
    [`passwords: [${PW}]`, [PW]],
    ["passwords: [azertyui]", []],
    ["passwords: [12345678]", []],
    ["passwords: [2024-01-31]", []],
    ["passwords: [x2024-01-31]", ["x2024-01-31"]],
    ['passwords: ["Kj8v Q2xW"]', []],
    [`tokens: [${dense}]`, [dense]],
    ["tokens: [portail-db2]", []],
    ["tokens: [abcdefghijklmnopq1]", []],
    ["bindpw Kj8vQ2xW9z", [PW]],
    ["proxy_pass portail2;", []],
    ["fastcgi_pass portail2;", []],
    ["uwsgi_pass portail2;", []],
    ["scgi_pass portail2;", []],
    ["grpc_pass portail2;", []],
    ["memcached_pass portail2;", []],
    ["my_proxy_pass portail2;", ["portail2"]],
    ["proxy_password portail2;", ["portail2"]],
  ])("%s", (text, expected) => {
    expect(values("/app/app.conf", text)).toEqual(expected);
  });
});

describe("words for people", () => {
  test.each([
    ["password: azertyui", []],
    ["password: Kj8v Q2xW", []],
    ["password: Kj8vQ2é", []],
    ["password: Kj8vQ2xW9z", [PW]],
  ])("in a translation: %s", (text, expected) => {
    expect(values("/app/locales/fr.yaml", text)).toEqual(expected);
  });

  test.each([["password: Kj8v Q2xW", ["Kj8v Q2xW"]]])("elsewhere: %s", (text, expected) => {
    expect(values("/app/app.yaml", text)).toEqual(expected);
  });

  const shown = (...lines: readonly string[]) =>
    values("/app/app.yaml", [...lines, "password: azertyui"].join("\n")).length === 0;
  const sentence = 'a: "Bonjour"';
  const two = "b: deux mots";
  const setting = "c: portail";

  test.each([
    ["mostly sentences", [sentence, sentence, sentence, two, two, setting, setting], true],
    ["of any letter", [...Array<string>(7).fill("a: Éclair")], true],
    ["with an accent", [...Array<string>(7).fill("a: Était")], true],
    ["in XML's way", [...Array<string>(7).fill("a>Bonjour<")], true],
    ["half of them", [sentence, sentence, two, two, setting, setting, setting], false],
    ["few", [sentence, sentence, sentence, two, two, two], false],
    ["names in humps", Array<string>(7).fill("a: portailNord"), false],
    ["names in capitals", Array<string>(7).fill("a: PORTAIL"), false],
    ["numbers", Array<string>(7).fill("a: 12 34"), false],
    ["none", Array<string>(7).fill(setting), false],
  ])("are told by most values: %s", (_, lines, expected) => {
    expect(shown(...lines)).toBe(expected);
  });

  test("are told by the beginning of a long text", () => {
    expect(shown("# \n".repeat(30_000), ...Array<string>(7).fill(sentence))).toBe(false);
  });
});
