import { describe, expect, test } from "vitest";
import { isNeutralSettings, NEUTRAL_FILES } from "./neutral-files.ts";

function isSelected(path: string): boolean {
  return NEUTRAL_FILES.some(
    ({ suffixes, pattern, under = ["/"] }) =>
      (suffixes?.some((suffix) => path.endsWith(suffix)) ?? true) &&
      under.some((folder) => path.startsWith(folder)) &&
      (pattern?.test(path) ?? true),
  );
}

describe("settings of the application", () => {
  test.each([
    "/app/config.yaml",
    "/app/settings.json",
    "/app/conf/app.ini",
    "/app/application.properties",
    "/app/app.jar!/BOOT-INF/classes/application.yml",
    "/etc/app/env.sh",
    "/etc/myapp/config.yaml",
    "/etc/portail/portail.conf",
    "/app/config/default.toml",
    "/srv/portail-config.yml",
    "/opt/portail/conf/server.properties",
    "/app/appsettings.json",
    "/usr/src/app/config/local.json",
    "/app/settings.py",
    "/app/portail/settings/base.py",
    "/var/www/html/wp-config.php",
    "/app/config/app.php",
    "/app/config.rb",
    "/app/config.js",
    "/app/config/index.mjs",
    "/app/config.hcl",
    "/app/config.xml",
    "/app/web.config",
    "/app/Portail.dll.config",
    "/usr/local/tomcat/conf/context.xml",
    "/app/app.war!/META-INF/context.xml",
    "/app/app.war!/WEB-INF/classes/db.properties",
    "/app/conf.tar.gz!/config.yaml",
    "/etc/nginx/nginx.conf",
    "/etc/nginx/conf.d/default.conf",
    "/etc/nginx/sites-enabled/portail",
    "/etc/profile.d/app.sh",
    "/etc/environment",
    "/etc/default/portail",
    "/etc/app/config",
    "/etc/supervisor/conf.d/app.conf",
    "/etc/supervisord.d/app.ini",
  ])("%s", (path) => {
    expect([isNeutralSettings(path), isSelected(path)]).toEqual([true, true]);
  });
});

describe("others", () => {
  test.each([
    "/app/node_modules/config/default.json",
    "/usr/lib/python3/config.ini",
    "/app/tests/config.yaml",
    "/app/config.example.yaml",
    "/app/tsconfig.json",
    "/app/chart/k8s/config.yaml",
    "/app/openapi/server.yaml",
    "/app/config/production.yaml",
    "/app/.env",
    "/usr/share/nginx/html/config.json",
    "/app/libs/sdk.jar!/config.properties",
    "/app/data/communes.json",
    "/app/package.json",
    "/app/server.js",
    "/app/next.config.js",
    "/app/src/settings_view.py",
    "/app/config/test.py",
    "/app/config/deploy.rb",
    "/app/config/api.test.js",
    "/app/config/environments/production.rb",
    "/app/vendor/acme/config/app.php",
    "/usr/lib/python3/dist-packages/x/settings.py",
    "/app/tests/settings.py",
    "/app/pom.xml",
    "/app/logback.xml",
    "/app/wheels/x.whl!/x/settings.py",
    "/app/x.tgz!/package/config.json",
    "/app/libs/sdk.jar!/config.xml",
  ])("%s", (path) => {
    expect(isNeutralSettings(path)).toBe(false);
  });
});
