import { expect, test } from "vitest";
import { cwesOfRule, isSecurityRule } from "./eslint-rules.ts";

test.each([
  ["no-eval", 95],
  ["no-implied-eval", 95],
  ["no-new-func", 95],
  ["no-script-url", 79],
  ["security/detect-child-process", 78],
  ["security/detect-disable-mustache-escape", 79],
  ["security/detect-eval-with-expression", 95],
  ["security/detect-non-literal-require", 98],
  ["react/no-danger", 79],
  ["react/no-danger-with-children", 79],
  ["vue/no-v-html", 79],
  ["no-unsanitized/method", 79],
  ["xss/no-mixed-html", 79],
])("%s looks for the injection CWE-%i", (rule, cwe) => {
  expect([isSecurityRule(rule), cwesOfRule(rule)]).toEqual([true, [cwe]]);
  expect([isSecurityRule(`x${rule}`), cwesOfRule(`x${rule}`)]).toEqual([false, []]);
});

test.each([
  "security/a",
  "security-node/a",
  "no-secrets/a",
  "no-wildcard-postmessage/a",
  "@microsoft/sdl/a",
  "scanjs-rules/a",
])("%s looks for another weakness", (rule) => {
  expect([isSecurityRule(rule), cwesOfRule(rule)]).toEqual([true, []]);
  expect(isSecurityRule(`x${rule}`)).toBe(false);
});

test.each(["semi", "react/jsx-key", "security", "securityx/a", "", "toString"])("%s is of style", (rule) => {
  expect([isSecurityRule(rule), cwesOfRule(rule)]).toEqual([false, []]);
});
