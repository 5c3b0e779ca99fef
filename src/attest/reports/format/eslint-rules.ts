/** Rules of ESLint and its plugins that look for weaknesses, with the CWE of each injection. */
const INJECTION_RULES: Readonly<Record<string, number>> = {
  "no-eval": 95,
  "no-implied-eval": 95,
  "no-new-func": 95,
  "no-script-url": 79,
  "security/detect-child-process": 78,
  "security/detect-disable-mustache-escape": 79,
  "security/detect-eval-with-expression": 95,
  "security/detect-non-literal-require": 98,
  "react/no-danger": 79,
  "react/no-danger-with-children": 79,
  "vue/no-v-html": 79,
};

/** Plugins all of whose rules look for weaknesses; those of no-unsanitized look for script injection. */
const PLUGINS =
  /^(?:security|security-node|no-unsanitized|no-secrets|no-wildcard-postmessage|xss|@microsoft\/sdl|scanjs-rules)\//;

export function isSecurityRule(rule: string): boolean {
  return PLUGINS.test(rule) || Object.hasOwn(INJECTION_RULES, rule);
}

export function cwesOfRule(rule: string): readonly number[] {
  if (/^(?:no-unsanitized|xss)\//.test(rule)) return [79];
  const cwe = Object.hasOwn(INJECTION_RULES, rule) ? INJECTION_RULES[rule] : undefined;
  return cwe === undefined ? [] : [cwe];
}
