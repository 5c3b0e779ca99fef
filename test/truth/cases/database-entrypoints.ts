// Row 7: entrypoints of images of databases, with the constructs of the documented ones, and literals among
// them.

import type { Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";

const PATH = "usr/local/bin/docker-entrypoint.sh";

/** Constructs of entrypoints, a line each. */
const CONSTRUCTS: Readonly<Record<string, string>> = {
  "a variable that must be set":
    ': "${POSTGRES_PASSWORD:?POSTGRES_PASSWORD manque}"\n: "${X_PASSWORD:?message}"',
  "the default of another variable":
    'export PGPASSWORD="${PGPASSWORD:-$POSTGRES_PASSWORD}"\nPGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD}}" psql',
  "a line of passwd": "printf '%s:x:%s:%s:PostgreSQL:%s:/bin/false\\n' a b c d > \"$NSS_WRAPPER_PASSWD\"",
  "an expired password": "mysql <<-EOSQL\n\tALTER USER 'root'@'%' PASSWORD EXPIRE;\nEOSQL",
  "a password from a file": 'file_env MYSQL_ROOT_PASSWORD\nPASSWORD="$(< "$MYSQL_ROOT_PASSWORD_FILE")"',
  "a password of the variable":
    "mysql <<-EOSQL\n\tCREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';\nEOSQL",
  "a generated password": 'MYSQL_ROOT_PASSWORD="$(pwgen -1 32)"\nexport MYSQL_ROOT_PASSWORD',
  "options for a client": 'cat <<-EOF\n\t[client]\n\tpassword="${MYSQL_ROOT_PASSWORD}"\nEOF',
  "whether it is set":
    'if [ -n "${REDIS_PASSWORD:+x}" ]; then set -- "$@" --requirepass "$REDIS_PASSWORD"; fi',
  "how long it is": 'if [ "${#POSTGRES_PASSWORD}" -ge 100 ]; then echo "too long" >&2; fi',
};

const LITERALS: Readonly<Record<string, string>> = {
  "a literal default": ': "${POSTGRES_PASSWORD:=Hiver2024!Zk9}"',
  "a literal default of another form": 'export PGPASSWORD="${PGPASSWORD:-Hiver2024!Zk9}"',
  "a literal in SQL": "mysql <<-EOSQL\n\tALTER USER 'root'@'%' IDENTIFIED BY 'Hiver2024!Zk9';\nEOSQL",
  "a literal that is written": 'printf "Hiver2024!Zk9" > "$DB_PASSWORD"',
  "a literal for a client": 'cat > ~/.my.cnf <<-EOF\n\t[client]\n\tpassword="Hiver2024!Zk9"\nEOF',
};

function scripts(lines: Readonly<Record<string, string>>, answer: "yes" | "no", why: string): Cases {
  return Object.entries(lines).flatMap(([name, line]) =>
    bakedFiles({ [PATH]: `#!/usr/bin/env bash\nset -Eeo pipefail\n${line}\nexec "$@"\n` }, answer, why).map(
      (one) => ({
        ...one,
        name: `an entrypoint with ${name}`,
      }),
    ),
  );
}

export const cases: Cases = [
  ...scripts(CONSTRUCTS, "yes", "No value is written there: the container is given it."),
  ...scripts(LITERALS, "no", "The value itself is written there."),
];
