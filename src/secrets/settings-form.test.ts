import { describe, expect, test } from "vitest";
import { isTranslation, settingsForm } from "./settings-form.ts";

describe("settings by the ending of their file", () => {
  test.each([
    [
      "lines",
      "yaml yml properties ini cfg conf cnf toml env envrc tfvars hcl hocon config rc credentials service ovpn ldif " +
        "nmconnection users keyring http rest reg netrc conf.ext",
    ],
    [
      "json",
      "json json5 jsonc ndjson jsonl tfstate webmanifest ipynb har tfstate.backup tfstate.1700000000.backup JSON",
    ],
    ["xml", "xml plist XML"],
    ["code", "py php rb js cjs mjs ts cts mts ex exs pl kts"],
    ["notation", "groovy gradle lua dhall cue jsonnet libsonnet pkl ron edn nix tf bicep kdl ps1 psm1 psd1"],
    ["table", "csv tsv"],
    ["shell", "sh bash zsh ksh bat cmd"],
    ["sql", "sql dump ddl psql pgsql"],
  ])("%s: %s", (form, endings) => {
    for (const ending of endings.split(" "))
      expect([ending, settingsForm(`/app/settings.${ending}`)]).toEqual([ending, form]);
  });

  test.each([
    "/app/a.md",
    "/app/a.java",
    "/app/a.txt",
    "/app/a.constructor",
    "/app/yaml",
    "/app/a.yamls",
    "/app/.yaml",
  ])("%s holds none", (path) => {
    expect(settingsForm(path)).toBeUndefined();
  });
});

describe("settings in files without an ending", () => {
  test.each([
    ..."config configuration credential credentials secret secrets settings environment env .env .apprc .appcfg".split(
      " ",
    ),
    ..."app-credentials .app-config .appconf .boto .netrc .smbcredentials .ovh.conf .env.production Config".split(
      " ",
    ),
    ..."env.local .ENV.test aws_credentials .aws.credentials".split(" "),
    ..."Dockerfile Containerfile Makefile Procfile crontab fstab credential.txt credentials.txt identifiants.txt".split(
      " ",
    ),
    ..."acces.txt comptes.txt passwords-prod.txt user.txt login_1.txt".split(" "),
  ])("%s", (name) => {
    expect(settingsForm(`/app/${name}`)).toBe("lines");
  });

  test.each([
    "/etc/default/app",
    "/etc/cron.d/app-1",
    "/etc/ppp/peers/my-isp.fr",
    "/var/spool/cron/crontabs/my-app.fr",
  ])("%s", (path) => {
    expect(settingsForm(path)).toBe("lines");
  });

  test.each([
    "/root/.bash_history",
    "/root/.zsh_history",
    "/root/.sh_history",
    "/root/.ksh_history",
    "/root/.zshhistory",
    "/root/.ash_history",
    "/root/.local/share/fish/fish_history",
    "/root/.local/share/powershell/PSReadLine/ConsoleHost_history.txt",
  ])("%s is a shell's", (path) => {
    expect(settingsForm(path)).toBe("shell");
  });

  test.each([".mysql_history", ".mariadb_history", ".psql_history"])("%s is SQL", (name) => {
    expect(settingsForm(`/root/${name}`)).toBe("sql");
    expect(settingsForm(`/root/${name}s/x`)).toBeUndefined();
  });

  test.each([".python_history", ".node_repl_history", ".irb_history", ".pry_history"])(
    "%s is a notation",
    (name) => {
      expect(settingsForm(`/root/${name}`)).toBe("notation");
      expect(settingsForm(`/root/${name}s/x`)).toBeUndefined();
    },
  );

  test.each([
    ..."/app/configs /app/myconfig /app/README /app/secretary /app/environments /app/.profile /app/xenv".split(
      " ",
    ),
    ..."/x/etc/default/app /etc/default/app/x /etc/cron.daily/app /root/bash_history /root/.fish_history".split(
      " ",
    ),
    ..."/app/.history /app/env.local/x /app/credentialsx /app/credentials.txts /app/mypass.txt".split(" "),
    ..."/etc/ppp/peers/a/b /var/spool/cron/crontabs/a/b /root/.bash_historys/x".split(" "),
  ])("%s holds none", (path) => {
    expect(settingsForm(path)).toBeUndefined();
  });
});

describe("settings in code, by the name of the file or its folder", () => {
  test.each([
    ..."config configuration conf settings parameters params secret secrets credential credentials env environment".split(
      " ",
    ),
    ..."environments constants database databases db knexfile ormconfig datasource local initializers".split(
      " ",
    ),
    ..."wp-config my_settings app.config config.prod settings-local env_prod Config".split(" "),
  ])("/app/%s.js", (name) => {
    expect(settingsForm(`/app/${name}.js`)).toBe("code");
  });

  test.each(["config", "configs", "settings", "initializers", "conf", "environments"])(
    "/app/%s/x.rb",
    (folder) => {
      expect(settingsForm(`/app/${folder}/x.rb`)).toBe("code");
      expect(settingsForm(`/app/${folder}/a/b.rb`)).toBe("code");
    },
  );

  test.each(["/app/settings.gradle.kts", "/app/build.gradle.kts"])("%s", (path) => {
    expect(settingsForm(path)).toBe("code");
  });

  test.each([
    ..."/app/server.js /app/configs.js /app/myconfig.js /app/dbs.js /app/config/.js /app/src/x.rb".split(" "),
    ..."/app/myconfig/x.rb /app/settingsx.py /app/my.config.js/main.js /app/config/a.d@2/main.js".split(" "),
    ..."/app/app.build.gradle.kts /app/build.gradle.kts/main.py".split(" "),
  ])("%s holds none", (path) => {
    expect(settingsForm(path)).toBeUndefined();
  });
});

describe("what is called JSON or YAML and holds no settings", () => {
  test.each([
    ..."package.json package-lock.json .package-lock.json npm-shrinkwrap.json composer.json installed.json".split(
      " ",
    ),
    ..."bower.json tsconfig.json tsconfig.app.json jsconfig.json angular.json lerna.json nx.json turbo.json".split(
      " ",
    ),
    ..."deno.json pnpm-lock.yaml pnpm-workspace.yaml project.assets.json app.deps.json app.schema.json".split(
      " ",
    ),
    ..."app.runtimeconfig.json app.map.json app.min.json swagger.json swagger-v1.yaml openapi.yml renovate.json".split(
      " ",
    ),
    ..."metadata.yaml config.lock.yaml.lock yarn.lock config.min.js config.d.ts config.d.mts PACKAGE.JSON".split(
      " ",
    ),
  ])("%s", (name) => {
    expect(settingsForm(`/app/${name}`)).toBeUndefined();
  });

  test.each([
    "my-package.json",
    "packages.json",
    "package.yaml5.json",
    "mytsconfig.json",
    "app.depsx.json",
    "metadata.toml",
    "app.lock.yaml",
    "config.min.js.py",
    "config.d.ts.py",
    "package.json.yaml",
  ])("%s holds some", (name) => {
    expect(settingsForm(`/app/${name}`)).toBeDefined();
  });
});

describe("what is there to be tried, or to be read", () => {
  test.each([
    ..."test tests __tests__ __mocks__ mock mocks spec specs fixture fixtures testdata test-data example examples".split(
      " ",
    ),
    ..."exemple exemples sample samples doc docs documentation tutorial tutorials e2e cypress storybook stories Test".split(
      " ",
    ),
  ])("in %s", (folder) => {
    expect(settingsForm(`/app/${folder}/a.yaml`)).toBeUndefined();
    expect(settingsForm(`/app/my-${folder}/a.yaml`)).toBe("lines");
    expect(settingsForm(`/app/${folder}x/a.yaml`)).toBe("lines");
  });
});

describe("words shown to people", () => {
  test.each([
    ..."/app/i18n/a.json /app/l10n/a.json /app/locale/a.json /app/locales/a.json /app/lang/a /app/langs/a".split(
      " ",
    ),
    ..."/app/language/a /app/languages/a /app/translation/a /app/translations/a /app/message/x.fr.json".split(
      " ",
    ),
    ..."/app/messages/a /app/resources/lang/a /app/messages.properties /app/messages_fr.properties".split(
      " ",
    ),
    ..."/app/message.yml /app/translations.json /app/labels.fr.json /app/strings.xml /app/string.xml".split(
      " ",
    ),
    ..."/app/label.js /app/fr.json /app/app_fr.yml /app/app-fr_FR.yaml /app/app.pt-BR.properties /app/x.fr.php".split(
      " ",
    ),
    ..."/app/x.fr.js /app/x.fr.ts /app/translation-fr.xml /app/strings_fr.xml /app/fr.lua".split(" "),
    ...(
      "ar bg br ca cs da de el en eo es et eu fa fi fr ga gl he hi hr hu id is it ja ka ko lt lv mk ms nb nl nn no pl " +
      "pt ro ru sk sl sq sr sv th tr uk ur vi zh"
    )
      .split(" ")
      .map((language) => `/app/${language}.yml`),
  ])("%s", (path) => {
    expect(isTranslation(path)).toBe(true);
  });

  test.each([
    ..."/app/config.json /app/xi18n/a.json /app/i18nx/a.json /app/mylocale/a.json /app/fra.json /app/FR.json".split(
      " ",
    ),
    ..."/app/app-fr_FRENC.yaml /app/messages /app/mymessages.json /app/fr.toml /app/fr.json5 /app/x.fr.jsx".split(
      " ",
    ),
    ..."/app/frx.json /app/message/a /app/messages.properties/a /app/labels.yml/a".split(" "),
  ])("%s holds none", (path) => {
    expect(isTranslation(path)).toBe(false);
  });
});
