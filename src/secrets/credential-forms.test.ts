import { describe, expect, test } from "vitest";
import { secretsByForm } from "./credential-files.ts";
import { ScannedText } from "./scanned-text.ts";

const PW = "Kj8vQ2xW9z";
const HASH = "$6$saltsalt$abcdefghijklmnopqrstuv";
const NT = "0CB6948805F797BF2A82807973B89537";

function found(path: string, text: string) {
  return secretsByForm(new ScannedText(() => text, path));
}

function values(path: string, text: string) {
  return found(path, text).map(({ start, end }) => text.slice(start, end));
}

test.each([
  ["/root/.netrc", `password ${PW}`, "netrc-password confirmed"],
  ["/root/.pgpass", `db:5432:app:app:${PW}`, "pgpass-password confirmed"],
  ["/root/.my.cnf", `password=${PW}`, "mysql-password confirmed"],
  ["/root/.npmrc", `//r/:_password=${PW}`, "npm-registry-token confirmed"],
  ["/root/.m2/settings.xml", `<password>${PW}</password>`, "maven-password confirmed"],
  ["/etc/htpasswd", `app:${HASH}`, "password-hash confirmed"],
  ["/etc/shadow", `app:${HASH}:1:`, "password-hash confirmed"],
  ["/etc/redis.conf", `requirepass ${PW}`, "named-secret likely"],
])("%s: %s is a %s", (path, text, kind) => {
  expect(found(path, text).map((one) => `${one.kind} ${one.confidence}`)).toEqual([kind]);
});

/** Texts in which exactly the password is the secret. */
describe("the password of", () => {
  test.each([
    ["/root/.netrc", `machine a\n\tlogin b\n\tpassword\n ${PW}\n`],
    ["/root/_netrc", `default login b password   ${PW} account c`],
    ["/root/.pgpass", `# x\n*:*:*:app:${PW}\r\n`],
    ["/root/pgpass", `db:5432:app:app:${PW}`],
    ["/root/.pgpass.app", `db:5432:app:app:${PW}`],
    ["/app/app-pgpass.txt", `db:5432:app:app:${PW}`],
    ["/root/.my.cnf", `[client]\n  password = "${PW}"\n`],
    ["/root/.my.cnf", `password = '${PW}'`],
    ["/root/.my.cnf", `[client]\npassword=${PW}\n`],
    ["/root/.npmrc", `registry=https://r/\n//r/:_password="${PW}"\n`],
    ["/app/npmrc", `_auth = ${PW}`],
    ["/app/npmrc", `@x:_authToken=${PW}`],
    ["/root/.m2/settings.xml", `<!-- <password>x</password> --><password>${PW}</password><!-- x -->`],
    ["/root/.m2/settings-security.xml", `<password>${PW}</password>`],
    ["/etc/htpasswd", `app:{PLAIN}${PW}`],
    ["/etc/app.htpasswd", `# x\napp:{PLAIN}${PW}\n`],
  ])("%s: %j", (path, text) => {
    expect(values(path, text)).toEqual([PW]);
  });
});

describe("the hash of", () => {
  test.each([
    ["/etc/htpasswd", HASH, `app:${HASH}`],
    ["/etc/.htpasswd-app.txt", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "app:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="],
    ["/etc/app.htpasswd", "{SSHA256}abcdefghijkl", "app:{SSHA256}abcdefghijkl\r\n"],
    ["/etc/htpasswd", "{SSHA}abcdefghijkl", "# x\napp:{SSHA}abcdefghijkl\n"],
    ["/etc/htpasswd", "abJnggxhB/yWI", "app:abJnggxhB/yWI \t\r"],
    ["/etc/shadow", HASH, `root:*:1:\napp:${HASH}:1:0:99999:7:::\n`],
    ["/etc/shadow-", HASH, `app:!${HASH}:1:`],
    ["/etc/gshadow", HASH, `app:!!${HASH}:1:`],
    ["/etc/passwd", HASH, `app:${HASH}:1000:1000::/:/bin/sh`],
    ["/etc/master.passwd", HASH, `app:${HASH}:1:`],
    // DES, and BSDi's.
    ["/etc/shadow", "abJnggxhB/yWI", "app:abJnggxhB/yWI:1:"],
    ["/etc/shadow", "_J9..rasmBYk8r9AiWNc", "app:_J9..rasmBYk8r9AiWNc:1:"],
    ["/etc/samba/smbpasswd", NT, `app:1000:${"X".repeat(32)}:${NT}:[U          ]:LCT-00000000:`],
    ["/etc/samba/smbpasswd", NT, `app:1000:${"AAD3B435B51404EE".repeat(2)}:${NT}:[U          ]:`],
  ])("%s: %s", (path, hash, text) => {
    expect(values(path, text)).toEqual([hash]);
  });
});

describe("the password, in the file of a program,", () => {
  test.each([
    ["/etc/ipsec.secrets", `10.0.0.1 2001:db8::1 : PSK "${PW}"`],
    ["/etc/ipsec.d/my-vpn.secrets", `app :XAUTH\t"${PW}"`],
    ["/etc/x.secrets", `# x\n@app : EAP "${PW}" # of app`],
    ["/etc/x.secrets", `: NTLM "${PW}"`],
    ["/etc/x.secrets", `: RSA app-Key.pem "${PW}"`],
    ["/etc/x.secrets", `: ECDSA /etc/app.pem "${PW}"`],
    ["/etc/x.secrets", `: PKCS8 app.pem\t"${PW}"`],
    ["/etc/x.secrets", `: P12 app.p12 "${PW}"`],
    ["/etc/redis.conf", `requirepass ${PW}\n`],
    ["/etc/redis/redis-6.conf", `  masterauth "${PW}"\n`],
    ["/etc/sentinel.conf", `sentinel auth-pass main ${PW}\n`],
    ["/etc/sentinel.conf", `sentinel sentinel-pass ${PW}\n`],
    ["/etc/valkey.conf", `requirepass\t${PW}\n`],
    ["/etc/keydb.conf", `requirepass ${PW}`],
    ["/etc/slapd.conf", `rootpw ${PW}`],
    ["/etc/redis.conf", `  user app on >${PW} ~* +@all`],
    ["/etc/redis.conf", `user a >${PW}`],
    ["/etc/redis/users.acl", `user app on nopass ~app:* >${PW} +@all`],
    ["/etc/valkey.conf", `user default on >${PW}`],
    ["/etc/keydb-app.conf", `user default on >${PW}`],
    ["/root/.msmtprc", `account a\npassword ${PW}\n`],
    ["/root/msmtprc", `  password "${PW}"`],
    ["/root/.mpoprc", `password\t${PW}`],
    ["/root/.fetchmailrc", `poll x user y pass "${PW}"`],
    ["/root/.fetchmailrc", `poll x user y password ${PW} ssl`],
    ["/etc/haproxy.cfg", `userlist a\n  user x insecure-password ${PW} groups b`],
    ["/etc/haproxy-1.cfg", `  user x password ${PW}`],
    ["/etc/haproxy/haproxy.cfg", `  stats auth app:${PW}\n`],
    ["/etc/haproxy-1.cfg", `stats\tauth app:${PW}`],
    ["/etc/ldap.conf", `bindpw ${PW}`],
    ["/etc/nss_ldap.conf", `# x\nbindpw ${PW}`],
    ["/etc/ppp/chap-secrets", `app * "${PW}" *`],
    ["/etc/ppp/pap-secrets", `# x\napp\tsrv ${PW}`],
    ["/etc/postfix/sasl_passwd", `[mx.site.fr]:587 app:${PW}\n`],
    ["/etc/postfix/relay_passwords", `# x\nmx.site.fr\tapp:${PW}`],
    ["/etc/postfix/smtp.passwd", `mx.site.fr app:${PW}`],
    ["/etc/postfix/my-sasl-passwd", `mx.site.fr app:${PW}`],
    ["/etc/dovecot/users", `# x\napp:{PLAIN}${PW}:1000:1000::/home/app`],
    ["/etc/dovecot/conf.d/app.passwd", `app:${PW}`],
    ["/etc/dovecot/passdb", `app:{SHA512.b64}${PW}`],
    ["/etc/dovecot-ldap.conf.ext", `dn = cn=app\n  dnpass = ${PW}`],
    ["/etc/dovecot/conf.d/ldap.ext", `dnpass=${PW}`],
    ["/etc/openvpn/client/auth.txt", `app\n${PW}\n`],
    ["/etc/openvpn/client/up", `app\r\n${PW}\r\n`],
    ["/app/vpn-fr.pass", `app@site.fr\n${PW}`],
    ["/app/auth.txt", `app\n${PW}`],
    ["/app/login.conf", `app\n${PW}`],
    ["/app/userpass.cred", `app\n${PW}`],
    ["/app/user-pass.txt", `app\n${PW}`],
    ["/app/credential.txt", `app\n${PW}`],
    ["/app/credentials.txt", `app\n${PW}`],
    ["/etc/pgbouncer/users", `;; x\n"app" "${PW}" ""`],
    ["/etc/mongo-keyfile", `${PW.repeat(21)}==`, `${PW.repeat(21)}==`],
    ["/etc/mongodb/keyfile", PW.repeat(40), PW.repeat(40)],
    ["/app/package.json", `{"scripts": {"start": "PORT=80 DB_PASSWORD=${PW} node s.js"}}`],
    ["/app/package.json", `{"scripts": {"start:prod": "node s.js --db-password ${PW} --port 80"}}`],
    ["/app/package.json", `{"scripts":{"worker":"node -e \\"1\\" && API_TOKEN=${PW} node w.js"}}`],
    ["/app/userlist.txt", `"app"\t"${PW}"`],
    ["/etc/exim4/passwd.client", `# x\n*.site.fr:app:${PW}`],
    ["/etc/fstab", `//nas/a /a cifs user=b,password=${PW},uid=1 0 0`],
    ["/etc/fstab", `# x\n//nas/a /a cifs pass=${PW} 0 0`],
    ["/etc/auto.cifs", `a -fstype=cifs,pass=${PW} ://nas/a`],
    ["/root/.davfs2/secrets", `# x\nhttps://dav.site.fr app "${PW}"`],
    ["/etc/davfs2/secrets", `/mnt/dav\tapp\t${PW}`],
    ["/root/.curlrc", `user = "app:${PW}"`],
    ["/root/.config/curlrc", `  --user app:${PW}`],
    ["/root/_curlrc", `proxy-user=app:${PW}`],
    ["/root/.curlrc", `# x\n-u app:${PW}`],
    ["/root/.curlrc", `-U "app:${PW}"`],
    ["/root/.curlrc", `user: app:${PW}`],
    ["/root/.bundle/config", `---\nBUNDLE_GEMS__SITE__FR: "app:${PW}"\r\n`],
    ["/usr/local/bundle/config", `BUNDLE_GEMS__SITE__FR: app:${PW}\n`],
    ["/root/.composer/auth.json", `{"bearer":{"site.fr":"${PW}"}}`],
    ["/app/auth.json", `{"gitlab-token" : {\n "git.site.fr:8443" : "${PW}"}}`],
    ["/app/auth.json", `{"gitlab-oauth": {"git.site.fr": "${PW}"}}`],
    ["/app/auth.json", `{"github-oauth": { "github.com": "${PW}"}}`],
    ["/app/.yarnrc.yml", `npmAuthIdent: app:${PW}`],
    ["/app/.yarnrc.yml", `npmRegistries:\n  "//r":\n    npmAuthIdent: "app:${PW}"\n`],
    ["/root/.sbt/.credentials", `realm=a\npassword=${PW}\n`],
    ["/root/.sbt/credentials-site", `password=${PW}`],
    ["/root/.ivy2/credentials", `  password = ${PW}`],
    ["/root/.hex/hex.config", `{'$write_key',<<"${PW}-${PW}">>}.`, `${PW}-${PW}`],
    ["/root/.hex/hex.config", `{'$read_key', <<"${PW}-${PW}">>}.`, `${PW}-${PW}`],
    ["/root/.hex/hex.config", `{'$encrypted_key',\n<<"${PW}-${PW}">>}.`, `${PW}-${PW}`],
    [
      "/root/.hex/hex.config",
      `{'$repos',#{<<"hexpm:a">> => #{auth_key => <<"${PW}-${PW}">>}}}.`,
      `${PW}-${PW}`,
    ],
    ["/app/site.har", `{"name": "Cookie", "value": "a=b; sid=${PW}${PW}; x=1"}`, `${PW}${PW}`],
    ["/app/site.HAR", `{"name":"set-cookie","value":"sid=${PW}%2B${PW}; Path=/"}`, `${PW}%2B${PW}`],
    ["/app/site.har", `{"name" :"cookie" , "value" : "sid=${PW}${PW}; b=${PW}x${PW}"}`, `${PW}${PW}`],
    ["/app/passwords.txt", `mail : ${PW}`],
    ["/app/PASSWORD.txt", `# x\nmail,${PW}\n`],
    ["/app/pass.lst", `mail;${PW}`],
    ["/app/passwd.csv", `mail;${PW}\t\r\n`],
    ["/app/mots-de-passe.csv", `boîte de l'équipe = ${PW}`],
    ["/app/mot de passe.txt", `mail=${PW}`],
    ["/app/motdepasse_prod.txt", `mail=${PW}`],
    ["/app/mdp.txt", `mail=${PW}`],
    ["/app/secret.txt", `mail=${PW}`],
    ["/app/secrets.txt", `mail=${PW}`],
    ["/app/identifiants.csv", `mail=${PW}`],
  ])("%s: %j", (path, text, value = PW) => {
    expect(values(path, text)).toEqual([value]);
  });

  test.each([
    ["PSK 0sv+NkxY9LLZvwj4qCC2o/gGrWDF2d21jL # of app", "0sv+NkxY9LLZvwj4qCC2o/gGrWDF2d21jL"],
    ["PSK 0x45a30759df97dc26", "0x45a30759df97dc26"],
    ["PIN %smartcard1@pkcs11:50 1234", "1234"],
  ])("/etc/ipsec.secrets: %s", (secret, value) => {
    expect(values("/etc/ipsec.secrets", `: ${secret}`)).toEqual([value]);
  });
});

describe("in SQL, the password of", () => {
  test.each([
    `CREATE USER app IDENTIFIED BY '${PW}';`,
    `create user app identified with mysql_native_password by '${PW}'`,
    `CREATE USER app IDENTIFIED WITH 'caching_sha2_password' AS '${PW}'`,
    `CREATE USER app IDENTIFIED VIA mysql_native_password USING '${PW}'`,
    `CREATE USER app IDENTIFIED VIA mysql_native_password USING PASSWORD('${PW}')`,
    `GRANT ALL ON a.* TO b IDENTIFIED BY PASSWORD '${PW}'`,
    `CREATE USER app IDENTIFIED BY VALUES '${PW}'`,
    `CREATE USER app IDENTIFIED BY "${PW}";`,
    `CREATE USER app IDENTIFIED BY ${PW};`,
    `create user app identified by ${PW}`,
    `ALTER ROLE app WITH PASSWORD '${PW}'`,
    `ALTER ROLE app WITH NOSUPERUSER INHERIT LOGIN NOREPLICATION PASSWORD '${PW}' VALID UNTIL 'infinity';`,
    `CREATE USER app ENCRYPTED PASSWORD '${PW}'`,
    `CREATE ROLE "app" PASSWORD '${PW}'`,
    `CREATE LOGIN app WITH PASSWORD = N'${PW}'`,
    `SET PASSWORD = '${PW}'`,
    `SET PASSWORD FOR 'app'@'%' = '${PW}'`,
    `SET PASSWORD FOR app = PASSWORD('${PW}')`,
  ])("%s", (text) => {
    expect(values("/app/init.sql", text)).toEqual([PW]);
  });

  test("a word that begins like a keyword", () => {
    expect(values("/app/init.sql", "IDENTIFIED BY Random7x")).toEqual(["Random7x"]);
  });

  test.each([
    "a.SQL",
    "a.dump",
    "a.ddl",
    "a.psql",
    "a.pgsql",
    ".mysql_history",
    ".mariadb_history",
    ".psql_history",
  ])("%s", (name) => {
    expect(values(`/app/${name}`, `ALTER USER app IDENTIFIED BY '${PW}'`)).toEqual([PW]);
  });

  test.each([
    `CREATE USER app COMMENT '${PW}'`,
    "CREATE USER app IDENTIFIED BY 'changeme'",
    "CREATE USER app IDENTIFIED BY RANDOM PASSWORD",
    "CREATE USER app IDENTIFIED BY PASSWORD EXPIRE",
    `MISIDENTIFIED BY '${PW}'`,
    `MISIDENTIFIED BY ${PW}`,
    `OLDPASSWORD '${PW}'`,
    "CREATE USER app PASSWORD NULL",
    `COMMENT ON COLUMN a.password IS '${PW}'`,
  ])("but not %s", (text) => {
    expect(values("/app/init.sql", text)).toEqual([]);
  });

  test.each(["a.sqlx", ".mysql_history.md", "asql", "mysql_history"])("nor in %s", (name) => {
    expect(values(`/app/${name}`, `IDENTIFIED BY '${PW}'`)).toEqual([]);
  });
});

describe("of Apache's variables", () => {
  test.each(["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "MOT_DE_PASSE", "MDP"])("X_%s", (name) => {
    expect(values("/etc/apache2/a.conf", `  SetEnv X_${name} "${PW}"`)).toEqual([PW]);
    expect(values("/app/.htaccess", `setenv ${name.toLowerCase()} ${PW}`)).toEqual([PW]);
    expect(values("/etc/a.conf", `SetEnvIf X_${name} ${PW}`)).toEqual([]);
    expect(values("/etc/a.conf", `# SetEnv X_${name} ${PW}`)).toEqual([]);
    expect(values("/etc/a.conf", `SetEnv X_${name} %{PW_OF_DB}`)).toEqual([]);
    expect(values("/etc/a.conf", `SetEnv X_${name}_FILE ${PW}`)).toEqual([]);
  });
});

describe("of Net-SNMP", () => {
  test.each([
    [`createUser app MD5 "${PW}" DES`],
    [`# x\n  createUser app SHA ${PW}`],
    [`createUser -e 0x8000 app SHA-256 ${PW}`],
    [`rocommunity ${PW} 10.0.0.0/8`],
    [`rwcommunity6 "${PW}"`],
    [`  trapcommunity ${PW}`],
    [`authCommunity log,execute ${PW}`],
    [`com2sec app default ${PW}`],
    [`com2sec6\tapp  fe80::/10 ${PW}`],
    [`rocommunity publicly-${PW}`, `publicly-${PW}`],
  ])("%s", (text, value = PW) => {
    expect(values("/etc/snmp/snmpd.conf", text)).toEqual([value]);
  });

  test.each([
    "rocommunity public",
    'rwcommunity "private" localhost',
    `# rocommunity ${PW}`,
    `# createUser app MD5 ${PW}`,
    `view all included ${PW}`,
    "rouser app priv",
  ])("but not %s", (text) => {
    expect(values("/etc/snmp/snmptrapd.conf", text)).toEqual([]);
  });
});

describe("traps: stays silent on", () => {
  test.each([
    ["/root/xnetrc", `password ${PW}`],
    ["/root/.netrc.md", `password ${PW}`],
    ["/root/.netrc", `mypassword ${PW}`],
    ["/root/.netrc", `passwords ${PW}`],
    ["/root/.netrc", "password changeme"],
    ["/root/.pgpass", `#db:5432:app:app:${PW}`],
    ["/root/.pgpass", `db:5432:app:${PW}`],
    ["/root/.pgpass/x", `db:5432:app:app:${PW}`],
    ["/root/.my.cnf.md", `password=${PW}`],
    ["/root/.my.cnf", `# password=${PW}`],
    ["/root/.npmrcs", `_auth=${PW}`],
    ["/root/.npmrc", `# _auth=${PW}`],
    ["/root/.npmrc", `; _auth=${PW}`],
    ["/root/.npmrc", "_auth=$TOKEN_OF_NPM"],
    ["/root/.npmrc", `x_auth=${PW}`],
    ["/root/.m2/settings.xml.md", `<password>${PW}</password>`],
    ["/root/.m2/settings.xml", `<!-- a\n<password>${PW}</password> -->`],
    ["/root/.m2/settings.xml", "<password>${env.MAVEN_PASSWORD}</password>"],
    ["/root/.m2/settings.xml", `<password>{${PW}=}</password>`],
    ["/etc/xhtpasswd", `app:${HASH}`],
    ["/etc/.htpasswd/x", `app:${HASH}`],
    ["/etc/app.htpasswds", `app:${HASH}`],
    ["/etc/htpasswd", `#app:${HASH}`],
    ["/etc/htpasswd", "app:abJnggxhB/yWIx"],
    ["/etc/htpasswd", "app:{MD5}abcdefghijkl"],
    ["/etc/htpasswd", `#app:{PLAIN}${PW}`],
    ["/etc/shadow", "app:*:1:\napp:!:1:\napp:!!:1:\napp:x:1:"],
    ["/etc/shadow", `app:!!!${HASH}:1:`],
    ["/etc/shadow", `#app:${HASH}:1:`],
    ["/etc/shadow", "app:abJnggxhB/yWIx:1:"],
    ["/etc/shadows", `app:${HASH}:1:`],
    ["/etc/x.secrets", `: RSA "${PW}"`],
    ["/etc/x.secrets", `: PSK ${PW}`],
    ["/etc/x.secrets", ": PSK 1234abcd"],
    ["/etc/x.secrets", ": RSA app.pem %prompt"],
    ["/etc/x.secrets", `  # : PSK "${PW}"`],
    ["/etc/x.secrets.d", `: PSK "${PW}"`],
    ["/etc/redis.conf", `# requirepass ${PW}`],
    ["/etc/redis.conf", `requirepassx ${PW}`],
    ["/etc/redis.conf.md", `requirepass ${PW}`],
    ["/etc/redis.conf", `# user app on >${PW}`],
    ["/etc/redis.conf", "user app on nopass ~* +@all"],
    ["/etc/redis.conf.md", `user app on >${PW}`],
    ["/app/a.acls", `user app on >${PW}`],
    ["/root/.msmtprc", `# password ${PW}`],
    ["/root/.msmtprc", `passwords ${PW}`],
    ["/root/.msmtprc", "password $PW_OF_MAIL"],
    ["/root/.msmtprc.d", `password ${PW}`],
    ["/etc/ldap.conf", `mybindpw ${PW}`],
    ["/etc/snmp/snmpd.conf.md", `rocommunity ${PW}`],
    ["/etc/haproxy.cfg", `# stats auth app:${PW}`],
    ["/etc/haproxy.cfg", "stats auth app:$STATS_PASSWORD"],
    ["/etc/haproxy.cfg.d", `stats auth app:${PW}`],
    ["/etc/a.confs", `SetEnv DB_PASSWORD ${PW}`],
    ["/etc/ppp/chap-secrets", `# app * ${PW}`],
    ["/etc/ppp/chap-secrets", "app * @/run/secrets/ppp"],
    ["/etc/ppp/chap-secrets.md", `app * ${PW}`],
    ["/etc/postfix/sasl_passwd", `# [mx]:587 app:${PW}`],
    ["/etc/postfix/sasl_passwd", `[mx]:587 ${PW}`],
    ["/etc/postfix/sasl_passwd.db", `[mx]:587 app:${PW}`],
    ["/etc/dovecot/users", `#app:${PW}`],
    ["/etc/dovecot/users", "app::1000:1000::/home/app"],
    ["/etc/dovecot/users.md", `app:${PW}`],
    ["/etc/xdovecot/users", `app:${PW}`],
    ["/etc/dovecot-ldap.conf.ext", `# dnpass = ${PW}`],
    ["/etc/dovecot-ldap.conf.exts", `dnpass = ${PW}`],
    ["/etc/dovecot/ldap.exts", `dnpass = ${PW}`],
    ["/etc/openvpn/auth.txt", "two\nwords\n"],
    ["/etc/openvpn/auth.txt", `app\n${PW}\nmore\n`],
    ["/etc/openvpn/auth.txt", `# x\napp\n${PW}\n`],
    ["/etc/openvpn/client.conf", "client\nport=1194\n"],
    ["/etc/openvpn/a/", `app\n${PW}`],
    ["/app/auth.txts", `app\n${PW}`],
    ["/etc/pgbouncer/users", `# "app" "${PW}"`],
    ["/etc/pgbouncers/users", `"app" "${PW}"`],
    ["/etc/mongo-keys.md", `# Keys\n${"words of a page. ".repeat(20)}`],
    ["/etc/mongo-key", "short"],
    ["/app/package.json", `{"scripts": {"start": "DB_PASSWORD=$DB_PASSWORD node s.js"}}`],
    ["/app/package.json", `{"scripts": {"test": "JWT_SECRET=${PW} vitest"}}`],
    ["/app/package.json", `{"scripts": {"start:dev": "DB_PASSWORD=${PW} node s.js"}}`],
    ["/app/package.json", `{"scripts": {"start": "node s.js --token-ttl 3600 --secret-name app-1"}}`],
    ["/app/package.json", `{"version": "1.0.0", "config": {"start": "2"}, "x": "DB_PASSWORD=${PW}"}`],
    ["/app/userlist.txts", `"app" "${PW}"`],
    ["/etc/exim4/passwd.client", `# a:b:${PW}`],
    ["/etc/exim4/passwd.clients", `a:b:${PW}`],
    ["/etc/samba/smbpasswd", `# app:1000:${NT}:${NT}:`],
    ["/etc/samba/smbpasswd", `app:1000:${"NO PASSWORD".padEnd(32, "X")}:${"NO PASSWORD".padEnd(32, "X")}:`],
    ["/etc/samba/smbpasswds", `app:1000:${NT}:${NT}:`],
    ["/etc/fstab", `# //nas/a /a cifs password=${PW}`],
    ["/etc/fstab", "//nas/a /a cifs credentials=/root/nas,uid=1 0 0"],
    ["/etc/fstab", `//nas/a /a cifs mypass=${PW} 0 0`],
    ["/etc/fstabs", `//nas/a /a cifs pass=${PW}`],
    ["/root/.davfs2/secrets", `# https://dav.site.fr app ${PW}`],
    ["/root/.davfs2/secretsx", `https://dav.site.fr app ${PW}`],
    ["/root/.curlrc", `# user = "app:${PW}"`],
    ["/root/.curlrc", `user-agent = "app:${PW}"`],
    ["/root/.curlrc", `user = ${PW}`],
    ["/root/.curlrcs", `user = app:${PW}`],
    ["/root/.bundle/config", `# BUNDLE_GEMS__SITE__FR: "app:${PW}"`],
    ["/root/.bundle/config", 'BUNDLE_MIRROR__SITE__FR: "https://gems.site.fr"'],
    ["/root/.bundle/config", `BUNDLE_GEMS__SITE__FR: "app:${PW} x"`],
    ["/root/.bundle/configs", `BUNDLE_GEMS__SITE__FR: "app:${PW}"`],
    ["/app/auth.json", `{"http-basic":{"site.fr":"${PW}"}}`],
    ["/app/auth.jsons", `{"bearer":{"site.fr":"${PW}"}}`],
    ["/app/.yarnrc.yml", `# npmAuthIdent: app:${PW}`],
    ["/app/.yarnrc.yml", `npmAuthIdents: app:${PW}`],
    ["/app/.yarnrc.yml", `xnpmAuthIdent: app:${PW}`],
    ["/app/.yarnrc.yml", "npmAuthIdent: ${NPM_USER}:${NPM_PASSWORD}"],
    ["/app/.yarnrc.ymls", `npmAuthIdent: app:${PW}`],
    ["/root/.ivy2/credentials", `# password=${PW}`],
    ["/root/.ivy2/credentials/x", `password=${PW}`],
    ["/root/.hex/hex.config", `{'$public_key',<<"${PW}-${PW}">>}.`],
    ["/root/.hex/hex.config", `{oauth_key => <<"${PW}-${PW}">>}.`],
    ["/root/.hex/hex.configs", `{'$write_key',<<"${PW}-${PW}">>}.`],
    ["/app/site.hars", `{"name":"cookie","value":"sid=${PW}${PW}"}`],
    ["/app/site.har", `{"name":"accept","value":"sid=${PW}${PW}"}`],
    ["/app/site.har", `{"name":"cookie","value":"lang=abcdefghijklmnopqrstuvw"}`],
    ["/app/passwords.txt", `# mail: ${PW}`],
    ["/app/passwords.txt", `mail: ${PW} x`],
    ["/app/passwords.txt", "mail: to be asked"],
    ["/app/passwords.txt", "mail: personal"],
    ["/app/passwords.md", `mail: ${PW}`],
    ["/app/passwords.txt.md", `mail: ${PW}`],
    ["/app/passengers.csv", `mail,${PW}`],
    ["/app/compass.txt", `mail: ${PW}`],
  ])("%s: %j", (path, text) => {
    expect(values(path, text)).toEqual([]);
  });
});
