import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileBuildArguments } from "./1.4-dockerfile-build-arguments.ts";

test.each([
  [
    "an inlined address with a default",
    "FROM node:22.12.0-alpine\nARG NEXT_PUBLIC_API_URL=https://api.recette.exemple.gouv.fr",
    { answer: "presumed", at: ["2:5"], notes: [], says: expect.stringContaining("serves one environment") },
  ],
  [
    "in a discarded stage, too",
    "FROM node:22 AS b\nENV VITE_API_URL=https://api.recette.exemple.gouv.fr\nFROM nginx",
    { answer: "presumed", at: ["2:5"], notes: [] },
  ],
  [
    "without a default",
    "FROM node:22.12.0-alpine\nARG NEXT_PUBLIC_SITE_URL\nENV NEXT_PUBLIC_SITE_URL=$NEXT_PUBLIC_SITE_URL",
    { answer: "presumed", at: ["2:5"], notes: [], says: expect.stringContaining("ARG NEXT_PUBLIC_SITE_URL") },
  ],
  [
    "not inlined, an address",
    "FROM node:22.12.0-alpine\nARG API_URL",
    { answer: "presumed", at: ["2:5"], notes: [] },
  ],
  [
    "each name once, the heavier",
    "FROM node:22 AS b\nARG VITE_ID\nARG VITE_ID=https://x.recette.exemple.gouv.fr\nFROM b\nARG VITE_ID=https://x.recette.exemple.gouv.fr",
    { answer: "presumed", at: ["3:5"], notes: [] },
  ],
  [
    "an identifier is a note",
    "FROM node:22.12.0-alpine\nARG VITE_MATOMO_ID\nARG NEXT_PUBLIC_X=APP_NEXT_PUBLIC_X",
    { answer: "pass", at: [], notes: ["2:5", "3:5"] },
  ],
  [
    "the environment's name",
    "FROM node:22.12.0-alpine\nARG APP_ENV\nENV APP_ENV=$APP_ENV",
    { answer: "presumed", at: ["3:5"], notes: [], says: expect.stringContaining("ARG APP_ENV") },
  ],
  [
    "the environment's name under another one",
    "FROM node:22.12.0-alpine\nARG STAGE P\nENV A=$STAGE SPRING_PROFILES_ACTIVE=$P",
    { answer: "presumed", at: ["3:5", "3:14"], notes: [] },
  ],
  [
    "files of the environment that the build names",
    "FROM node:22.12.0-alpine\nARG APP_ENV STAGE ENV=\nCOPY a.$APP_ENV.yml b/${STAGE}/ ./\nCOPY c$ENVOY ./",
    { answer: "presumed", at: ["3:1", "3:1"], notes: [] },
  ],
  [
    "trap: a mode, and an argument that no ENV takes",
    "FROM node:22.12.0-alpine\nARG NODE_ENV STAGE APP_ENV\nENV NODE_ENV=$NODE_ENV RAILS_ENV=$STAGE A=$B",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: versions, modes, localhost, platforms",
    "FROM node:22.12.0-alpine\nARG NODE_VERSION=20\nARG NODE_ENV=production\nARG TARGETARCH\nARG NEXT_PUBLIC_VERSION\nARG API_URL=http://localhost:3000\nENV API_URL=https://api.exemple.gouv.fr\nENV VITE_X=",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: files of the environment that every build names alike",
    "FROM node:22.12.0-alpine\nARG VERSION\nCOPY dist/${VERSION}/ ./",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: an ENV that is set to nothing",
    "FROM node:22.12.0-alpine\nENV NEXT_PUBLIC_SITE_URL=",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileBuildArguments, text)).toMatchObject(expected);
});

function given(
  ...values: readonly (readonly [name: string, value: string, file?: string, ...within: string[]])[]
) {
  return values.map(([name, value, file = ".github/workflows/release.yml", ...within], index) => {
    return { name, value, within, at: { file, line: index + 1 } };
  });
}

const PREPROD = ".github/workflows/preproduction.yaml";
const PROD = ".github/workflows/production.yaml";

test.each([
  [
    "an identifier that differs by environment",
    "ARG VITE_MATOMO_ID",
    given(["VITE_MATOMO_ID", "154", PROD], ["VITE_MATOMO_ID", "155", PREPROD]),
    {
      answer: "fail",
      at: ["2:5"],
      says: expect.stringContaining("154 (.github/workflows/production.yaml:1), 155"),
    },
  ],
  [
    "a variable named for an environment",
    "ARG VITE_MATOMO_ID",
    given(["VITE_MATOMO_ID", "${{ vars.MATOMO_ID_PROD }}"]),
    { answer: "fail", at: ["2:5"] },
  ],
  [
    "an expression over the environment",
    "ARG VITE_SITE_ID",
    given(["VITE_SITE_ID", "${{ inputs.environment == 'production' && '154' || '155' }}"]),
    { answer: "fail" },
  ],
  ["the branch", "ARG VITE_STAGE_NAME", given(["VITE_STAGE_NAME", "$CI_COMMIT_BRANCH"]), { answer: "fail" }],
  [
    "an ARG of any name that is given environments",
    "ARG BUILD_CONFIGURATION",
    given(["BUILD_CONFIGURATION", "staging", "ci.sh"], ["BUILD_CONFIGURATION", "prod", "ci.sh"]),
    { answer: "fail" },
  ],
  [
    "nothing but compose files tells",
    "ARG VITE_KEY",
    given(["VITE_KEY", "a", "compose.yaml"], ["VITE_KEY", "b", "compose.preprod.yaml"]),
    { answer: "fail" },
  ],
  [
    "one build, for one environment: presumed",
    "ARG NEXT_PUBLIC_API_URL",
    given(["NEXT_PUBLIC_API_URL", "https://api.exemple.gouv.fr", PROD]),
    { answer: "presumed" },
  ],
  [
    "two builds for the same one: presumed",
    "ARG NEXT_PUBLIC_API_URL",
    given(
      ["NEXT_PUBLIC_API_URL", "https://api.exemple.gouv.fr", PROD],
      ["NEXT_PUBLIC_API_URL", "https://api.exemple.gouv.fr", "ci.yml", "build-production"],
    ),
    { answer: "presumed" },
  ],
  [
    "a variable of the pipeline: presumed",
    "ARG NEXT_PUBLIC_API_URL",
    given(["NEXT_PUBLIC_API_URL", "${{ vars.API }}"], ["NEXT_PUBLIC_API_URL", "$API"]),
    { answer: "presumed" },
  ],
  [
    "a variable and a literal: presumed",
    "ARG NEXT_PUBLIC_API_URL",
    given(["NEXT_PUBLIC_API_URL", "${{ vars.API }}"], ["NEXT_PUBLIC_API_URL", "https://a.exemple.gouv.fr"]),
    { answer: "presumed" },
  ],
  [
    "localhost tells nothing: presumed",
    "ARG NEXT_PUBLIC_API_URL",
    given(["NEXT_PUBLIC_API_URL", "http://localhost:3000"], ["NEXT_PUBLIC_API_URL", ""]),
    { answer: "presumed" },
  ],
  [
    "what a start script replaces stays a note",
    "ARG VITE_X=__VITE_X__",
    given(["VITE_X", "a", PROD], ["VITE_X", "b", PREPROD]),
    { answer: "pass", notes: ["2:5"] },
  ],
  [
    "trap: the same in every environment",
    "ARG NEXT_PUBLIC_API_URL",
    given(
      ["NEXT_PUBLIC_API_URL", "https://api.exemple.gouv.fr", PROD],
      ["NEXT_PUBLIC_API_URL", "https://api.exemple.gouv.fr", PREPROD],
    ),
    {},
  ],
  [
    "trap: one build for all environments",
    "ARG VITE_API_URL=https://api.recette.exemple.gouv.fr\nARG VITE_TOKEN_NAME",
    given(["VITE_API_URL", "https://api.exemple.gouv.fr"], ["VITE_TOKEN_NAME", "is_logged_token"]),
    {},
  ],
  [
    "trap: a developer's own values beside the pipeline's",
    "ARG VITE_API_URL",
    given(
      ["VITE_API_URL", "https://dev.exemple.fr", "compose.yaml"],
      ["VITE_API_URL", "https://api.exemple.fr"],
    ),
    {},
  ],
  [
    "trap: modes and versions",
    "ARG NODE_ENV\nARG NODE_VERSION\nARG APP_VERSION",
    given(
      ["NODE_ENV", "production", PROD],
      ["NODE_ENV", "staging", PREPROD],
      ["NODE_VERSION", "22"],
      ["NODE_VERSION", "24"],
      ["APP_VERSION", "${{ github.sha }}"],
    ),
    {},
  ],
  [
    "trap: an address that all environments share is a note",
    "ARG VITE_MATOMO_URL\nARG NEXT_PUBLIC_SENTRY_HOST=sentry.exemple.gouv.fr",
    [],
    { notes: ["2:5", "3:5"] },
  ],
])("%s", (_, text, builds, expected) => {
  const result = summary(dockerfileBuildArguments, `FROM node:22\n${text}`, { builds });
  expect(result).toMatchObject({ answer: "pass", notes: [], ...expected });
});
