// Files left in an image by repositories of the users' kinds, as their own documentation asks: none is a
// secret, or configuration of one environment.

type Files = Readonly<Record<string, string>>;

/** The files of the image, by kind of repository. */
export const REPOSITORIES: Readonly<Record<string, Files>> = {
  "node-prisma": {
    "app/prisma/schema.prisma":
      'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel User {\n  id Int @id\n  passwordHash String\n  resetToken String?\n}\n',
    "app/prisma/migrations/1_init/migration.sql":
      'CREATE TABLE "User" ("id" SERIAL, "passwordHash" TEXT NOT NULL, "resetToken" TEXT);\n',
    "app/.env.example":
      "DATABASE_URL=postgresql://portail:portail@localhost:5432/portail\nNEXTAUTH_SECRET=\nSMTP_PASSWORD=\nSENTRY_AUTH_TOKEN=\n",
    "app/package.json": '{"name":"portail","scripts":{"start":"prisma migrate deploy && node server.js"}}\n',
  },
  "static-nginx": {
    "etc/nginx/templates/default.conf.template":
      "server {\n  listen 8080;\n  location /api { proxy_pass ${API_URL}; proxy_set_header Authorization $http_authorization; }\n}\n",
    "usr/share/nginx/html/env.js":
      'window.env = { API_URL: "${API_URL}", MATOMO_SITE_ID: "${MATOMO_SITE_ID}" };\n',
    "usr/share/nginx/html/locales/fr.json":
      '{"login":{"password":"Mot de passe","forgotPassword":"Mot de passe oublié ?","token":"Jeton"}}\n',
    "usr/share/nginx/html/assets/index-DkX3fJ2m.js":
      'const e={password:"password",confirmPassword:"confirm-password",accessToken:"access_token"};export{e as default};\n',
  },
  django: {
    "app/portail/settings.py":
      'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\nDEBUG = os.environ.get("DEBUG") == "1"\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "PASSWORD": os.environ.get("DB_PASSWORD", "")}}\nAUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]\nPASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]\n',
    "app/portail/locale/fr/LC_MESSAGES/django.po": 'msgid "Password"\nmsgstr "Mot de passe"\n',
    "app/manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'portail.settings')\n",
  },
  rails: {
    "rails/config/database.yml":
      "default: &default\n  adapter: postgresql\nproduction:\n  <<: *default\n  username: portail\n  password: <%= ENV['PORTAIL_DATABASE_PASSWORD'] %>\n",
    "rails/config/credentials.yml.enc":
      "q7Tn2Zk9Lx1Vt4Wm2Ks7Yp3Hd6Nc5Bg0Jf8Ua4Er1TiQq8Zr--4Lx1Vt9Wm2Ks7Yp3--Hd6Nc5Bg0Jf8Ua4Er1TiQq==",
    "rails/config/environments/production.rb":
      "Rails.application.configure do\n  config.force_ssl = true\n  config.log_level = ENV.fetch('RAILS_LOG_LEVEL', 'info')\nend\n",
    "rails/config/cable.yml":
      "production:\n  adapter: redis\n  url: <%= ENV.fetch('REDIS_URL') { 'redis://localhost:6379/1' } %>\n",
    "rails/config/initializers/filter_parameter_logging.rb":
      "Rails.application.config.filter_parameters += [:passw, :secret, :token, :_key, :crypt, :salt, :certificate, :otp, :ssn]\n",
    "rails/tmp/local_secret.txt":
      "4f9a7c1e2b8d60355d3e8b7f1a6c20944f9a7c1e2b8d60355d3e8b7f1a6c20949b2d7e40c5f8a1637e0d4c9b2f5a83164f9a7c1e2b8d60355d3e8b7f1a6c2094",
  },
  laravel: {
    "app/config/auth.php":
      "<?php\nreturn [\n    'defaults' => ['guard' => env('AUTH_GUARD', 'web'), 'passwords' => env('AUTH_PASSWORD_BROKER', 'users')],\n    'passwords' => ['users' => ['provider' => 'users', 'table' => env('AUTH_PASSWORD_RESET_TOKEN_TABLE', 'password_reset_tokens'), 'expire' => 60]],\n    'password_timeout' => env('AUTH_PASSWORD_TIMEOUT', 10800),\n];\n",
    "app/config/app.php":
      "<?php\nreturn ['key' => env('APP_KEY'), 'cipher' => 'AES-256-CBC', 'previous_keys' => []];\n",
    "app/config/database.php":
      "<?php\nreturn ['connections' => ['pgsql' => ['driver' => 'pgsql', 'username' => env('DB_USERNAME', 'root'), 'password' => env('DB_PASSWORD', '')]]];\n",
    "app/config/services.php":
      "<?php\nreturn ['postmark' => ['token' => env('POSTMARK_TOKEN')], 'ses' => ['key' => env('AWS_ACCESS_KEY_ID'), 'secret' => env('AWS_SECRET_ACCESS_KEY')]];\n",
  },
  symfony: {
    "app/config/packages/security.yaml":
      "security:\n  password_hashers:\n    Symfony\\Component\\Security\\Core\\User\\PasswordAuthenticatedUserInterface: 'auto'\n  firewalls:\n    main:\n      form_login: { username_parameter: email, password_parameter: password }\n",
    "app/config/packages/framework.yaml": "framework:\n  secret: '%env(APP_SECRET)%'\n  csrf_protection: ~\n",
    "app/config/packages/doctrine.yaml": "doctrine:\n  dbal:\n    url: '%env(resolve:DATABASE_URL)%'\n",
    "app/.env.dist":
      'DATABASE_URL="postgresql://app:!ChangeMe!@database:5432/app?serverVersion=16"\nAPP_SECRET=\n',
  },
  "spring-boot": {
    "app/application.yml":
      "spring:\n  datasource:\n    url: ${DB_URL}\n    username: ${DB_USER}\n    password: ${DB_PASSWORD}\n  security:\n    oauth2:\n      client:\n        registration:\n          agentconnect:\n            client-id: ${OIDC_CLIENT_ID}\n            client-secret: ${OIDC_CLIENT_SECRET:}\nserver:\n  ssl:\n    key-store-password: ${KEYSTORE_PASSWORD:?}\n",
    "app/mvnw.cmd":
      "@REM Optional ENV vars\n@REM   MVNW_REPOURL - repo url base for downloading maven distribution\n@REM   MVNW_USERNAME/MVNW_PASSWORD - user and password for downloading maven\n",
    "app/logback-spring.xml":
      "<configuration><springProfile name='dev'><root level='DEBUG'/></springProfile></configuration>\n",
  },
  keycloak: {
    "opt/keycloak/data/import/realm.json":
      '{"realm":"portail","clients":[{"clientId":"web","publicClient":true},{"clientId":"api","secret":"${API_CLIENT_SECRET}"}],"smtpServer":{"password":"**********"},"passwordPolicy":"length(12)","accessTokenLifespan":300,"ssoSessionIdleTimeout":1800}\n',
    "opt/keycloak/conf/keycloak.conf":
      "db=postgres\ndb-password=${KC_DB_PASSWORD}\nhttps-key-store-password=${KC_KEYSTORE_PASSWORD}\n",
  },
  hasura: {
    "hasura-metadata/databases/databases.yaml":
      "- name: default\n  kind: postgres\n  configuration:\n    connection_info:\n      database_url:\n        from_env: HASURA_GRAPHQL_DATABASE_URL\n",
    "hasura-metadata/actions.yaml":
      "actions:\n  - name: login\n    definition:\n      handler: '{{API_URL}}/login'\n      headers:\n        - name: x-api-secret\n          value_from_env: API_SECRET\n",
  },
  charts: {
    "charts/web/values.yaml":
      "image:\n  pullSecret: registre\nexistingSecret: web-secrets\nauth:\n  existingSecretPasswordKey: password\npostgresql:\n  auth:\n    existingSecret: web-postgresql\n",
    "charts/web/templates/deployment.yaml":
      "env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: {{ .Values.existingSecret }}\n        key: db-password\n",
    "charts/web/templates/externalsecret.yaml":
      "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec:\n  data:\n    - secretKey: DB_PASSWORD\n      remoteRef:\n        key: kv/portail\n        property: db_password\n",
  },
  compose: {
    "app/docker-compose.yml":
      "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: postgres\n      POSTGRES_PASSWORD: postgres\n  minio:\n    environment:\n      MINIO_ROOT_USER: minioadmin\n      MINIO_ROOT_PASSWORD: minioadmin\n  web:\n    environment:\n      SESSION_SECRET: ${SESSION_SECRET:?required}\n",
  },
};
