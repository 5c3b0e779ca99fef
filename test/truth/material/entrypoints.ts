// Entrypoints of images of databases, written for this corpus with the constructs that those images document.

const HEAD = `#!/usr/bin/env bash
set -Eeo pipefail

# usage: file_env VAR [DEFAULT]
file_env() {
  local var="$1" fileVar="\${1}_FILE" def="\${2:-}"
  local val="$def"
  if [ "\${!var:-}" ]; then val="\${!var}"; elif [ "\${!fileVar:-}" ]; then val="$(< "\${!fileVar}")"; fi
  export "$var"="$val"
  unset "$fileVar"
}
`;

/** The `docker-entrypoint.sh` of each image. */
export const ENTRYPOINTS: Readonly<Record<string, string>> = {
  postgres: `${HEAD}
file_env POSTGRES_PASSWORD
file_env POSTGRES_USER postgres
: "\${POSTGRES_PASSWORD:?a superuser password is needed}"
: "\${POSTGRES_HOST_AUTH_METHOD:=}"
if [ "\${#POSTGRES_PASSWORD}" -ge 100 ]; then echo >&2 'WARNING: the password has more than 99 characters'; fi
if ! getent passwd "$(id -u)" > /dev/null; then
  export NSS_WRAPPER_PASSWD="$(mktemp)" NSS_WRAPPER_GROUP="$(mktemp)"
  printf 'postgres:x:%s:%s:PostgreSQL:%s:/bin/false\\n' "$(id -u)" "$(id -g)" "$PGDATA" > "$NSS_WRAPPER_PASSWD"
  printf 'postgres:x:%s:\\n' "$(id -g)" > "$NSS_WRAPPER_GROUP"
fi
initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\\n' "$POSTGRES_PASSWORD") "$@"
PGPASSWORD="\${PGPASSWORD:-$POSTGRES_PASSWORD}" psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set db="$POSTGRES_DB" <<-'EOSQL'
	CREATE DATABASE :"db" ;
EOSQL
unset PGPASSWORD
exec "$@"
`,
  mysql: `${HEAD}
file_env MYSQL_ROOT_PASSWORD
file_env MYSQL_PASSWORD
if [ -z "$MYSQL_ROOT_PASSWORD" -a -z "$MYSQL_ALLOW_EMPTY_PASSWORD" -a -z "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
  echo >&2 'one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and MYSQL_RANDOM_ROOT_PASSWORD is needed'
  exit 1
fi
if [ -n "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
  MYSQL_ROOT_PASSWORD="$(openssl rand -base64 24)"; export MYSQL_ROOT_PASSWORD
  echo "GENERATED ROOT PASSWORD: $MYSQL_ROOT_PASSWORD"
fi
_passfile() {
  cat <<-EOF
		[client]
		password="\${MYSQL_ROOT_PASSWORD}"
	EOF
}
mysql --defaults-extra-file=<(_passfile) <<-EOSQL
	ALTER USER 'root'@'localhost' IDENTIFIED BY '\${MYSQL_ROOT_PASSWORD}' ;
	CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD' ;
EOSQL
if [ -n "$MYSQL_ONETIME_PASSWORD" ]; then
  mysql --defaults-extra-file=<(_passfile) <<-EOSQL
		ALTER USER 'root'@'%' PASSWORD EXPIRE;
	EOSQL
fi
exec "$@"
`,
  mariadb: `${HEAD}
file_env MARIADB_ROOT_PASSWORD
file_env MARIADB_PASSWORD_HASH
escaped="$(printf '%s' "\${MARIADB_ROOT_PASSWORD}" | sed "s/'/\\\\\\\\'/g")"
rootCreate="CREATE USER 'root'@'\${MARIADB_ROOT_HOST}' IDENTIFIED BY '\${escaped}' ;"
if [ -n "$MARIADB_PASSWORD_HASH" ]; then
  userCreate="CREATE USER '$MARIADB_USER'@'%' IDENTIFIED BY PASSWORD '$MARIADB_PASSWORD_HASH';"
fi
mariadb --protocol=socket -uroot -hlocalhost <<-EOSQL
	SET @orig_sql_log_bin= @@SESSION.SQL_LOG_BIN;
	\${rootCreate}
	\${userCreate}
	ALTER USER mysql@localhost IDENTIFIED VIA unix_socket;
EOSQL
MYSQL_PWD="$MARIADB_ROOT_PASSWORD" mariadb-upgrade --user=root
exec "$@"
`,
  mongo: `${HEAD}
file_env MONGO_INITDB_ROOT_USERNAME
file_env MONGO_INITDB_ROOT_PASSWORD
if [ "$MONGO_INITDB_ROOT_USERNAME" ] && [ "$MONGO_INITDB_ROOT_PASSWORD" ]; then
  rootAuthDatabase='admin'
  "\${mongo[@]}" "$rootAuthDatabase" <<-EOJS
		db.createUser({
			user: $(_js_escape "$MONGO_INITDB_ROOT_USERNAME"),
			pwd: $(_js_escape "$MONGO_INITDB_ROOT_PASSWORD"),
			roles: [ { role: 'root', db: $(_js_escape "$rootAuthDatabase") } ]
		})
	EOJS
fi
if [ -n "\${MONGO_KEYFILE:-}" ]; then install -m 400 "$MONGO_KEYFILE" /data/keyfile; set -- "$@" --keyFile /data/keyfile; fi
exec "$@"
`,
  redis: `#!/bin/sh
set -e
if [ -n "\${REDIS_PASSWORD_FILE:-}" ]; then REDIS_PASSWORD="$(cat "$REDIS_PASSWORD_FILE")"; fi
if [ -n "\${REDIS_PASSWORD:+x}" ]; then set -- "$@" --requirepass "$REDIS_PASSWORD" --masterauth "\${REDIS_MASTER_PASSWORD:-$REDIS_PASSWORD}"; fi
export REDISCLI_AUTH="$REDIS_PASSWORD"
exec "$@"
`,
  rabbitmq: `${HEAD}
file_env RABBITMQ_DEFAULT_USER guest
file_env RABBITMQ_DEFAULT_PASS guest
if [ "\${RABBITMQ_ERLANG_COOKIE:-}" ]; then
  printf '%s' "$RABBITMQ_ERLANG_COOKIE" > "$HOME/.erlang.cookie"
  chmod 600 "$HOME/.erlang.cookie"
fi
cat > /etc/rabbitmq/conf.d/10-defaults.conf <<-EOF
	default_user = $RABBITMQ_DEFAULT_USER
	default_pass = $RABBITMQ_DEFAULT_PASS
	ssl_options.password = \${RABBITMQ_SSL_PASSWORD:-}
EOF
exec "$@"
`,
  elasticsearch: `${HEAD}
file_env ELASTIC_PASSWORD
file_env KEYSTORE_PASSWORD
if [ -f /usr/share/elasticsearch/config/elasticsearch.keystore ] && [ -n "$KEYSTORE_PASSWORD" ]; then
  echo "$KEYSTORE_PASSWORD" | elasticsearch-keystore passwd
fi
if [ -n "\${ELASTIC_PASSWORD:+x}" ]; then
  (echo "$KEYSTORE_PASSWORD" | elasticsearch-keystore add -x 'bootstrap.password') <<< "$ELASTIC_PASSWORD"
fi
curl --silent --user "elastic:\${ELASTIC_PASSWORD}" http://localhost:9200/_security/user/kibana_system/_password -d "{\\"password\\":\\"\${KIBANA_PASSWORD}\\"}"
exec /bin/tini -- "$@"
`,
};
