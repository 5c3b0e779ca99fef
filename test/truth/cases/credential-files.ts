// Row 7: credential files of programs, recognised by name or form, and files that only look like one.

import type { Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";

/** MIT krb5, doc/formats/keytab_file_format: one entry of robot@PORTAIL.FR with a key of 32 bytes. */
function keytab(): Buffer {
  const counted = (text: string): Buffer => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
  const entry = Buffer.concat([
    Buffer.from([0, 1]),
    counted("PORTAIL.FR"),
    counted("robot"),
    Buffer.from([0, 0, 0, 1, 0x65, 0, 0, 0, 2, 0, 18, 0, 32]),
    Buffer.from("8f3a1c5e7b9d2046af13579bdf02468ace13579bdf02468ace8f3a1c5e7b9d20", "hex"),
  ]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(entry.length);
  return Buffer.concat([Buffer.from([5, 2]), size, entry]);
}

const SALTED =
  "$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/";
const APR1 = "$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/";
const MD5 = "$1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/";
const SHA1 = "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr";

const SECRETS: Readonly<Record<string, string | Uint8Array>> = {
  "etc/krb5.keytab": keytab(),
  "app/data/robot.bin": keytab(),
  "etc/mosquitto/passwd": `robot:$7$101$c2FsdHNhbHRzYWx0$${"aGFzaGhhc2hoYXNo".repeat(5)}aGFzaA==\n`,
  "etc/mosquitto/pwfile": `robot:${SALTED}\n`,
  "etc/mosquitto/conf.d/bridge.conf": "remote_username robot\nremote_password Hiver2024!\n",
  "etc/snmp/snmpd.conf": 'createUser robot SHA "Hiver2024!" AES\nrouser robot priv\n',
  "var/lib/snmp/snmpd.conf": "createUser robot SHA Hiver2024! AES Ete2024!!\n",
  "usr/local/etc/snmpd.conf": "rocommunity hiver2024 10.0.0.0/8\n",
  "etc/snmp/snmptrapd.conf": "authCommunity log,execute hiver2024\n",
  "etc/dovecot/users": "robot:{PLAIN}Hiver2024!:1000:1000::/home/robot\n",
  "etc/dovecot/passdb": `robot:${SHA1}\n`,
  "etc/dovecot/dovecot-sql.conf.ext": "connect = host=db dbname=mail user=mail password=Hiver2024!\n",
  "etc/dovecot/dovecot-ldap.conf.ext": "dn = cn=robot\ndnpass = Hiver2024!\n",
  "etc/dovecot/conf.d/auth-static.conf.ext": "passdb {\n  driver = static\n  args = password=Hiver2024!\n}\n",
  "etc/openvpn/client/auth.txt": "robot\nHiver2024!\n",
  "etc/openvpn/login.conf": "robot\nHiver2024!\n",
  "app/vpn/portail.ovpn": "client\n<auth-user-pass>\nrobot\nHiver2024!\n</auth-user-pass>\n",
  "etc/openvpn/ta.key":
    "-----BEGIN OpenVPN Static key V1-----\n8f3a1c5e7b9d2046af13579bdf02468a\nce13579bdf02468ace8f3a1c5e7b9d20\n-----END OpenVPN Static key V1-----\n",
  "etc/ppp/chap-secrets": "robot * Hiver2024! *\n",
  "etc/ppp/peers/portail": 'user robot\npassword "Hiver2024!"\n',
  "root/.pg_service.conf": "[portail]\nhost=pg\nuser=portail\npassword=Hiver2024!\n",
  "app/pgpass.txt": "pg.portail.fr:5432:portail:portail:Hiver2024!\n",
  "etc/pgbouncer/userlist.txt": '"portail" "Hiver2024!"\n',
  "etc/sssd/sssd.conf":
    "[domain/portail]\nldap_default_authtok_type = password\nldap_default_authtok = Hiver2024!\n",
  "etc/nslcd.conf": "uri ldap://ldap\nbinddn cn=robot\nbindpw Hiver2024!\n",
  "etc/ldap.secret": "Hiver2024!\n",
  "etc/libnss-ldap.secret": "Hiver2024!\n",
  "etc/ldap/ldap.conf": "BASE dc=fr\nBINDPW Hiver2024!\n",
  "etc/postfix/sasl_passwd": "[smtp.portail.fr]:587 robot:Hiver2024!\n",
  "etc/postfix/sasl/sasl_passwd": "smtp.portail.fr robot:Hiver2024!\n",
  "etc/postfix/relay_passwords": "smtp.portail.fr robot:Hiver2024!\n",
  "etc/exim4/passwd.client": "smtp.portail.fr:robot:Hiver2024!\n",
  "etc/ssmtp/ssmtp.conf": "AuthUser=robot\nAuthPass=Hiver2024!\n",
  "etc/wpa_supplicant/wpa_supplicant.conf":
    "network={\n  psk=8f3a1c5e7b9d2046af13579bdf02468ace13579bdf02468ace8f3a1c5e7b9d20\n}\n",
  "etc/hostapd/hostapd.conf": "ssid=portail\nwpa_passphrase=Hiver2024!\n",
  "etc/NetworkManager/system-connections/portail.nmconnection": "[wifi-security]\npsk=Hiver2024!\n",
  "app/unattend.xml":
    "<unattend><AutoLogon><Password><Value>Hiver2024!</Value><PlainText>true</PlainText></Password></AutoLogon></unattend>",
  "app/autounattend.xml": "<AdministratorPassword>\n  <Value>Hiver2024!</Value>\n</AdministratorPassword>",
  "root/.terraformrc":
    'credentials "app.terraform.io" {\n  token = "4f9a7c1e2b8d60.atlasv1.Zk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN"\n}\n',
  "root/.terraform.d/credentials.tfrc.json":
    '{"credentials":{"app.terraform.io":{"token":"4f9a7c1e2b8d6035"}}}',
  "app/robot.txt": `robot:${MD5}\n`,
  "app/users": `robot:${APR1}\n`,
  "app/comptes.dat": `robot ${SALTED}\n`,
  "etc/freeradius/3.0/users": 'robot Cleartext-Password := "Hiver2024!"\n',
  "etc/raddb/mods-config/files/authorize": 'robot NT-Password := "0CB6948805F797BF2A82807973B89537"\n',
  "etc/samba/smbpasswd":
    "robot:1000:XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:0CB6948805F797BF2A82807973B89537:[U          ]:LCT-00000000:\n",
  "etc/fstab": "//nas/portail /mnt cifs username=robot,password=Hiver2024!,uid=1000 0 0\n",
  "etc/zabbix/agent.psk": "8f3a1c5e7b9d2046af13579bdf02468ace13579bdf02468ace8f3a1c5e7b9d20\n",
  "etc/nut/upsd.users": "[robot]\n  password = Hiver2024!\n",
  "etc/bind/rndc.key":
    'key "rndc-key" {\n  algorithm hmac-sha256;\n  secret "8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7Tqk=";\n};\n',
  "etc/bind/named.conf.keys":
    'key portail { algorithm hmac-sha256; secret "8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7Tqk="; };\n',
  "etc/bind/Kportail.+013+12345.private":
    "Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: 8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7Tqk=\n",
  "etc/ceph/ceph.client.admin.keyring": "[client.admin]\n\tkey = AQBSr4xgtqPTLRAAq1xWyXBcHKZ2bUZjz0JvUw==\n",
  "root/.davfs2/secrets": "https://dav.portail.fr robot Hiver2024!\n",
  "root/.muttrc": 'set imap_user = "robot"\nset imap_pass = "Hiver2024!"\n',
  "root/.offlineimaprc": "[Repository]\nremoteuser = robot\nremotepass = Hiver2024!\n",
  "root/.config/filezilla/sitemanager.xml":
    '<Server><User>robot</User><Pass encoding="base64">SGl2ZXIyMDI0IQ==</Pass></Server>',
  "root/.config/rclone/rclone.conf": "[nas]\ntype = sftp\npass = Zk29xw7TqLmZ3vN8fk29xw\n",
  "root/.config/glab-cli/config.yml": "hosts:\n  git.portail.fr:\n    token: 4f9a7c1e2b8d6035\n",
  "root/.config/doctl/config.yaml": "access-token: 4f9a7c1e2b8d6035\n",
  "etc/openstack/clouds.yaml":
    "clouds:\n  portail:\n    auth:\n      username: robot\n      password: Hiver2024!\n",
  "root/.databrickscfg": "[DEFAULT]\nhost = https://x\ntoken = 4f9a7c1e2b8d6035\n",
  "root/.azure/msal_token_cache.json": '{"AccessToken":{"x":{"secret":"Zk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN"}}}',
  "root/.jupyter/jupyter_notebook_config.json":
    '{"NotebookApp":{"password":"sha1:67c9e60bb8b6:9ffede0825894254b2e042ea597d771089e11aed"}}',
  "root/.mysql_history": "ALTER USER 'portail'@'%' IDENTIFIED BY 'Hiver2024!';\n",
  "root/.psql_history": "ALTER ROLE portail PASSWORD 'Hiver2024!';\n",
  "root/.python_history": "password = 'Hiver2024!'\n",
  "root/.local/share/fish/fish_history": "- cmd: mysql -uroot -pHiver2024 portail\n  when: 1700000000\n",
  "root/.curlrc": 'user = "robot:Hiver2024!"\n',
  "root/.wgetrc": "user=robot\npassword=Hiver2024!\n",
  "root/.config/gh/hosts.yml": "github.com:\n  user: robot\n  oauth_token: 4f9a7c1e2b8d6035\n",
  "etc/rabbitmq/definitions.json":
    '{"users":[{"name":"robot","password_hash":"Zk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vNa"}]}',
  "etc/tor/hs/hs_ed25519_secret_key": Buffer.concat([
    Buffer.from("== ed25519v1-secret: type0 ==\0\0\0"),
    Buffer.from("8f3a1c5e7b9d2046af13579bdf02468ace13579bdf02468ace8f3a1c5e7b9d20".repeat(2), "hex"),
  ]),
  "etc/munge/munge.key": "Zk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN\n",
  "app/Dockerfile": "FROM node:22\nENV DB_PASSWORD=Hiver2024!\n",
  "app/Makefile": "DB_PASSWORD := Hiver2024!\nall:\n\t./run\n",
  "app/Procfile": "web: DB_PASSWORD=Hiver2024! node server.js\n",
  "etc/crontab": "MYSQL_PWD=Hiver2024!\n0 1 * * * app mysqldump portail\n",
  "var/spool/cron/crontabs/root": "0 1 * * * mysqldump -uroot -pHiver2024 portail\n",
  "app/forum.dat": "robot $H$9IgXLP6ewTrSuBkTrqE8wjH6uskkkWq\n",
  "app/comptes.txt": "robot:$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7\n",
  "etc/freeradius/3.0/mods-config/files/authorize":
    "robot Cleartext-Password := Hiver2024!\n  Service-Type = Framed-User\n",
  "app/bin/export.txt": "sqlplus portail/Hiver2024!@//ora.portail.fr @export.sql\n",
  "etc/nginx/.htpasswd": "robot:{PLAIN}Hiver2024!\n",
  "etc/shadow": "robot:abJnggxhB/yWI:19000:0:99999:7:::\n",
  "etc/ipsec.d/portail.secrets": "portail.fr : PSK 0sv+NkxY9LLZvwj4qCC2o/gGrWDF2d21jL\n",
  "etc/ipsec.secrets": ': RSA portail.pem "Hiver2024!"\n',
  "etc/redis/users.acl": "user portail on >Hiver2024! ~* +@all\n",
  "etc/redis/redis.conf": "user portail on >Hiver2024! ~* +@all\n",
  "etc/haproxy/haproxy.cfg": "listen stats\n  stats enable\n  stats auth robot:Hiver2024!\n",
  "docker-entrypoint-initdb.d/roles.sql":
    "CREATE ROLE portail;\nALTER ROLE portail WITH NOSUPERUSER INHERIT LOGIN PASSWORD 'Hiver2024!';\n",
  "docker-entrypoint-initdb.d/users.sql": "SET PASSWORD FOR 'robot'@'%' = 'Hiver2024!';\n",
  "docker-entrypoint-initdb.d/maria.sql":
    "CREATE USER robot IDENTIFIED VIA mysql_native_password USING '*54958E764CE10E50764C2EECBB71D01F08549980';\n",
  "root/.fetchmailrc": 'poll mx.portail.fr user robot pass "Hiver2024!"\n',
  "root/.config/curlrc": "-u robot:Hiver2024!\n",
  "root/.hex/hex.config": "{'$read_key',<<\"8f3a1c5e7b9d2046af13579bdf02468a\">>}.\n",
  "etc/apache2/conf-enabled/env.conf": "setenv DB_PASSWORD Hiver2024!\n",
  "app/api.http": "GET https://api.portail.fr\nAuthorization: Bearer 4f9a7c1e2b8d6035\n",
  "app/mots-de-passe.txt": "robot : Hiver2024!\n",
  "app/credentials.txt": "login: robot\npassword: Hiver2024!\n",
};

const TRAPS: Readonly<Record<string, string | Uint8Array>> = {
  "app/data/small.bin": Buffer.from([5, 2, 0, 0, 0, 9, 1, 2, 3]),
  "app/data/other.bin": Buffer.from([5, 2, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0, 1, 2, 3, 4]),
  "etc/mosquitto/mosquitto.conf": "password_file /etc/mosquitto/passwd\nallow_anonymous false\n",
  "etc/snmp/snmpd.conf":
    "rocommunity public default\nrocommunity6 public default\n#createUser robot SHA Hiver2024! AES\ncreateUser authOnlyUser\n",
  "etc/dovecot/conf.d/10-auth.conf":
    "auth_mechanisms = plain login\npassdb {\n  driver = pam\n  args = dovecot\n}\n#password = Hiver2024!\n",
  "etc/dovecot/dovecot-sql.conf.ext":
    "default_pass_scheme = SHA512-CRYPT\npassword_query = SELECT username, domain, password FROM users WHERE username = '%n'\n",
  "etc/dovecot/users": "robot::1000:1000::/home/robot\n",
  "etc/openvpn/client.conf": "client\nauth-user-pass /run/secrets/vpn\nauth SHA256\n",
  "etc/openvpn/client/auth.txt": "robot\n${VPN_PASSWORD}\n",
  "etc/pgbouncer/userlist.txt": '"portail" ""\n',
  "etc/sssd/sssd.conf": "[sssd]\nservices = nss, pam\nldap_default_authtok_type = password\n",
  "etc/nslcd.conf": "uri ldap://ldap\n#bindpw secret\nbindpw_file /run/secrets/ldap\n",
  "etc/exim4/passwd.client":
    "# password file used when the local exim is authenticating\n# target.mail.server.example:login:password\n",
  "etc/postfix/main.cf":
    "smtp_sasl_password_maps = hash:/run/secrets/sasl_passwd\nsmtpd_tls_key_file = /run/secrets/tls.key\n",
  "etc/ppp/chap-secrets": "# Secrets for authentication using CHAP\n# client server secret IP addresses\n",
  "app/unattend.xml": "<AutoLogon><Password><Value>*SENSITIVE*DATA*DELETED*</Value></Password></AutoLogon>",
  "root/.terraformrc":
    'plugin_cache_dir = "$HOME/.terraform.d/plugins"\ncredentials "app.terraform.io" {\n  token = ""\n}\n',
  "root/.terraform.d/credentials.tfrc.json": '{"credentials":{}}',
  "etc/nginx/.htpasswd": "# robot:{PLAIN}Hiver2024!\n",
  "etc/shadow": "root:*:19000:0:99999:7:::\nrobot:!:19000:0:99999:7:::\n",
  "etc/ipsec.secrets": '# : PSK "Hiver2024!"\n: RSA portail.pem %prompt\n',
  "etc/redis/users.acl": "user portail on nopass ~* +@all\n",
  "etc/haproxy/haproxy.cfg": "listen stats\n  stats enable\n  stats auth $STATS_USER:$STATS_PASSWORD\n",
  "docker-entrypoint-initdb.d/users.sql":
    "CREATE USER robot IDENTIFIED BY RANDOM PASSWORD;\nCREATE ROLE portail PASSWORD NULL;\n",
  "etc/ppp/pap-secrets": "robot * @/run/secrets/ppp\n",
  "app/passengers.csv": "name,cabin\nAllen,B28-24160\n",
  "app/.yarnrc.yml": "nodeLinker: node-modules\n# npmAuthIdent: robot:Hiver2024!\n",
  "app/prices.txt": "a $1$ bill, $5$ and $6$ each, $apr1$ is Apache's\n",
  "etc/freeradius/3.0/users":
    '#bob Cleartext-Password := "hello"\nDEFAULT Framed-Protocol == PPP\n  Cleartext-Password := "%{control:Foo}"\n',
  "etc/freeradius/3.0/mods-config/files/authorize":
    "DEFAULT Cleartext-Password := %{User-Name}\n#bob Cleartext-Password := hello\n",
  "app/bin/notes.txt": "see pages/accueil@// and a/b@ //c\n",
  "etc/samba/smbpasswd":
    "robot:1000:XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:[U          ]:LCT-00000000:\n",
  "etc/fstab": "//nas/portail /mnt cifs credentials=/run/secrets/smb,uid=1000 0 0\n",
  "etc/bind/named.conf":
    'key portail { algorithm hmac-sha256; secret "${TSIG_SECRET}"; };\ninclude "/etc/bind/rndc.key";\n',
  "etc/bind/Kportail.+013+12345.key":
    "portail. IN DNSKEY 257 3 13 8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN8fk29w==\n",
  "root/.davfs2/secrets": "# https://dav.portail.fr robot Hiver2024!\n",
  "root/.curlrc": 'user-agent = "portail/1.0"\nproxy = "http://proxy.portail.fr:3128"\n',
  "etc/pam.d/common-password":
    "password\t[success=1 default=ignore]\tpam_unix.so obscure yescrypt\npassword requisite pam_deny.so\n",
  "etc/pam.d/login": "auth required pam_unix.so\npassword required\n",
  "etc/login.defs": "PASS_MAX_DAYS\t99999\nPASS_MIN_DAYS\t0\nENCRYPT_METHOD SHA512\n",
  "etc/ssh/sshd_config":
    "PasswordAuthentication no\nPermitEmptyPasswords no\nHostKey /etc/ssh/ssh_host_rsa_key\n",
  "app/Dockerfile":
    "FROM node:22\nARG NPM_TOKEN\nENV DB_PASSWORD=\nRUN --mount=type=secret,id=npm_token npm ci\n",
  "app/Makefile": "DB_PASSWORD ?= $(shell cat /run/secrets/db)\nPASSWORD_FILE = /run/secrets/db\n",
  "app/api.http": "GET {{url}}\nAuthorization: Bearer {{token}}\n",
  "app/credentials.txt": "login: \npassword: \n",
  "app/README.txt": "Set the password in the environment (DB_PASSWORD). Password: at least 12 characters.\n",
  "app/users": "robot:x:1000\nadmin:x:1001\n",
};

export const cases: Cases = [
  ...bakedFiles(SECRETS, "no", "1.4: secrets are injected; the program's own format says what this is."),
  ...bakedFiles(TRAPS, "yes", "A default, a reference, a comment, or no credential."),
];
