// Row 7: the configuration of one environment under a name that does not say so, as in the contract's counter-example.

import type { Cases } from "../case.ts";
import { type BakedFiles, bakedFiles } from "../given/baked.ts";

const ENVIRONMENT = "environment: production\ndatabase:\n  host: db.prod.corp.fr\n  port: 5432\n";

const OF_ONE: BakedFiles = {
  "app/config.yaml": ENVIRONMENT,
  "etc/myapp/config.yaml": ENVIRONMENT,
  "app/settings.json":
    '{"env":"production","apiUrl":"https://api.prod.corp.fr","smtp":"smtp.prod.corp.fr"}\n',
  "app/conf/app.ini": "[server]\nenv = prod\n[db]\nhost = 10.3.4.5\nname = shop_prod\n",
  "app/application.properties":
    "spring.datasource.url=jdbc:postgresql://db.prod.corp.fr:5432/shop\nspring.profiles.active=prod\n",
  "etc/app/env.sh": "export DATABASE_HOST=db.prod.corp.fr\nexport SITE=https://www.prod.corp.fr\n",
  "app/config/default.toml": 'stage="production"\n[db]\nurl="postgres://db.prod.corp.fr/shop"\n',
  "app/config.yml": "env: recette\napi:\n  url: https://api.corp.fr\n",
  "app/appsettings.json":
    '{\n  "Environment": "Staging",\n  "ConnectionStrings": {\n    "Shop": "Server=tcp:db.staging.corp.fr,1433;Database=shop"\n  }\n}\n',
  "app/appsettings.Production.json":
    '{"ConnectionStrings":{"Shop":"Server=db.prod.corp.fr;Database=shop"}}\n',
};

const OF_NONE: BakedFiles = {
  "app/config.yaml": "environment: production\nport: 8080\nhost: 0.0.0.0\nlog: info\n",
  "app/settings.json": '{"env":"production","apiUrl":"https://geo.api.gouv.fr","smtp":"localhost"}\n',
  "app/conf/app.ini": "[server]\nenv = ${APP_ENV}\n[db]\nhost = ${DB_HOST}\n",
  "app/application.properties":
    "spring.datasource.url=${DB_URL:jdbc:postgresql://localhost:5432/shop}\nspring.profiles.active=${PROFILE:default}\n",
  "app/config/default.json":
    '{"env":"production","db":{"host":"postgres"},"docs":{"url":"https://docs.corp.fr"}}\n',
  "app/config/mail.php.yaml": "mail:\n  host: smtp.gmail.com\n  env: production\n",
  "app/config/urls.yaml":
    "recette:\n  url: https://api.recette.corp.fr\nproduction:\n  url: https://api.prod.corp.fr\n",
  "app/config.example.yaml": ENVIRONMENT,
  "app/tests/config.yaml": ENVIRONMENT,
  "app/docs/config.yaml": ENVIRONMENT,
  "app/node_modules/pkg/config.json": '{"env":"production","apiUrl":"https://api.prod.vendor.com"}\n',
  "app/k8s/config.yaml": ENVIRONMENT,
  "app/config/acme.yaml": "acme:\n  url: https://acme-staging-v02.api.letsencrypt.org/directory\n",
  "app/config/procedure.yaml": "stage: qualification\ntitre: Demande\n",
  "app/config/npm.ini": "registry_url = https://nexus.prod.corp.fr/npm/\nenv = production\n",
  "etc/grafana/grafana.ini":
    "app_mode = production\n[server]\ndomain = localhost\nroot_url = %(protocol)s://%(domain)s/\n[grafana_com]\nurl = https://grafana.com\n",
};

export const cases: Cases = [
  ...bakedFiles(OF_ONE, "no", "1.4: configuration that varies by environment is no part of the image."),
  ...bakedFiles(
    OF_NONE,
    "yes",
    "A mode, injected, the same everywhere, for several environments, or no settings.",
  ),
];
