import { expect, test } from "vitest";
import { originalPath } from "./original-path.ts";

test.each([
  ["/app/.env~", "/app/.env"],
  ["/app/#.env#", "/app/.env"],
  ["/app/.env.orig", "/app/.env"],
  ["/app/.env.save", "/app/.env"],
  ["/app/config.yml.bak", "/app/config.yml"],
  ["/app/config.yml.bak.1", "/app/config.yml"],
  ["/app/config.yml.dpkg-old", "/app/config.yml"],
  ["/app/config.yml.rpmsave", "/app/config.yml"],
  ["/app/config.yml.2024-11-02", "/app/config.yml"],
  ["/app/config.yml.20241102", "/app/config.yml"],
  ["/app/config (copy).yml", "/app/config.yml"],
  ["/app/config - Copie.yml", "/app/config.yml"],
  ["/app/config-backup.yml", "/app/config.yml"],
  ["/app/appsettings.json.OLD", "/app/appsettings.json"],
])("%s is a copy of %s", (path, original) => {
  expect(originalPath(path)).toBe(original);
});

test.each([
  "/app/.env",
  "/app/config.yml",
  "/app/backup.yml",
  "/app/copy/config.yml",
  "/app/libssl.so.12",
  "/app/##",
  "/app/~",
  "/app/.env.old/x",
  "/app/threshold.json",
])("%s is none", (path) => {
  expect(originalPath(path)).toBe(path);
});
