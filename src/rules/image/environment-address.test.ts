import { expect, test } from "vitest";
import { environmentAddress } from "./environment-address.ts";

test.each([
  ["DATABASE_URL", "postgres://db.prod.interne.fr/app"],
  ["SERVER", "api-prd2.interne.fr"],
  ["API_URL", "https://production.site.fr"],
  ["API_URI", "https://preprod.site.fr"],
  ["DSN", "https://a.preproduction.site.fr"],
  ["HOST", "staging.site.fr"],
  ["HOSTNAME", "stg.site.fr"],
  ["ENDPOINT", "https://x.recette.site.fr"],
  ["DOMAIN", "rct.site.fr"],
  ["ORIGIN", "https://qualif.site.fr"],
  ["SERVERS", "qualification.site.fr"],
  ["BROKER", "qlf.site.fr"],
  ["BROKERS", "uat.site.fr"],
  ["ADDR", "homologation.site.fr"],
  ["ADDRESS", "PROD.site.fr"],
  ["OIDC_ISSUER", "https://user:pw@prod.site.fr:443/x?y"],
  ["DATABASE_URL", "jdbc:postgresql://prod.site.fr/app"],
])("%s=%s is certain", (name, value) => {
  expect(environmentAddress(name, value)).toBe("certain");
});

test.each([
  ["API_URL", "https://api.site.fr"],
  ["DATABASE_URL", "postgres://db.interne.fr/app"],
  ["BDD", "postgres://db.interne.fr/app"],
  ["PGHOST", "db.interne.fr"],
  ["MYSQLHOST", "db.interne.fr"],
  ["REDIS_SERVER", "cache.interne.fr"],
  ["RABBITMQ_ADDR", "mq.interne.fr"],
  ["API_HOST", "api.site.fr"],
  ["API_URL", "https://api.site.fr/prod.x"],
  ["API_URL", "https://reprod.site.fr"],
  ["API_URL", "https://product.site.fr"],
  ["API_URL", "https://prod123.site.fr"],
  ["API_URLS", "https://api.prod.fr"],
  ["SITEURL", "https://api.prod.fr"],
  ["NAME", "https://api.prod.fr"],
])("%s=%s is presumed", (name, value) => {
  expect(environmentAddress(name, value)).toBe("presumed");
});

test.each([
  ["NEXT_PUBLIC_API_URL", "https://api.prod.fr"],
  ["API_URL", "https://a:…(12)@api.prod.fr"],
  ["API_URL", "https://${HOST}.prod.fr"],
  ["API_URL", "/api"],
  ["API_URL", "http://backend:8080"],
  ["API_URLS", "https://api.site.fr"],
  ["SITEURL", "https://api.site.fr"],
  ["NAME", "https://api.dev.fr"],
  ["TITLE_URL", "https://www.site.fr"],
  ["SENTRY_API_URL", "https://sentry.site.fr"],
  ["MATOMO_URL", "https://stats.site.fr"],
  ...["MIRROR", "REGISTRY", "REPO", "INDEX", "DOWNLOAD", "PROXY", "KEYSERVER", "DIST"].map((word) => [
    `${word}_URL`,
    "https://x.prod.fr",
  ]),
  ...["RELEASE", "MAVEN", "GRADLE", "PYPI", "NPM", "GEM"].map((word) => [`${word}_HOST`, "x.prod.fr"]),
  ...["tgz", "tar", "tar.gz", "tar.xz", "zip", "jar", "war", "deb", "rpm", "apk", "gz", "xz"].map(
    (ending) => ["APP_URL", `https://x.prod.fr/a.${ending}`],
  ),
  ...["asc", "sig", "py", "sh", "json", "xml", "exe", "git", "GIT"].map((ending) => [
    "APP_URL",
    `https://x.prod.fr/a.${ending}`,
  ]),
])("%s=%s gives none", (name, value) => {
  expect(environmentAddress(name, value)).toBeUndefined();
});

test.each([
  ["APP_URL", "https://x.prod.fr/a.gz/b"],
  ["APP_URL", "https://x.prod.fr/agz"],
])("%s=%s is no file that a build takes", (name, value) => {
  expect(environmentAddress(name, value)).toBe("certain");
});
