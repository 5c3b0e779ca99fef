import { describe, expect, test } from "vitest";
import { scanFile } from "./scan.ts";

function kinds(path: string, text: string) {
  return scanFile(path, Buffer.from(text)).map(({ kind, confidence }) => `${kind} ${confidence}`);
}

const PW = "Kj8vQ2xW9z";
const HASH = "$6$saltsalt$abcdefghijklmnopqrstuv";
const NAMED = "named-secret likely";

describe("secrets that the file's name betrays", () => {
  test.each([
    ["/root/.netrc", `machine a login b password ${PW}`, "netrc-password confirmed"],
    ["/root/_netrc", `password   ${PW}`, "netrc-password confirmed"],
    ["/root/.pgpass", `db:5432:app:app:${PW}`, "pgpass-password confirmed"],
    ["/root/pgpass", `db:*:*:app:${PW}\r`, "pgpass-password confirmed"],
    ["/root/pgpass.conf", `# x\ndb:5432:app:app:${PW}`, "pgpass-password confirmed"],
    ["/root/.my.cnf", `[client]\n  password = "${PW}"`, "mysql-password confirmed"],
    ["/root/.my.cnf", `password=${PW}`, "mysql-password confirmed"],
    ["/root/.npmrc", `//r/:_password="${PW}"`, "npm-registry-token confirmed"],
    ["/app/npmrc", `_auth = ${PW}`, "npm-registry-token confirmed"],
    ["/root/.m2/settings.xml", `<password>${PW}</password>`, "maven-password confirmed"],
    ["/root/.m2/settings-security.xml", `<password>${PW}</password>`, "maven-password confirmed"],
    ["/etc/htpasswd", `app:${HASH}`, "password-hash confirmed"],
    ["/etc/.htpasswd-app.txt", "app:{SHA}abcdefghijkl", "password-hash confirmed"],
    ["/etc/app.htpasswd", "app:{SSHA256}abcdefghijkl", "password-hash confirmed"],
    ["/etc/htpasswd", "app:abcdefghijk./ ", "password-hash confirmed"],
    ["/etc/shadow", `app:${HASH}:1:`, "password-hash confirmed"],
    ["/etc/shadow-", `app:!${HASH}:1:`, "password-hash confirmed"],
    ["/etc/gshadow", `app:!!${HASH}:1:`, "password-hash confirmed"],
    ["/etc/passwd", `app:${HASH}:1:`, "password-hash confirmed"],
    ["/etc/master.passwd", `app:${HASH}:1:`, "password-hash confirmed"],
    ["/etc/ipsec.secrets", `a b : PSK "${PW}"`, NAMED],
    ["/etc/my-vpn.secrets", `:XAUTH "${PW}"`, NAMED],
    ["/etc/x.secrets", `: EAP\t"${PW}"`, NAMED],
    ["/etc/x.secrets", `: PIN "${PW}"`, NAMED],
    ["/etc/redis.conf", `requirepass ${PW}`, NAMED],
    ["/etc/redis/redis-6.conf", `  masterauth "${PW}"`, NAMED],
    ["/etc/sentinel.conf", `sentinel auth-pass main ${PW}`, NAMED],
    ["/etc/sentinel.conf", `sentinel-pass ${PW}`, NAMED],
    ["/etc/valkey.conf", `requirepass\t${PW}`, NAMED],
    ["/etc/keydb.conf", `requirepass ${PW}`, NAMED],
    ["/etc/slapd.conf", `rootpw ${PW}`, NAMED],
    ["/app/init.sql", `CREATE USER app IDENTIFIED BY '${PW}'`, NAMED],
    ["/app/init.SQL", `create user app identified with mysql_native_password by '${PW}'`, NAMED],
    ["/app/a.dump", `ALTER ROLE app WITH PASSWORD '${PW}'`, NAMED],
    ["/app/a.ddl", `CREATE USER app ENCRYPTED PASSWORD '${PW}'`, NAMED],
    ["/app/a.sql", `CREATE ROLE "app" PASSWORD '${PW}'`, NAMED],
    ["/app/a.sql", `SET PASSWORD = '${PW}'`, NAMED],
    ["/root/.msmtprc", `password ${PW}`, NAMED],
    ["/root/msmtprc", `  password "${PW}"`, NAMED],
    ["/root/.mpoprc", `password ${PW}`, NAMED],
    ["/root/.fetchmailrc", `poll x user y password ${PW}`, NAMED],
    ["/etc/haproxy.cfg", `  user x insecure-password ${PW}`, NAMED],
    ["/etc/haproxy-1.cfg", `password ${PW}`, NAMED],
    ["/etc/ldap.conf", `bindpw ${PW}`, NAMED],
    ["/etc/nss_ldap.conf", `bindpw ${PW}`, NAMED],
    ["/etc/apache2/env.conf", `  SetEnv DB_PASSWORD "${PW}"`, NAMED],
    ["/app/.htaccess", `SetEnv API_TOKEN ${PW}`, NAMED],
    ["/etc/ppp/chap-secrets", `app * "${PW}"`, NAMED],
    ["/etc/ppp/pap-secrets", `app srv ${PW}`, NAMED],
    ["/etc/postfix/sasl_passwd", `[mx]:587 app:${PW}`, NAMED],
  ])("%s: %s", (path, text, kind) => {
    expect(kinds(path, text)).toContain(kind);
  });

  test.each(["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "MOT_DE_PASSE", "MDP"])(
    "SetEnv X_%s",
    (name) => {
      expect(kinds("/etc/a.conf", `SetEnv X_${name} ${PW}`)).toContain(NAMED);
      expect(kinds("/etc/a.conf", `SetEnvIf X_${name} ${PW}`)).toEqual([]);
    },
  );
});

describe("traps: stays silent on", () => {
  test.each([
    ["/root/xnetrc", `password ${PW}`],
    ["/root/.netrc.md", `password ${PW}`],
    ["/root/.netrc", `passwords ${PW}`],
    ["/root/.netrc", "password changeme"],
    ["/root/.pgpass", `#db:5432:app:app:${PW}`],
    ["/root/.pgpass", `db:5432:app:${PW}`],
    ["/root/mypgpass", `db:5432:app:app`],
    ["/root/.my.cnf.d/x", `password=${PW}`],
    ["/root/.my.cnf", `# password=${PW}`],
    ["/root/.npmrc", `# _auth=${PW}`],
    ["/root/.npmrc", `; _auth=${PW}`],
    ["/root/.npmrc", "_auth=$TOKEN_OF_NPM"],
    ["/root/.npmrc", `x_auth=${PW}`],
    ["/root/.m2/settings.xml", `<!-- <password>${PW}</password> -->`],
    ["/root/.m2/settings.xml", "<password>${env.MAVEN_PASSWORD}</password>"],
    ["/etc/htpasswd", `#app:${HASH}`],
    ["/etc/htpasswd", "app:abcdefghijk./x"],
    ["/etc/htpasswd", "app:{MD5}abcdefghijkl"],
    ["/etc/shadow", "app:*:1:"],
    ["/etc/shadow", "app:!:1:"],
    ["/etc/shadow", `app:!!!${HASH}:1:`],
    ["/etc/shadows", `app:${HASH}:1:`],
    ["/etc/x.secrets", `: RSA "${PW}"`],
    ["/etc/x.secrets", `: PSK ${PW}`],
    ["/etc/redis.conf", `# requirepass ${PW}`],
    ["/etc/redis.conf", `requirepassx ${PW}`],
    ["/app/init.sql", `CREATE USER app COMMENT '${PW}'`],
    ["/app/init.sql", "CREATE USER app IDENTIFIED BY 'changeme'"],
    ["/app/init.sqlx", `IDENTIFIED BY '${PW}'`],
    ["/root/.msmtprc", `# password ${PW}`],
    ["/root/.msmtprc", `passwords ${PW}`],
    ["/root/.msmtprc", "password $PW_OF_MAIL"],
    ["/etc/ldap.conf", `mybindpw ${PW}`],
    ["/etc/a.conf", "SetEnv DB_PASSWORD %{PW_OF_DB}"],
    ["/etc/a.conf", `# SetEnv DB_PASSWORD ${PW}`],
    ["/etc/a.conf", `SetEnv DB_NAME ${PW}`],
    ["/etc/ppp/chap-secrets", `# app * ${PW}`],
    ["/etc/ppp/chap-secret", `app * ${PW}`],
    ["/etc/postfix/sasl_passwd", `# [mx]:587 app:${PW}`],
    ["/etc/postfix/sasl_passwd", `[mx]:587 ${PW}`],
    ["/etc/htpasswd.example", `app:${HASH}`],
    ["/etc/htpasswd-sample", `app:${HASH}`],
    ["/app/init.dist.sql", `IDENTIFIED BY '${PW}'`],
    ["/app/init_default.sql", `IDENTIFIED BY '${PW}'`],
    ["/app/init-defaults.sql", `IDENTIFIED BY '${PW}'`],
    ["/app/init.TEMPLATE.sql", `IDENTIFIED BY '${PW}'`],
  ])("%s: %s", (path, text) => {
    expect(kinds(path, text)).toEqual([]);
  });
});
