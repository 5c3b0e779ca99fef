import { expect, test } from "vitest";
import { unreadForm } from "./unread-forms.ts";

test.each([
  ["/root/.cache/deno/deps/https/deno.land/abc", "deno-cache", "/root/.cache/deno/deps/https/"],
  ["/deno-dir/remote/https/jsr.io/abc", "deno-cache", "/deno-dir/remote/https/"],
  ["/app/bower_components/jquery/bower.json", "bower", "/app/bower_components/"],
  ["/app/jspm_packages/npm/x.js", "bower", "/app/jspm_packages/"],
])("%s is of %s", (path, name, folder) => {
  expect(unreadForm(path)).toEqual({ name, folder });
});

test.each([
  "/app/server.js",
  "/usr/lib/apt/methods/https/x",
  "/app/remote/https/x",
  "/root/.cache/deno/npm/registry.npmjs.org/ms/2.1.3/package.json",
])("%s is of none", (path) => {
  expect(unreadForm(path)).toBeUndefined();
});
