import { expect, test } from "vitest";
import { unreadForm } from "./unread-forms.ts";

test.each<[string, string, string]>([
  ["/root/.cache/deno/deps/https/deno.land/abc", "deno-cache", "/root/.cache/deno/deps/https/"],
  ["/deno-dir/remote/https/jsr.io/abc", "deno-cache", "/deno-dir/remote/https/"],
  ["/app/bower_components/jquery/bower.json", "bower", "/app/bower_components/"],
  ["/app/jspm_packages/npm/x.js", "bower", "/app/jspm_packages/"],
  [
    "/usr/local/lib/python3.13/site-packages/numpy.libs/libopenblas64_p-r0-0cf96a72.3.23.dev.so",
    "wheel-libraries",
    "/usr/local/lib/python3.13/site-packages/numpy.libs/",
  ],
  [
    "/venv/lib/python3/site-packages/pillow.libs/libjpeg-1.so.62.4.0",
    "wheel-libraries",
    "/venv/lib/python3/site-packages/pillow.libs/",
  ],
])("%s is of %s", (path, name, folder) => {
  const leavesDoubt = name !== "wheel-libraries";
  expect(unreadForm(path)).toEqual({ name, folder, leavesDoubt });
});

test.each([
  "/app/server.js",
  "/usr/local/lib/python3.13/site-packages/numpy/libs/libx.so",
  "/usr/local/lib/python3.13/site-packages/a.libs/__init__.py",
  "/src/.libs/libx.so",
  "/usr/lib/apt/methods/https/x",
  "/app/remote/https/x",
  "/root/.cache/deno/npm/registry.npmjs.org/ms/2.1.3/package.json",
])("%s is of none", (path) => {
  expect(unreadForm(path)).toBeUndefined();
});
