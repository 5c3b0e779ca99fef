import { expect, test } from "vitest";
import { isPlaceholder } from "./placeholder.ts";

test.each([
  "${X}",
  "$(x)",
  "{{ x }}",
  "#{x}",
  "<x>",
  "<%= x %>",
  "$X",
  "%X%",
  "%%X%%",
  "%s",
  "__X__",
  "@x@",
  "xxxx",
  "****",
  "",
  "changeme",
  "change-me",
  "change_me_in_production",
  "your-api-key",
  "your_secret_here",
  "dummy",
  "dummy-for-build",
  "collectstatic-only",
  "placeholder",
  "password",
  "Password",
  "secret",
  "test",
  "none",
  "changeit",
  "example",
  "fake-token-123",
  "xxxxxxxxxxxxxxxxxxxx1",
  "sk-...",
  "à-remplacer",
  "mot de passe",
])("%j holds the place of a value", (value) => {
  expect(isPlaceholder(value)).toBe(true);
});

test.each([
  "Tr0ub4dor&3",
  "correct-horse-battery",
  "azertyuiop",
  "dummy-8f3kd02mvn38fk20smx",
  "p<ss>w0rd",
  "100%sure",
  "django-insecure-x8d7f6s5a4",
  "https://api.gouv.fr",
])("%j is a value", (value) => {
  expect(isPlaceholder(value)).toBe(false);
});
