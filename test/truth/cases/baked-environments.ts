// Row 7: the address or the name of one environment in ENV, in a Dockerfile and in an image alike.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile, manifests, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

const WHY = "1.4: what varies by environment is injected at start.";

export const cases: Cases = [
  ...[
    "API_URL=https://api.prod.corp.fr/",
    "API_URL=https://api-prod.corp.fr/",
    "API_URL=https://api.preprod.corp.fr/",
    "API_URL=https://api.staging.corp.fr/v1",
    "API_URL=https://api.recette.corp.fr/",
    "API_URL=https://api-rec7.corp.fr/",
    "API_URL=https://api.int.corp.fr/",
    "API_URL=https://api.qualif.corp.fr/",
    "API_URL=https://api.corp.fr/",
    "BACKEND=https://backend.recette.corp.fr",
    "DB_HOST=pg-prod.corp.fr",
    "SSO_ISSUER=https://sso.rec.corp.fr/realms/aides",
    "JAVA_OPTS=-Dapi.url=https://api.recette.corp.fr/",
    "APP_ENV=recette",
    "SPRING_PROFILES_ACTIVE=preprod",
    "ASPNETCORE_ENVIRONMENT=Staging",
  ].flatMap((entry) => [declared(entry, "no", WHY), inImage(entry, "no", WHY)]),
  ...[
    "NODE_ENV=production",
    "APP_ENV=production",
    "APP_ENV=prod",
    "RAILS_ENV=production",
    "SPRING_PROFILES_ACTIVE=prod",
    "ASPNETCORE_ENVIRONMENT=Production",
    "MATOMO_URL=https://matomo.corp.fr/",
    "API_ADRESSE_URL=https://api-adresse.data.gouv.fr/search",
    "API_URL=https://api-adresse.data.gouv.fr/search",
    "OPENAI_BASE_URL=https://api.openai.com/v1",
    "GEO_API_URL=https://geo.api.gouv.fr",
    "API_URL=http://api:8080",
    "API_URL=http://localhost:8080",
    "API_URL=https://api.example.com",
    "HTTP_PROXY=http://proxy.prod.corp.fr:3128",
    "NPM_CONFIG_REGISTRY=https://nexus.prod.corp.fr/npm/",
    "DOWNLOAD_URL=https://downloads.prod.corp.fr/a.tgz",
    "JAVA_OPTS=-Xmx1g -Dfile.encoding=UTF-8",
  ].flatMap((entry) => [
    declared(entry, "unproven", "The same in every environment, or how a framework is told to be fast."),
    inImage(entry, "yes", "The same in every environment, or how a framework is told to be fast."),
  ]),

  argument("ARG APP_ENV\nENV APP_ENV=$APP_ENV", "no", "The build bakes one environment in: presumed."),
  argument("ARG ENVIRONMENT\nENV APP_ENVIRONMENT=${ENVIRONMENT}", "no", "The same under two names."),
  argument("ARG APP_ENV=recette\nENV APP_ENV=$APP_ENV", "no", "A default that is one environment's name."),
  argument("ARG STAGE\nENV SPRING_PROFILES_ACTIVE=$STAGE", "no", "The profile of one environment."),
  argument(
    "ARG API_HOST\nENV API_URL=https://${API_HOST}/",
    "no",
    "The address of one environment, by an argument.",
  ),
  argument("ARG APP_ENV=prod\nENV APP_ENV=$APP_ENV", "unproven", "How Symfony is told to be fast."),
  argument("ARG NODE_ENV\nENV NODE_ENV=$NODE_ENV", "unproven", "A mode of the program, no environment."),
  argument("ARG NODE_ENV=production\nENV NODE_ENV=${NODE_ENV}", "unproven", "A mode of the program."),
  argument("ARG VERSION\nENV APP_VERSION=$VERSION", "unproven", "A version, alike everywhere."),
  argument(
    "ARG APP_ENV\nCOPY config/${APP_ENV}/ /etc/app/",
    "no",
    "Files of the environment that the build names.",
  ),
  argument(
    "ARG ENVIRONMENT\nCOPY config.$ENVIRONMENT.yaml /app/config.yaml",
    "no",
    "The same in a file's name.",
  ),
  argument("ARG APP_ENV=recette\nCOPY config/${APP_ENV}/ /etc/app/", "no", "Files of one environment."),
  argument(
    "ARG TARGETARCH VERSION\nCOPY bin/${TARGETARCH}/$VERSION /app/",
    "unproven",
    "A platform and a version.",
  ),
  argument("ARG APP_ENV\nRUN echo build", "unproven", "Nothing of it reaches the image's own settings."),
  {
    name: "ARG APP_ENV, given recette and prod by the pipelines",
    given: dockerfile(stage("ARG APP_ENV\nENV APP_ENV=$APP_ENV"), {
      ".gitlab-ci.yml":
        "build:recette:\n  script:\n    - docker build --build-arg APP_ENV=recette .\nbuild:prod:\n  script:\n    - docker build --build-arg APP_ENV=prod .\n",
    }),
    expect: { "no-baked-state": "no", "env-config": "no" },
    why: "Certain: an image by environment.",
  },
  {
    name: "ARG APP_ENV, given the same everywhere",
    given: dockerfile(stage("ARG APP_ENV\nENV APP_ENV=$APP_ENV"), {
      ".gitlab-ci.yml":
        "build:recette:\n  script:\n    - docker build --build-arg APP_ENV=prod .\nbuild:prod:\n  script:\n    - docker build --build-arg APP_ENV=prod .\n",
    }),
    expect: { "no-baked-state": "unproven" },
    trap: true,
    why: "It varies nowhere.",
  },
  {
    name: "an address of a stage that is not kept",
    given: dockerfile(
      "FROM node:22.1.0 AS b\nENV API_URL=https://api.recette.corp.fr/\nRUN npm test\nFROM node:22.1.0-alpine\nUSER 1000\n",
    ),
    expect: { "no-baked-state": "unproven" },
    trap: true,
    why: "The image has no such variable.",
  },
  {
    name: "an address of ENV that the manifest sets",
    given: withImage(
      manifests(web({ env: [{ name: "API_URL", value: "http://api:8080" }] })),
      imageOf({ config: { Env: ["API_URL=https://api.recette.corp.fr/"] } }),
    ),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "The manifest's value takes its place.",
  },
];

function stage(lines: string): string {
  return `FROM node:22.1.0-alpine\nUSER 1000\n${lines}\n`;
}

function declared(entry: string, answer: Answer, why: string): Case {
  const [name, value] = [entry.split("=", 1)[0] ?? "", entry.slice(entry.indexOf("=") + 1)];
  return {
    name: `ENV ${entry}`,
    given: dockerfile(stage(`ENV ${name}="${value}"`)),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function inImage(entry: string, answer: Answer, why: string): Case {
  return {
    name: `in an image: ${entry}`,
    given: image({ config: { Env: [entry] } }),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function argument(lines: string, answer: Answer, why: string): Case {
  return {
    name: lines.replaceAll("\n", " ⏎ "),
    given: dockerfile(stage(lines)),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
