import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileEnvironmentAddresses } from "./1.4-dockerfile-environment-addresses.ts";

function check(lines: string) {
  return summary(dockerfileEnvironmentAddresses, `FROM alpine\n${lines}\n`);
}

test.each([
  ["ENV API_URL=https://api.recette.portail.fr", "fail", "the address of one environment"],
  ["ENV API_URL=https://api.portail.fr", "presumed", "the address of one environment"],
  ["ENV BACKEND=https://back.recette.portail.fr", "presumed", "the address of one environment"],
  ["ENV SSO_ISSUER=https://sso.int.portail.fr", "presumed", "the address of one environment"],
  ["ENV A=b APP_ENV=recette", "presumed", "the name of one environment"],
  ["ENV SPRING_PROFILES_ACTIVE=recette,redis", "presumed", "the name of one environment"],
])("%s: %s", (line, answer, says) => {
  const { says: said, ...found } = check(line);
  expect(found).toMatchObject({ answer, at: [`2:${line.lastIndexOf(" ") + 2}`] });
  expect(said).toContain(says);
});

test.each([
  "ENV APP_ENV=prod",
  "ENV NODE_ENV=staging",
  "ENV API_URL=https://geo.api.gouv.fr",
  "ENV BACKEND=https://backend.portail.fr",
  "ENV API_URL=http://api:8080",
  "ENV HTTP_PROXY=http://proxy.prod.interne.fr:3128",
  "ARG HOST\nENV API_URL=https://$HOST.recette.portail.fr",
  "ENV API_URL=https://api.recette.portail.fr\nFROM alpine",
])("%s: silent", (lines) => {
  expect(check(lines)).toMatchObject({ answer: "pass", notes: [] });
});
