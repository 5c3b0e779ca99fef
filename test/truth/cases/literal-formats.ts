// Row 7: literal secrets in the formats of applications' settings and data, and values that only look like
// secrets.

import type { Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";

const NOTEBOOK = (line: string): string =>
  JSON.stringify({ cells: [{ cell_type: "code", source: [line], outputs: [] }], nbformat: 4 });
const HAR = (headers: readonly object[]): string =>
  JSON.stringify({ log: { entries: [{ request: { method: "GET", url: "https://x.fr", headers } }] } });

const SECRETS: Readonly<Record<string, string>> = {
  "app/k8s/secret.json": '{"apiVersion": "v1", "kind": "Secret", "data": {"robot": "SGl2ZXIyMDI0IXg5"}}\n',
  "app/k8s/secret.txt": "kind: Secret # portail\nstringData: # robots\n  uri: Hiver2024!x9 # prod\n",
  "app/comptes.yaml": "passwords:\n  # robots\n  - Hiver2024!\n",
  "app/robots.yaml": 'passwords:\n  - "#Hiver2024"\n',
  "app/terraform.tfstate.1700000000.backup":
    '{"resources":[{"instances":[{"attributes":{"password":"Hiver2024!"}}]}]}\n',
  // Erlang's terms.
  "app/sys.config": '[{aides, [{host, "db"}, {password, "Hiver2024!"}]}].\n',
  "etc/rabbitmq/advanced.config": '[{rabbit, [{default_pass, <<"Hiver2024!">>}]}].\n',
  "root/.hex/hex.config": "{'$write_key',<<\"4f9a7c1e2b8d60354f9a7c1e2b8d6035\">>}.\n",
  "app/priv/secret.exs": 'config :aides, secret_key_base: "Zk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN"\n',
  // Languages of configuration.
  "app/config.lua": 'return { host = "db", password = "Hiver2024!" }\n',
  "etc/prosody/portail.cfg.lua": 'component_secret = "Hiver2024!"\n',
  "app/lua/access.lua": 'local redis_password = "Hiver2024!"\n',
  "app/config.dhall": '{ host = "db", password = "Hiver2024!" }\n',
  "app/config.cue": 'db: {\n\thost: "db"\n\tpassword: "Hiver2024!"\n}\n',
  "app/config.jsonnet": "{ db: { password: 'Hiver2024!' } }\n",
  "app/lib.libsonnet": "{ apiToken:: '4f9a7c1e2b8d6035' }\n",
  "app/config.pkl": 'db {\n  password = "Hiver2024!"\n}\n',
  "app/config.ron": '(db: (user: "portail", password: "Hiver2024!"))\n',
  "app/config.edn": '{:db {:user "portail" :password "Hiver2024!"}}\n',
  "app/module.nix": '{ services.portail.password = "Hiver2024!"; }\n',
  "app/main.tf": 'provider "x" {\n  password = "Hiver2024!"\n}\n',
  "app/main.bicep": "param adminPassword string = 'Hiver2024!'\n",
  "app/application.groovy": "dataSource {\n  password = 'Hiver2024!'\n}\n",
  "app/portail.kdl": 'db user="portail" password="Hiver2024!"\n',
  // Connection strings.
  "app/dsn.yaml": "dsn: portail:Hiver2024!@tcp(db:3306)/portail?parseTime=true\n",
  "app/dsn.env": "MYSQL_DSN=portail:Hiver2024!@tcp(db:3306)/portail\n",
  "app/socket.toml": 'dsn = "portail:Hiver2024!@unix(/run/mysqld.sock)/portail"\n',
  "app/oracle.properties": "db.url=jdbc:oracle:thin:portail/Hiver2024!@//db:1521/ORCL\n",
  "app/oracle.yaml": "connect: portail/Hiver2024!@//db.portail.fr:1521/ORCL\n",
  "app/ora.sh": "#!/bin/sh\nsqlplus -s portail/Hiver2024@ORCL @x.sql\n",
  "app/jdbc.properties": "url=jdbc:sqlserver://db:1433;databaseName=x;user=portail;password=Hiver2024!\n",
  "app/pg.yaml": "dsn: host=db user=portail password=Hiver2024! dbname=portail\n",
  "app/connection.json":
    '{"ConnectionStrings":{"Default":"Server=db;Database=x;User Id=portail;Password=Hiver2024!;"}}',
  "app/first.json": '{"ConnectionStrings":{"Default":"Password=Hiver2024!;User ID=sa;Data Source=db"}}',
  "app/Web.config":
    '<connectionStrings><add name="x" connectionString="Data Source=db;Initial Catalog=x;User ID=sa;Pwd=Hiver2024!"/></connectionStrings>',
  "app/odbc.ini": "[portail]\nDriver=PostgreSQL\nServername=db\nUID=portail\nPWD=Hiver2024!\n",
  "app/spaces.config": '<add connectionString="Server = db; User Id = sa; Password = Hiver2024!;"/>',
  "app/lower.config": '<add connectionString="server = db; user id = sa; password = Hiver2024!;"/>',
  "app/upper.config": '<add connectionString="SERVER = db; UID = sa; PWD = Hiver2024!"/>',
  "app/notes.log": "opening server=db; uid=sa; pwd = Hiver2024!; timeout=5\n",
  "app/NuGet.Config":
    '<configuration><packageSourceCredentials><x><add key="ClearTextPassword" value="Hiver2024"/></x></packageSourceCredentials></configuration>',
  "app/nuget.config":
    '<packageSourceCredentials><x><add key="ClearTextPassword"\n  value="azertyui"/></x></packageSourceCredentials>',
  "app/commas.csv": "login;mot de passe;note, libre\nrobot;Hiver2024!;ajout, 2024\n",
  // Base64 that begins like a path.
  "app/slash.env": "JWT_SECRET=/8sKd93jf0qweRTy12LmZz4=\n",
  "app/slash.yaml": "session:\n  secret: /aQ+8sKd93jf0qweRTy12/Lm\n",
  "app/slash.json": '{"apiKey":"/8sKd93jf0qweRTy12LmZz4vN8fQ=="}',
  "app/rabbit.json": '{"bus":"host=rabbit;username=portail;password=Hiver2024!"}',
  "app/redis.json": '{"cache":"redis:6379,password=Hiver2024!,ssl=False"}',
  // Texts within texts.
  "app/escaped.json": '{"config":"{\\"host\\":\\"db\\",\\"password\\":\\"Hiver2024!\\"}"}',
  "app/twice.json": '{"a":"{\\"b\\":\\"{\\\\\\"password\\\\\\":\\\\\\"Hiver2024!\\\\\\"}\\"}"}',
  "app/lines.json": '{"script":"export DB_PASSWORD=Hiver2024!\\nrun"}',
  "app/env.json": '{"env":["DB_HOST=db","DB_PASSWORD=Hiver2024!"]}',
  "app/embedded.yaml": 'data:\n  config.json: \'{"password":"Hiver2024!"}\'\n',
  "app/block.yaml": "data: |\n  [db]\n  password = Hiver2024!\n",
  "app/analysis.ipynb": NOTEBOOK("db_password = 'Hiver2024!'\n"),
  "app/double.ipynb": NOTEBOOK('password = "Hiver2024!"\n'),
  "app/magic.ipynb": NOTEBOOK("%env API_TOKEN=4f9a7c1e2b8d6035\n"),
  "app/call.ipynb": NOTEBOOK("connect(host='db', password='Hiver2024!')\n"),
  // Recorded exchanges.
  "app/trace.har": HAR([{ name: "Authorization", value: "Bearer 4f9a7c1e2b8d6035" }]),
  "app/key.har": HAR([{ name: "X-Api-Key", value: "4f9a7c1e2b8d6035" }]),
  "app/cookie.har": HAR([{ name: "Cookie", value: "session=Zk29xw7TqLmZ3vN8fk29xw7TqLmZ3vN" }]),
  "app/cassette.yaml": "request:\n  headers:\n    Authorization:\n    - Bearer 4f9a7c1e2b8d6035\n",
  "app/headers.json": '{"headers":{"Authorization":"Basic cG9ydGFpbDpIaXZlcjIwMjQh"}}',
  "app/auth.env": "AUTH=Basic cG9ydGFpbDpIaXZlcjIwMjQh\n",
  "app/auth.txt": "Authorization: Basic cG9ydGFpbDpIaXZlcjIwMjQh\n",
  "app/bearer.json": '{"headers":{"authorization":"Bearer 4f9a7c1e2b8d6035"}}',
  // Tables and lists.
  "app/users.csv": "login,password,mail\nrobot,Hiver2024!,robot@portail.fr\n",
  "app/comptes.csv": "identifiant;mot de passe\nrobot;Hiver2024!\n",
  "app/quoted.csv": '"login","password"\n"robot","Hiver2024!"\n',
  "app/users.tsv": "login\tpassword\nrobot\tHiver2024!\n",
  "app/list.yaml": "passwords:\n  - Hiver2024!\n  - Ete2024!!\n",
  "app/flat.yaml": "secrets:\n- 4f9a7c1e2b8d6035\n",
  "app/flow.yaml": "api_tokens: [4f9a7c1e2b8d6035, 8b1d2c3e4f5a6079]\n",
  "app/list.json": '{"passwords":["Hiver2024!","Ete2024!!"]}',
  "app/list.toml": 'passwords = ["Hiver2024!", "Ete2024!!"]\n',
  "app/below.yaml": "password:\n  Hiver2024!\n",
  "app/folded.yaml": "password: >-\n  Hiver2024!\n",
  "app/key.yaml": '"password" : Hiver2024!\n',
  "app/map.yaml": "passwords:\n  robot: Hiver2024!\n  autre: Ete2024!!\n",
  "app/map.json": '{"users":{"robot":{"pass":"Hiver2024!"}},"api_keys":{"portail":"4f9a7c1e2b8d6035"}}',
  "app/map.ini": "[passwords]\nrobot = Hiver2024!\n",
  "app/map.toml": '[secrets]\nportail = "4f9a7c1e2b8d6035"\n',
  // Lines.
  "app/spaces.ini": "user robot\npassword hunter2024\n",
  "app/spaces.conf": "db_password\thunter2024;\n",
  "app/spaces.cfg": '  api_token "4f9a7c1e2b8d6035"\n',
  "app/spaces.properties": "db.password hunter2024\n",
  "app/mac.properties": "db.user=robot\rdb.password=Hiver2024!\rdb.host=db\r",
  "app/mac.yaml": "user: robot\rpassword: Hiver2024!\r",
  "app/windows.ini": "user=robot\r\npassword=Hiver2024!\r\n",
  "app/start.bat": "@echo off\r\nset DB_PASSWORD=Hiver2024!\r\nnode server.js\r\n",
  "app/start.cmd": '@SET "API_TOKEN=4f9a7c1e2b8d6035"\r\n',
  "app/start.ps1": '$env:DB_PASSWORD = "Hiver2024!"\n',
  "app/cred.ps1": '$password = ConvertTo-SecureString "Hiver2024!" -AsPlainText -Force\n',
  "app/assigned.ps1": "$dbPassword = 'Hiver2024!'\n",
  "app/settings.reg": 'Windows Registry Editor Version 5.00\r\n[HKLM\\X]\r\n"Password"="Hiver2024!"\r\n',
  "app/core-site.xml":
    "<property>\n  <name>javax.jdo.option.ConnectionPassword</name>\n  <value>Hiver2024!</value>\n</property>",
  "app/strings.xml": '<resources><string name="api_key">4f9a7c1e2b8d6035</string></resources>',
  "app/single.xml": "<Resource user='portail' password='Hiver2024!'/>",
  "app/nested.xml": "<password>\n  <value>Hiver2024!</value>\n</password>",
  "app/oracle.sql": "CREATE USER portail IDENTIFIED BY Hiver2024;\n",
  "app/login.sql": "CREATE LOGIN portail WITH PASSWORD = N'Hiver2024!';\n",
  "app/insert.sql": "INSERT INTO comptes (login, password) VALUES ('robot', 'Hiver2024!');\n",
};

const TRAPS: Readonly<Record<string, string>> = {
  "app/comptes.yaml": "passwords:\r\n  portail2:\r\n    source: vault\r\n",
  "app/k8s/list.json":
    '{"kind": "ConfigMap", "data": {"a": "SGl2ZXIyMDI0IXg5"}}\n{"kind": "Secret", "data": {"a": ""}}\n',
  "app/sys.config":
    '[{aides, [{password, "${DB_PASSWORD}"}, {password_min_length, 12}, {secret, undefined}]}].\n',
  "app/config.lua": 'return { password = os.getenv("DB_PASSWORD"), token = "" }\n',
  "app/lua/strings.lua": 'return { password = "Mot de passe", token = "Jeton" }\n',
  "app/config.dhall": "{ password = env:DB_PASSWORD as Text }\n",
  "app/config.cue": 'db: {\n\tpassword: string\n\ttoken?: string & !=""\n}\n',
  "app/config.edn": "{:db {:password #env DB_PASSWORD :token :required}}\n",
  "app/module.nix":
    '{ services.portail.passwordFile = "/run/secrets/db"; password = config.sops.placeholder.db; }\n',
  "app/dsn.yaml": "dsn: ${DB_USER}:${DB_PASSWORD}@tcp(db:3306)/portail\n",
  "app/dsn.txt": "user:password@tcp(localhost:5555)/dbname?tls=skip-verify\n",
  "app/oracle.properties": "db.url=jdbc:oracle:thin:@//db:1521/ORCL\n",
  "app/oracle.yaml": "path: a/b@//c\nconnect: ${USER}/${PASSWORD}@//db:1521/ORCL\n",
  "app/connection.json":
    '{"ConnectionStrings":{"Default":"Server=db;Database=x;Integrated Security=true;Password={0};"}}',
  "app/pg.yaml": "dsn: host=db user=portail password=$DB_PASSWORD sslmode=require\n",
  "app/escaped.json":
    '{"schema":"{\\"password\\":{\\"type\\":\\"string\\"}}","form":"<input type=\\"password\\" name=\\"password\\">"}',
  "app/lines.json": '{"script":"export DB_PASSWORD=$(cat /run/secrets/db)\\nrun"}',
  "app/analysis.ipynb": NOTEBOOK("password = os.environ['DB_PASSWORD']\ntoken = getpass()\n"),
  "app/words.ipynb": NOTEBOOK("tokens = 'the cat sat on the mat'.split()\nkey = 'name'\n"),
  "app/trace.har": HAR([
    { name: "Accept", value: "text/html" },
    { name: "Authorization", value: "" },
    { name: "Cookie", value: "lang=fr; theme=dark" },
  ]),
  "app/cassette.yaml": "request:\n  headers:\n    Authorization:\n    - Bearer ${TOKEN}\n",
  "app/basic.txt": "Basic authentication is required. Basic dGVzdA== shows one.\n",
  "app/rfc.json": '{"example":"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==","other":"Basic dXNlcjpwYXNzd29yZA=="}',
  "app/users.csv": "login,password,mail\nrobot,,robot@portail.fr\n",
  "app/aide.csv": "code;libelle;aide, mot de passe\nA1;Connexion;Saisir, puis valider\n",
  "app/labels.csv": "key,fr,en\npassword,Mot de passe,Password\nlogin.title,Connexion,Login\n",
  "app/tokens.csv": "token,count\nthe,120\nof,80\n",
  "app/hash.csv": "file,key\na.txt,1\nb.txt,2\n",
  "app/list.yaml": "secrets:\n  - portail-db\n  - db_password\n  - source: db\ntokens:\n  - identifier\n",
  "app/compose.yaml":
    "services:\n  web:\n    secrets:\n      - db_password\n      - api-token\nsecrets:\n  db_password:\n    file: ./db.txt\n",
  "app/words.json": '{"passwords":["password","changeme"],"secretNames":["a","b"],"keys":["id","name"]}',
  "app/below.yaml": "password:\n  valueFrom:\n    secretKeyRef:\n      name: db\n      key: password\n",
  "app/next.yaml": "password:\nuser: Hiver2024!\n",
  "app/map.ini": "[passwords]\nmin_length = 12\npolicy = strict\n",
  "app/map.json":
    '{"tokens":{"color":"#ff0000","font-size":"12px"},"keys":{"up":"ArrowUp1","down":"ArrowDown1"}}',
  "app/spaces.ini": "password required\ntoken header\npassword ${PASSWORD}\n",
  "app/spaces.conf":
    "ssl_password_file /run/secrets/p;\nproxy_cookie_path / /;\nauth_token_ttl 10m;\npassword off;\nfastcgi_pass php81;\n",
  "app/spaces.properties": "login.password Mot de passe\n",
  "app/mac.properties": "db.user=robot\rdb.password=\rdb.host=db\r",
  "app/start.bat": "set /p DB_PASSWORD=Mot de passe : \r\nset TOKEN=%1\r\nREM set DB_PASSWORD=Hiver2024!\r\n",
  "app/start.ps1":
    '$env:DB_PASSWORD = Get-Content /run/secrets/db\n$password = Read-Host -AsSecureString "Password"\n',
  "app/unset.config": '<add connectionString="Server = db; Integrated Security = true; Password = ;"/>',
  "app/path.env": "JWT_SECRET=/run/Secrets2024/jwtSigningKey1\nTOKEN=/AppData/Roaming/Portail2024/Token1\n",
  "app/path.yaml": "apiKey: /etc/Portail/8sKd93jf0qweRTy12LmZz4\nsecret: /Volumes/K8s/Secret01\n",
  "app/asked.log": "usage: connect server=HOST; password = <password>; timeout=5\n",
  "app/NuGet.Config":
    '<packageSourceCredentials><x><add key="ClearTextPassword" value="changeme"/></x></packageSourceCredentials>',
  "app/core-site.xml":
    "<property><name>hadoop.security.credential.provider.path</name><value>jceks://file/x</value></property>",
  "app/strings.xml":
    '<resources><string name="password">Mot de passe</string><string name="token">Jeton</string></resources>',
  "app/insert.sql":
    "INSERT INTO labels (code, password) VALUES ('a', NULL);\nSELECT password FROM users WHERE id = 1;\n",
};

export const cases: Cases = [
  ...bakedFiles(SECRETS, "no", "1.4: secrets are injected; whoever pulls the image reads this one."),
  ...bakedFiles(TRAPS, "yes", "A reference, a placeholder, an empty value, or words about secrets."),
];
