// Row 7: build arguments, and their values in the repository's own pipelines.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";
import { image } from "../given/image.ts";

const PROD = ".github/workflows/production.yaml";
const PREPROD = ".github/workflows/preproduction.yaml";

export const cases: Cases = [
  given(
    "VITE_MATOMO_ID",
    "154 in production, 155 in preproduction",
    { [PROD]: action("VITE_MATOMO_ID=154"), [PREPROD]: action("VITE_MATOMO_ID=155") },
    "no",
    "An image of one environment.",
  ),
  given(
    "VITE_MATOMO_ID",
    "a variable of production",
    { [PROD]: action("VITE_MATOMO_ID=${{ vars.MATOMO_ID_PROD }}") },
    "no",
    "Its name says that another environment has another.",
  ),
  given(
    "VITE_SITE_ID",
    "an expression over the environment",
    {
      ".github/actions/build/action.yml": action(
        "VITE_SITE_ID=${{ inputs.environment == 'production' && '1' || '2' }}",
      ),
    },
    "no",
    "One value by environment.",
  ),
  given(
    "VITE_API_URL",
    "GitLab's variables by job",
    { ".gitlab-ci.yml": gitlab("https://a.gouv.fr", "https://b.gouv.fr") },
    "no",
    "One address by job.",
  ),
  given(
    "NEXT_PUBLIC_STAGE_NAME",
    "the branch",
    {
      ".gitlab-ci.yml":
        "build:\n  script:\n    - docker build --build-arg NEXT_PUBLIC_STAGE_NAME=$CI_COMMIT_BRANCH .\n",
    },
    "no",
    "One value by branch.",
  ),
  given(
    "BUILD_CONFIGURATION",
    "an environment's name",
    {
      Makefile:
        "x:\n\tdocker build --build-arg BUILD_CONFIGURATION=staging .\ny:\n\tdocker build --build-arg BUILD_CONFIGURATION=prod .\n",
    },
    "no",
    "Whatever its name.",
  ),
  given(
    "NEXT_PUBLIC_API_URL",
    "only for production",
    { [PROD]: action("NEXT_PUBLIC_API_URL=https://api.gouv.fr") },
    "no",
    "Presumed: it is production's.",
  ),
  given("NEXT_PUBLIC_API_URL", "no pipeline at all", {}, "no", "Presumed by its name."),
  given(
    "NEXT_PUBLIC_API_URL",
    "the same in every environment",
    {
      [PROD]: action("NEXT_PUBLIC_API_URL=https://api.gouv.fr"),
      [PREPROD]: action("NEXT_PUBLIC_API_URL=https://api.gouv.fr"),
    },
    "unproven",
    "It varies nowhere.",
  ),
  given(
    "VITE_API_URL",
    "the same in every job of GitLab",
    { ".gitlab-ci.yml": gitlab("https://a.gouv.fr", "https://a.gouv.fr") },
    "unproven",
    "It varies nowhere.",
  ),
  given(
    "VITE_IS_LOGGED_TOKEN_NAME",
    "a constant",
    { ".github/workflows/ci.yml": action("VITE_IS_LOGGED_TOKEN_NAME=is_logged_token") },
    "unproven",
    "A name, alike everywhere.",
  ),
  given(
    "VITE_MATOMO_URL",
    "the address of a shared service",
    {},
    "unproven",
    "Statistics are gathered at one place for all environments.",
  ),
  given(
    "NODE_VERSION",
    "versions",
    { [PROD]: action("NODE_VERSION=22"), [PREPROD]: action("NODE_VERSION=24") },
    "unproven",
    "A version is no environment.",
  ),
  given(
    "VITE_TITLE",
    "another image's values",
    {
      [PROD]: action("VITE_TITLE=a", "admin/Dockerfile"),
      [PREPROD]: action("VITE_TITLE=b", "admin/Dockerfile"),
    },
    "unproven",
    "They are given to another Dockerfile.",
  ),
  given(
    "VITE_API_URL",
    "a developer's own value beside the pipeline's",
    {
      "compose.yaml":
        "services:\n  web:\n    build:\n      args:\n        VITE_API_URL: https://dev.gouv.fr\n",
      ".github/workflows/ci.yml": action("VITE_API_URL=https://api.gouv.fr"),
    },
    "unproven",
    "The pipeline gives one value.",
  ),
  {
    name: "in an image: an address in the history",
    given: image({
      steps: ["RUN |1 NEXT_PUBLIC_SITE_URL=https://a.gouv.fr /bin/sh -c npm run build # buildkit"],
    }),
    expect: { "no-baked-state": "no" },
    why: "Presumed: the image serves one environment.",
  },
  {
    name: "in an image: the address of a shared service",
    given: image({
      steps: ["RUN |1 VITE_MATOMO_URL=https://matomo.gouv.fr /bin/sh -c npm run build # buildkit"],
    }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "Statistics are gathered at one place for all environments.",
  },
];

function given(
  name: string,
  what: string,
  tree: Readonly<Record<string, string>>,
  answer: Answer,
  why: string,
): Case {
  const text = `FROM node:22.1.0-alpine AS b\nARG ${name}\nRUN npm run build\nFROM caddy:2.10.0\nCOPY --from=b /d /d\nUSER 1000\n`;
  return {
    name: `${name}: ${what}`,
    given: dockerfile(text, tree),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function action(value: string, file = "Dockerfile"): string {
  return `jobs:\n  build:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          file: ${file}\n          build-args: |\n            ${value}\n`;
}

function gitlab(prod: string, preprod: string): string {
  const job = (name: string, url: string) =>
    `${name}:\n  extends: .build\n  variables:\n    VITE_API_URL: ${url}\n`;
  const build = ".build:\n  script:\n    - docker build --build-arg VITE_API_URL=$VITE_API_URL .\n";
  return job("build:prod", prod) + job("build:preprod", preprod) + build;
}
