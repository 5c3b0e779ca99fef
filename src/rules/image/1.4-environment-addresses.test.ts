import { describe, expect, test } from "vitest";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { environmentAddresses } from "./1.4-environment-addresses.ts";

function check(...env: readonly string[]) {
  return environmentAddresses.check({ image: imageFacts({ config: { env } }) });
}

describe("an address of one environment", () => {
  test.each([
    "API_URL=https://api.recette.portail.gouv.fr",
    "DB_HOST=pg-prod.interne.fr:5432",
    "DATABASE_URL=postgres://pg.preprod.svc.cluster.local/portail",
    "SOCKET_SERVER=ws://staging.portail.fr/ws",
  ])("%s: certain, by its host", (entry) => {
    const outcome = check(entry);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: [{ at: { path: `config.Env[${entry.split("=")[0]}]` } }],
    });
    expect(outcome).not.toHaveProperty("presumed");
  });

  test.each([
    "API_URL=https://api.portail.gouv.fr/v1",
    "DATABASE_HOST=pg1.interne.fr",
    "REDIS_URL=redis://cache.interne.fr:6379/0",
    "PGHOST=pg1.interne.fr",
    "KEYCLOAK_URL=https://sso.portail.fr",
  ])("%s: presumed, by its name", (entry) => {
    expect(check(entry)).toMatchObject({ status: "fail", presumed: true });
  });

  test.each([
    "SSO_ISSUER=https://sso.int.portail.fr",
    "BACKEND=https://back.recette.portail.fr",
    "BACKEND=back.recette.portail.fr",
    "BACKEND=Back.Recette.Portail.Fr",
    "BACKEND=back.prod.portail.services:8443",
    "TOPIC=fr.corp.prod.orders",
    "CLASS_LOADER=https://classes.prod.corp.fr/app.properties",
    "JAVA_OPTS=-Xmx1g -Dapi.url=https://api.recette.portail.fr/",
    "APP_ENV=recette",
    "SPRING_PROFILES_ACTIVE=redis,preprod",
  ])("%s: presumed, by its value", (entry) => {
    expect(check(entry)).toMatchObject({ status: "fail", presumed: true });
  });

  test("one that is certain makes all of them refute", () => {
    expect(check("API_URL=https://api.portail.fr", "DB_HOST=pg-prod.interne.fr")).not.toHaveProperty(
      "presumed",
    );
  });

  test("the manifest's variable stands in its place", () => {
    const env = [{ name: "API_URL", value: "https://api.portail.fr" }];
    const image = imageFacts({ config: { env: ["API_URL=https://api.recette.portail.fr"] } });
    expect(environmentAddresses.check(containerEvidence({ env }, image)).status).toBe("pass");
    expect(environmentAddresses.check(containerEvidence({}, image)).status).toBe("fail");
  });
});

describe("traps", () => {
  test.each([
    "DB_HOST=db",
    "APP_ENV=prod",
    "NODE_ENV=recette",
    "API_URL=https://api-adresse.data.gouv.fr/search",
    "BACKEND=https://back.portail.fr",
    "DATABASE_URL=postgres://db:5432/portail",
    "REDIS_URL=redis://localhost:6379",
    "HOST=0.0.0.0",
    "HOSTNAME=localhost",
    "PHP_URL=https://www.php.net/distributions/php-8.4.1.tar.xz",
    "GOPROXY=https://proxy.golang.org",
    "PIP_INDEX_URL=https://nexus.prod.interne.fr/simple",
    "NPM_CONFIG_REGISTRY=https://registry.interne.fr",
    "SENTRY_URL=https://sentry.portail.fr",
    "MATOMO_URL=https://stats.data.gouv.fr",
    "API_URL=https://api.example.com",
    "API_URL=",
    "DATABASE_URL=postgres://app:…(14)@pg.prod.fr/app",
    "HOMEPAGE_URL=https://www.gouv.fr",
    "NEXT_PUBLIC_API_URL=https://api.prod.portail.fr",
    "JAVA_HOME=/opt/java",
    "MAIN_CLASS=fr.corp.prod.Main",
    "MAIN=fr.corp.prod.PortailApplication",
    "MAIN_CLASS=fr.corp.prod.app.MainKt",
    "LOGGER=fr.corp.prod.app",
    "JAVA_OPTS=-Dlogging.level.fr.corp.prod.app=DEBUG -cp /app/prod.jar",
    "DJANGO_SETTINGS_MODULE=portail.prod.settings",
    "FLASK_APP=portail.prod.wsgi",
    "CONFIG=application.prod.properties",
    "ENV_FILE=app.recette.env",
    "LABEL=app.prod.corp.fr/name",
    "IMAGE=registry.prod.corp.fr/portail/app:1.2",
    "IMAGE=registry.prod.corp.fr:5000/app@sha256",
    "PATH",
  ])("%s", (entry) => {
    expect(check(entry).status).toBe("pass");
  });
});
