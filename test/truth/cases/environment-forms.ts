// Row 7: settings of one environment in files whose names and formats follow other customs.

import type { Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";

const TNS =
  "PORTAIL =\n  (DESCRIPTION =\n    (ADDRESS = (PROTOCOL = TCP)(HOST = HOST_NAME)(PORT = 1521))\n  )\n";

export const cases: Cases = [
  ...bakedFiles(
    {
      "app/env.d/prod.sh": "export DB_HOST=db.prod.portail.fr\n",
      "app/bin/setenv-recette.sh": "export API_URL=https://api.portail.fr\n",
      "app/conf/recette/vars.sh": "API_URL=https://api.portail.fr\n",
      "app/config/int/app.yaml": "db_host: pg1.portail.fr\n",
      "app/application-int.yml": "spring:\n  datasource:\n    url: jdbc:postgresql://pg1.portail.fr/app\n",
      "app/application.properties.recette": "db.url=jdbc:postgresql://pg1.portail.fr/app\n",
      "app/env.prod": "DB_HOST=db.prod.portail.fr\n",
      "app/network/admin/tnsnames.ora": TNS.replace("HOST_NAME", "ora-prod.portail.fr"),
      "app/config/tnsnames.recette.ora": TNS.replace("HOST_NAME", "ora1.portail.fr"),
      "app/config/recette.exs":
        'import Config\nconfig :portail, Portail.Repo, hostname: "db.recette.portail.fr"\n',
      "app/redis.prod.conf": "replicaof redis1.portail.fr 6379\n",
      "app/appsettings.Recette.json": '{"ConnectionStrings":{"Default":"Server=sql1;Database=portail"}}',
      "app/config/config.recette.neon": "database:\n\thost: pg1.portail.fr\n",
      "app/config/prod.php": "<?php return ['db_host' => 'db.prod.portail.fr'];\n",
      "app/releases/1.4.0/sys.config": '[{portail,[{repo,[{hostname,<<"db.recette.portail.fr">>}]}]}].\n',
      "usr/local/etc/php-fpm.d/www.conf": "[www]\nenv[DB_HOST] = db.prod.portail.fr\n",
      "etc/s6-overlay/s6-rc.d/app/env/DB_HOST": "db.prod.portail.fr",
      "etc/odbc.ini": "[portail]\nDriver = PostgreSQL\nServername = db.recette.portail.fr\n",
      "home/app/.pg_service.conf": "[portail]\nhost=db.recette.portail.fr\n",
      "etc/krb5.conf": "[realms]\n PORTAIL.FR = {\n  kdc = kdc.recette.portail.fr\n }\n",
    },
    "no",
    "The configuration of one environment, whatever its format.",
  ),
  ...bakedFiles(
    {
      "app/deploy-prod.sh": "#!/bin/sh\nssh deploy@srv.prod.portail.fr\n",
      "app/env.d/defaults.sh": "export PORT=8080\n",
      "app/env.d/prod.sh": 'export DB_HOST="${DB_HOST}"\nexport LOG_LEVEL=info\n',
      "app/types/int/limits.json": '{"host":"pg1.portail.fr"}',
      "app/config/prod.exs":
        'import Config\nconfig :portail, PortailWeb.Endpoint, url: [host: "example.com", port: 80]\nconfig :logger, level: :info\n',
      "app/config/environments/production.rb":
        'Rails.application.configure do\n  config.eager_load = true\n  # config.asset_host = "https://assets.prod.portail.fr"\nend\n',
      "etc/nginx/conf.d/nginx.prod.conf":
        "server {\n  listen 8080;\n  server_name _;\n  location /api { proxy_pass http://api:3000; }\n}\n",
      "app/network/admin/tnsnames.ora": TNS.replace("HOST_NAME", "localhost"),
      "app/appsettings.Recette.json": '{"ConnectionStrings":{"Default":"Server=localhost;Database=portail"}}',
      "app/redis.prod.conf": "maxmemory 1gb\nappendonly no\n",
      "app/releases/1.4.0/sys.config": '[{portail,[{repo,[{hostname,<<"localhost">>},{pool_size,10}]}]}].\n',
      "usr/local/etc/php-fpm.d/www.conf": "[www]\nlisten = 9000\nenv[DB_HOST] = $DB_HOST\n",
      "etc/s6-overlay/s6-rc.d/app/env/LOG_URL": "http://log:9428\n",
      "etc/krb5.conf":
        "[libdefaults]\n default_realm = ATHENA.MIT.EDU\n[realms]\n ATHENA.MIT.EDU = {\n  kdc = kerberos.mit.edu\n }\n",
    },
    "yes",
    "Nothing in it is of one environment.",
  ),
];
