// Only the default of a shell's parameter expansion can be a secret.

import { describe, expect, test } from "vitest";
import { scanFile } from "./scan.ts";

function found(line: string, path = "/usr/local/bin/start.sh"): readonly string[] {
  const text = path.endsWith(".sh") ? `#!/bin/sh\n${line}\n` : `${line}\n`;
  return scanFile(path, Buffer.from(text)).map(({ masked }) => masked);
}

describe("no literal", () => {
  test.each([
    ': "${X_PASSWORD:?message}"',
    ': "${DB_PASSWORD:?donner DB_PASSWORD}"',
    ': "${DB_PASSWORD?manquant}"',
    'export PGPASSWORD="${PGPASSWORD:-$POSTGRES_PASSWORD}"',
    'PGPASSWORD="${PGPASSWORD:-${POSTGRES_PASSWORD}}" psql',
    'PGPASSWORD="${PGPASSWORD:=$(cat /run/secrets/pg)}"',
    'echo "${DB_PASSWORD:+set}"',
    'echo "${DB_PASSWORD:0:4}"',
    'echo "${DB_PASSWORD: -4}"',
    'echo "${#DB_PASSWORD}"',
    "printf '%s:x:%s:%s:PostgreSQL:%s:/bin/false\\n' a b c d > \"$NSS_WRAPPER_PASSWD\"",
    "printf 'postgres:x:999:999::/var:/bin/false' > \"$NSS_WRAPPER_PASSWD\"",
    "mysql -e \"ALTER USER 'root'@'%' PASSWORD EXPIRE;\"",
    'mysql -e "CREATE USER app IDENTIFIED BY RANDOM PASSWORD"',
    "# the user and password for downloading",
    "echo 'a user and password for downloading'",
  ])("%s", (line) => {
    expect(found(line)).toEqual([]);
  });

  test.each([
    ["password: ${DB_PASSWORD:?required}", "/app/compose.yml"],
    ["password: ${DB_PASSWORD:?required}", "/app/application.yml"],
    ["@REM   MVNW_USERNAME/MVNW_PASSWORD - user and password for downloading maven", "/app/mvnw.cmd"],
    ["@REM   MVNW_PASSWORD=motdepasse1 by default", "/app/mvnw.cmd"],
    [":: set DB_PASSWORD=Hiver2024!", "/app/start.cmd"],
    ["support: https://aide.portail.fr/form?lang=fr&jwtKey=8f3a1c9e7b2d4f60a5c8e1d3", "/app/links.yml"],
  ])("%s in %s", (line, path) => {
    expect(found(line, path)).toEqual([]);
  });
});

describe("trap: a literal default is one", () => {
  test.each([
    [': "${DB_PASSWORD:=Hiver2024!Zk9}"', 13],
    [': "${DB_PASSWORD:-Hiver2024!Zk9}"', 13],
    ["export PGPASSWORD=\"${PGPASSWORD:-'Hiver2024!Zk9'}\"", 13],
    ["mysql -e \"ALTER USER 'root'@'%' IDENTIFIED BY 'Hiver2024!Zk9'\"", 13],
    ["psql -c \"ALTER USER app PASSWORD 'EXPIRE2024x'\"", 11],
    ['echo "Hiver2024!Zk9" > "$DB_PASSWORD"', 13],
    ['echo "app:Hiver24!" > "$HTPASSWD_PASSWD"', 12],
  ])("%s", (line, length) => {
    expect(found(line)).toEqual([`…(${length})`]);
  });

  test.each([
    ["password: ${DB_PASSWORD:-Hiver2024!Zk9}", "/app/compose.yml"],
    ["spring.datasource.password=${DB_PASSWORD:Hiver2024!Zk9}", "/app/application.properties"],
    ["@set DB_PASSWORD=Hiver2024!Zk9", "/app/start.cmd"],
    ["hook: https://api.portail.fr/in?token=8f3a1c9e7b2d4f60a5c8e1d3", "/app/links.yml"],
    ["jwtKey: 8f3a1c9e7b2d4f60a5c8e1d3", "/app/links.yml"],
  ])("%s in %s", (line, path) => {
    expect(found(line, path)).toHaveLength(1);
  });
});
