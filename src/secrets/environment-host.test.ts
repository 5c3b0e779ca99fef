import { expect, test } from "vitest";
import { environmentOfHost, mayNameEnvironment, serviceOfHost } from "./environment-host.ts";

test.each([
  ["api.recette.corp.fr", "recette"],
  ["api-prod.corp.fr", "prod"],
  ["STAGING2.corp.fr", "staging"],
  ["pprd-api.corp.fr", "pprd"],
  ["api.corp.fr", undefined],
  ["products.corp.fr", undefined],
  ["dev.corp.fr", undefined],
])("%s names %s", (host, environment) => {
  expect(environmentOfHost(host)).toBe(environment);
});

test.each([
  ["api.recette.corp.fr", "api.corp.fr"],
  ["api-recette.corp.fr", "api.corp.fr"],
  ["recette2-api.corp.fr", "api.corp.fr"],
  ["API.dev.corp.fr", "api.corp.fr"],
  ["sandbox.corp.fr", "corp.fr"],
  ["products.corp.fr", "products.corp.fr"],
])("%s is of the service %s", (host, service) => {
  expect(serviceOfHost(host)).toBe(service);
});

test.each([
  ["host = 'api.RECETTE.corp.fr'", true],
  ["a product is named like one", true],
  [String.raw`host = "api.corp.fr\n"`, false],
  ["", false],
])("%j may name an environment: %s", (text, may) => {
  expect(mayNameEnvironment(text)).toBe(may);
});
