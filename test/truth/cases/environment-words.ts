// Rows 7 and 11: settings that name their environment or its hosts, profiles in a shared file, commands that build for one.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const BAKED = "1.4: what varies by environment is injected at start.";
const SAME = "The same in every environment.";

export const cases: Cases = [
  file("app/envs/prod/config.yaml", "db: prod\n", "no"),
  file("app/envs/prod/app.yaml", "db: db-prod\nport: 5432\n", "no"),
  file("app/config/pprd/app.yaml", "url: https://api.corp.fr\n", "no"),
  file("app/application-pprd.yml", "url: https://api.corp.fr\n", "no"),
  file("app/config/recette.json", '{"host": "srv-rec-01", "port": 5432}\n', "no"),
  file("app/config/production.json", '{"host":"db.corp.fr"}\n', "no"),
  file("app/config/uat/app.toml", 'bucket = "portail-uat"\n', "no"),
  file(
    "app/config/application.properties",
    "%prod.quarkus.datasource.jdbc.url=jdbc:postgresql://db.corp.fr/app\n",
    "no",
  ),
  file(
    "app/config/application.yml",
    "a: b\n---\nspring.config.activate.on-profile: recette\napi.url: https://api.corp.fr\n",
    "no",
  ),

  file("app/config/prod.yaml", "log: info\ncache: true\nworkers: 4\nlogger: production\n", "yes"),
  file("app/config/prod/app.yaml", "NODE_ENV: production\nhost: 0.0.0.0\n", "yes"),
  file("app/config/dev.yaml", "host: db\ndb: dev\n", "yes"),
  file("app/config/production.json", '{"logLevel":"info","title":"Portail de production"}\n', "yes"),
  file(
    "app/config/packages/prod/monolog.yaml",
    "monolog:\n  handlers:\n    main:\n      level: error\n",
    "yes",
  ),
  file(
    "app/config/application.properties",
    "%dev.quarkus.datasource.jdbc.url=jdbc:postgresql://db/app\n%prod.quarkus.log.level=INFO\n",
    "yes",
  ),
  file(
    "app/config/application.yml",
    "a: b\n---\nspring.config.activate.on-profile: prod\napi.url: ${API_URL}\n",
    "yes",
  ),

  step("RUN /bin/sh -c VITE_MODE=recette npm run build # buildkit", "no"),
  step("RUN |1 VITE_MODE=recette /bin/sh -c npm run build # buildkit", "no"),
  step("RUN /bin/sh -c npm run build -- --mode recette # buildkit", "no"),
  step("RUN /bin/sh -c npx ng build --configuration=recette # buildkit", "no"),
  step("RUN /bin/sh -c ./mvnw -B package -Precette # buildkit", "no"),
  step("RUN /bin/sh -c npx vite build --mode production # buildkit", "yes"),
  step("RUN |1 VITE_MODE=production /bin/sh -c npm run build # buildkit", "yes"),
  step("RUN /bin/sh -c npx ng build --configuration=production # buildkit", "yes"),
  step("RUN /bin/sh -c ./mvnw -B -Pnative package # buildkit", "yes"),
];

function file(path: string, content: string, answer: Answer): Case {
  return baked(`/${path}: ${content.replaceAll("\n", " ⏎ ")}`, image({ files: { [path]: content } }), answer);
}

function step(created_by: string, answer: Answer): Case {
  return baked(created_by, image({ steps: [created_by] }), answer);
}

function baked(name: string, given: Case["given"], answer: Answer): Case {
  const trap = answer === "no" ? {} : { trap: true as const };
  return { name, given, expect: { "no-baked-state": answer }, why: answer === "no" ? BAKED : SAME, ...trap };
}
