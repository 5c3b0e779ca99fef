import { expect, test } from "vitest";
import { weakPassword } from "./weak-password.ts";

test.each([
  ["POSTGRES_PASSWORD", "password", true],
  ["MYSQL_ROOT_PASSWORD", "changeme", true],
  ["KEYCLOAK_ADMIN_PASSWORD", "admin", true],
  ["DB_PASSWORD", "Change_Me", true],
  ["DB_PASSWORD", "", false],
  ["DB_PASSWORD", "$(DB_PASSWORD)", false],
  ["DB_PASSWORD", "<password>", false],
  ["DB_PASSWORD_FILE", "password", false],
  ["DB_USER", "admin", false],
  ["AUTH_METHOD", "password", false],
])("%s=%j of a manifest", (name, value, isOne) => {
  expect(weakPassword(name, value).map((span) => span.value)).toEqual(isOne ? [value] : []);
});
