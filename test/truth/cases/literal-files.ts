// Row 7: literal secrets in ordinary configuration files of the application, and values that only look like
// secrets.

import type { Case, Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";
import { image } from "../given/image.ts";

/** Files with a secret, by path in the image. */
const SECRETS: Readonly<Record<string, string>> = {
  "app/list.json": '[{"name":"DB_PASSWORD","value":"Hiver2024!"}]',
  "app/postman.json": '{"values":[{"key":"password","value":"Hiver2024!"}]}',
  "opt/keycloak/users.json": '{"credentials":[{"type":"password","value":"Hiver2024!"}]}',
  "app/seed.ndjson": '{"a":1}\n{"password":"Hiver2024!"}\n',
  "app/seed.ldif": "dn: uid=robot\nuserPassword: Hiver2024!\n",
  "etc/aides/ldap.yaml": "ldap:\n  bind_pw: Hiver2024!\n",
  "app/project/settings.py": 'PASSWORD = os.getenv("DB_PASSWORD", "Hiver2024!")\n',
  "app/config/mail.js": "module.exports = { user: 'x', pass: process.env.MAIL_PASSWORD || 'Hiver2024!' };\n",
  "etc/default/aides": "DB_PASSWORD=Hiver2024\n",
  "etc/cron.d/aides": "MYSQL_PWD=Hiver2024\n0 1 * * * app mysqldump portal\n",
  "root/.bash_history": "mysql -uroot -pHiver2024 portal\n",
  "root/.msmtprc": "account a\nuser robot\npassword Hiver2024\n",
  "etc/haproxy/haproxy.cfg": "userlist u\n  user robot insecure-password Hiver2024\n",
  "etc/apache2/sites-enabled/aides.conf": "SetEnv DB_PASSWORD Hiver2024\n",
  "etc/nginx/conf.d/aides.conf": "proxy_set_header X-Api-Key 4f9a7c1e2b8d6035;\n",
  "etc/aides/config.yaml": "database:\n  host: pg\n  password: Hiver2024!\n",
  "app/config/database.yml": "production:\n  adapter: postgresql\n  password: azerty\n",
  "app/config.yml": "smtp: {user: robot, password: 'Hiver2024!'}\n",
  "app/compose.yaml": "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=Hiver2024\n",
  "app/values.yaml": "env:\n  - name: API_TOKEN\n    value: 4f9a7c1e2b8d6035\n",
  "app/block.yaml": "password: |\n  Hiver2024!\n",
  "app/anchors.yaml": "password: &pw Hiver2024!\n",
  "srv/aides/config.json": '{"db":{"user":"portal","password":"Hiver2024!"}}',
  "app/numeric.json": '{"password": 20240117}',
  "app/escaped.json": '{"client_secret": "a\\"b9Kq2mZx7Lw"}',
  "app/terraform.tfstate": '{"resources":[{"instances":[{"attributes":{"admin_password":"Hiver2024!"}}]}]}',
  "app/terraform.tfvars": 'db_password = "Hiver2024!"\n',
  "app/config.toml": '[database]\npassword = "Hiver2024!"\n',
  "app/config.ini": "[mail]\nuser = robot\nMOT_DE_PASSE = Hiver2024!\n",
  "app/config/application-prod.properties": "spring.datasource.password=Hiver2024!\n",
  "app/gateway.conf": "jwt.secret=k8vTqYw3zXc5bNm7\n",
  "app/hocon.conf": 'db { url = "jdbc:x", password = "Hiver2024!" }\n',
  "app/WEB-INF/context.xml": '<Context><Resource username="portal" password="Hiver2024!"/></Context>',
  "app/persistence.xml": '<property name="javax.persistence.jdbc.password" value="Hiver2024!"/>',
  "app/web.config": '<configuration><add key="ApiKey" value="4f9a7c1e2b8d6035"/></configuration>',
  "app/settings.xml": "<settings><mot-de-passe>Hiver2024!</mot-de-passe></settings>",
  "app/appsettings.json": '{"Smtp":{"Password":"Hiver2024!"}}',
  "app/portal/settings.py":
    "SECRET_KEY = 'django-insecure-8f!k2#9x@w'\nDATABASES = {'default': {'PASSWORD': 'Hiver2024!'}}\n",
  "var/www/wp-config.php": "<?php\ndefine( 'DB_PASSWORD', 'Hiver2024!' );\n",
  "app/config/parameters.php": "<?php return ['database_password' => 'Hiver2024!'];\n",
  "app/config/database.js": "module.exports = { password: 'Hiver2024!' };\n",
  "app/config/secrets.rb": 'Rails.application.secrets.api_key = "4f9a7c1e2b8d6035"\n',
  "app/config/master.key": "4f9a7c1e2b8d60354f9a7c1e2b8d6035\n",
  "run/secrets/db_password": "Hiver2024!\n",
  "app/secrets/db-password.txt": "Hiver2024!\n",
  "root/.vault-token": "hvs-like-4f9a7c1e2b8d6035\n",
  "etc/nginx/.htpasswd": "robot:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/\n",
  "etc/shadow":
    "root:*:19000:0:99999:7:::\nrobot:$6$abcdefgh$0123456789012345678901234567890123456789:19000:0:99999:7:::\n",
  "etc/traefik/dynamic.yml":
    'users:\n  - "robot:$2y$05$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVabcdefghi"\n',
  "etc/wireguard/wg0.conf": "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n",
  "etc/wpa_supplicant.conf": 'network={\n  psk="Hiver2024!"\n}\n',
  "etc/ipsec.secrets": ': PSK "Hiver2024!"\n',
  "etc/redis/redis.conf": "bind 0.0.0.0\nrequirepass Hiver2024\n",
  "root/.pgpass": "pg:5432:portal:portal:Hiver2024\n",
  "root/.netrc": "machine git.gouv.fr login robot password Hiver2024\n",
  "root/.my.cnf": "[client]\npassword=Hiver2024\n",
  "root/.pypirc": "[pypi]\nusername = robot\npassword = Hiver2024\n",
  "root/.s3cfg": "[default]\nsecret_key = 8fk29xw7TqLmZ3vN\n",
  "root/.config/gcloud/application_default_credentials.json":
    '{"client_secret":"d-FL95Q19q7MQmFpd7hHD0Ty","refresh_token":"1//0gFakeButLong4f9a7c1e2b8d6035","type":"authorized_user"}',
  "root/.kube/config":
    "apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    username: admin\n    password: Hiver2024\n",
  "root/.docker/config.json": '{"auths":{"registry.gouv.fr":{"auth":"cm9ib3Q6SGl2ZXIyMDI0IQ=="}}}',
  "app/dump.sql": "CREATE USER portal WITH PASSWORD 'Hiver2024!';\n",
  "app/init.sql": "CREATE USER 'portal'@'%' IDENTIFIED BY 'Hiver2024!';\n",
  "app/users.sql":
    "INSERT INTO users VALUES (1,'robot','$2y$10$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVabcdefghi');\n",
  "app/entrypoint.sh": "#!/bin/sh\nexport CLE_API=4f9a7c1e2b8d6035\nexec app\n",
  "app/backup.sh": "#!/bin/sh\nmysqldump -uroot -pHiver2024 portal\n",
  "app/bin/run.conf": 'JAVA_OPTS="-Xmx1g -Dspring.datasource.password=Hiver2024"\n',
  "etc/systemd/system/aides.service": "[Service]\nEnvironment=DB_PASSWORD=Hiver2024\n",
  "app/config.yaml": "url: postgres://portal:Hiver2024@db:5432/portal\n",
  "etc/ansible/inventory.ini": "web1 ansible_host=10.0.0.1 ansible_ssh_pass=Hiver2024\n",
  "app/beans.xml": '<bean><property name="password"><value>Hiver2024!</value></property></bean>',
  "app/Info.plist": "<dict><key>ApiToken</key><string>4f9a7c1e2b8d6035</string></dict>",
  "app/docker-compose.yml": "services:\n  redis:\n    command: redis-server --requirepass Hiver2024\n",
  "app/pwd.yml": "pwd: Hiver2024!\n",
  "app/bin/java.conf": 'JAVA_OPTS="-Xmx1g -Dpassword=Hiver2024"\n',
  "app/numbered.yml": "database:\n  password1: Hiver2024!\n",
  "app/numbered.properties": "dbPassword2=Hiver2024!\n",
  "etc/default/numbered": "API_TOKEN2=4f9a7c1e2b8d6035\n",
  "app/quoted-kind.txt": "kind: 'Secret'\nstringData:\n  pw: Hiver2024!\n",
  "app/utf8.yml": "clé_api: 4f9a7c1e2b8d6035\n",
};

/** Files that a conforming image may contain, by path. */
const TRAPS: Readonly<Record<string, string>> = {
  "app/list.json":
    '[{"name":"DB_PASSWORD","value":"${DB_PASSWORD}"},{"name":"password","label":"Mot de passe"}]',
  "app/form.json": '{"fields":[{"type":"password","value":""},{"name":"password","value":"changeme"}]}',
  "app/project/settings.py":
    'PASSWORD = os.getenv("DB_PASSWORD", "")\nTOKEN = os.environ.get("API_TOKEN", "changeme")\n',
  "app/config/mail.js":
    "module.exports = { pass: process.env.MAIL_PASSWORD || '', key: config.get('api_key', null) };\n",
  "etc/default/aides": "DB_PASSWORD_FILE=/run/secrets/db\nOPTIONS=\n",
  "etc/haproxy/haproxy.cfg": "userlist u\n  user robot insecure-password $PASSWORD\n",
  "etc/apache2/sites-enabled/aides.conf":
    "SetEnv DB_PASSWORD ${DB_PASSWORD}\nSetEnv APP_TOKEN_HEADER X-Token\n",
  "etc/nginx/conf.d/aides.conf":
    "proxy_set_header X-Api-Key $http_x_api_key;\nproxy_set_header Authorization $http_authorization;\n",
  "app/jwks.json":
    '{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}',
  "app/static/icons.json":
    '{"a":{"d":"M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z","k":"v"}}',
  "etc/aides/config.yaml":
    "database:\n  host: pg\n  password: ${DB_PASSWORD}\n  password_file: /run/secrets/db\n",
  "app/config.yml": 'password: ""\ntoken:\npassword: changeme\napi_key: "{{ api_key }}"\n',
  "app/config/symfony.yaml": "doctrine: {password: '%env(DB_PASSWORD)%'}\nsecret: '%kernel.secret%'\n",
  "app/config.yaml.example": "password: Hiver2024!\n",
  "app/config.sample.json": '{"password":"Hiver2024!"}',
  "app/docs/config.yaml": "password: Hiver2024!\n",
  "app/tests/fixtures/users.yml": "password: Hiver2024!\n",
  "app/locales/fr.json":
    '{"password":"Mot de passe","token":"Jeton","confirmPassword":"Confirmer le mot de passe (8 caractères)","forgot":"Mot de passe oublié ?"}',
  "app/public/labels.json":
    '{"login":"Identifiant","password":"Passwort","newPassword":"Neues Passwort","send":"Senden","title":"Willkommen","cancel":"Abbrechen","next":"Weiter zur Seite","back":"Zurück zur Seite","help":"Hilfe holen"}',
  "app/messages_fr.properties": "login.password=Mot de passe\nlogin.token=Jeton\n",
  "app/user.schema.json": '{"properties":{"password":{"type":"string","format":"password"}}}',
  "app/openapi.yaml": "components:\n  schemas:\n    Login:\n      example:\n        password: Hiver2024!\n",
  "app/package.json":
    '{"dependencies":{"js-tokens":"^4.0.0","passport-token":"^1.2.3","csrf-token":"1.0.0"}}',
  "app/numbered.yml": "password1: ${DB_PASSWORD1}\npassword2_file: /run/secrets/db2\nkey1: blue-green\n",
  "app/numbered.properties": "dbPassword2=changeme\ntoken1.header=X-Token\npassword2.min=12\n",
  "app/quoted-kind.txt": "kind: 'SecretStore'\nstringData:\n  pw: Hiver2024!\n",
  "app/mapping.yaml": "columns:\n  password: user_password\n  token: access_token\nmask: password,token\n",
  "app/forms.json":
    '{"passwordField":"#password","passwordParameter":"j_password","tokenHeader":"X-Auth-Token"}',
  "app/security.yml":
    "password_encoder: bcrypt\ncredentials: include\ntoken: bearer\npassword: required\npassword_min_length: 12\n",
  "app/settings.py":
    'SECRET_KEY = os.environ["SECRET_KEY"]\nPASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]\n',
  "app/config/config.js":
    "module.exports = { password: process.env.DB_PASSWORD, token: config.get('token') };\n",
  "var/www/wp-config.php":
    "<?php\ndefine('DB_PASSWORD', getenv('DB_PASSWORD'));\ndefine('AUTH_KEY', 'put your unique phrase here');\n",
  "app/web.config":
    '<dependentAssembly><assemblyIdentity name="x" publicKeyToken="b77a5c561934e089"/></dependentAssembly>',
  "app/server.xml":
    '<!-- <user name="admin" password="Hiver2024!"/> -->\n<Connector keystorePass="${KEYSTORE_PASS}"/>',
  "app/application.properties":
    "# spring.datasource.password=Hiver2024!\nspring.datasource.password=${DB_PASSWORD:}\njasypt.password=ENC(abcdef12345)\n",
  "app/encrypted.yml":
    "password: '{cipher}4f9a7c1e2b8d60354f9a7c1e'\ntoken: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n",
  "app/secrets.sops.yaml": "password: ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UTk=,type:str]\n",
  "etc/nsswitch.conf": "passwd:         files\nshadow:         files\n",
  "etc/shadow": "root:*:19000:0:99999:7:::\napp:!:19000::::::\n",
  "etc/passwd": "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/app:/sbin/nologin\n",
  "etc/redis/redis.conf": "# requirepass foobared\nbind 0.0.0.0\n",
  "app/entrypoint.sh":
    '#!/bin/sh\nexport DB_PASSWORD="$(cat /run/secrets/db)"\nPASSWORD=${1:-}\nexec app --password-file /run/secrets/db\n',
  "app/schema.sql": "CREATE TABLE users (id int, password varchar(255) NOT NULL, token text);\n",
  "app/asset-manifest.json":
    '{"static/js/reset-password.js":"static/js/reset-password.4f9a7c1e2b8d.js","/token":"a8f5f167f44f4964e6c998dee827110c"}',
  "app/k8s.yaml": "imagePullSecrets:\n  - name: regcred\nsecretName: portal-db\nexistingSecret: portal-db\n",
  "app/ngrams.json": '{"freq":{"pas":10513,"key":2210,"pass":4210}}',
  "app/values.tf": 'password = var.db_password\ntoken = data.vault_generic_secret.api.data["token"]\n',
  "app/token": "#!/bin/sh\necho hello world\n",
  "root/.npmrc": "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n",
};

/** ENV and the history of an image. */
function declared(env: readonly string[], steps: readonly string[], answer: "yes" | "no", why: string): Case {
  return {
    name: [...env, ...steps].join(", "),
    given: image({ config: { Env: env }, steps }),
    expect: { "no-baked-state": answer },
    why,
    ...(answer === "yes" ? { trap: true } : {}),
  };
}

const DECLARED: Cases = [
  declared(
    ["DATABASE_URL=postgres://portal:Hiver2024@db:5432/x"],
    [],
    "no",
    "A password for a service of the cluster.",
  ),
  declared(["DB_PASSWORD=20240117"], [], "no", "Digits are a password."),
  declared([], ["RUN /bin/sh -c curl -u ci:Hiver2024! https://x # buildkit"], "no", "The history keeps it."),
  declared([], ["RUN /bin/sh -c mysqldump -uroot -pHiver2024 x # buildkit"], "no", "The history keeps it."),
  declared(
    [],
    ["RUN /bin/sh -c wget --header 'Authorization: Bearer a1b2c3d4e5f6' x"],
    "no",
    "The history keeps it.",
  ),
  declared(["JAVA_OPTS=-Dspring.datasource.password=Hiver2024"], [], "no", "A property of the JVM."),
  declared(["API_URL=https://api.recette.portail-interne.fr"], [], "no", "The host of one environment."),
  declared(
    ["DATABASE_HOST=pg1.portail-interne.fr"],
    [],
    "no",
    "Presumed: each environment has its own database.",
  ),
  declared(["DATABASE_URL=postgres://portal@localhost/x"], [], "yes", "No password."),
  declared(["DB_HOST=db", "REDIS_URL=redis://redis:6379"], [], "yes", "The same name in every environment."),
  declared(["SENTRY_URL=https://sentry.portail-interne.fr"], [], "yes", "One for all environments."),
  declared(
    [],
    ["RUN /bin/sh -c curl -u $USER:$PASSWORD x && docker run -u 1000:1000 x"],
    "yes",
    "References, a user and a group.",
  ),
];

export const cases: Cases = [
  ...DECLARED,
  ...bakedFiles(SECRETS, "no", "1.4: secrets are injected; whoever pulls the image reads this one."),
  ...bakedFiles(TRAPS, "yes", "A reference, a placeholder, an example, or words about secrets."),
];
