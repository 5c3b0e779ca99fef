// Rows 10 and 11: variables that select a configuration, and variables that start a debugger or a development
// server.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";
import { image } from "../given/image.ts";

const SELECTS =
  "Clause 1.4 asks for the configuration to be injected: a profile's name selects it, and starts nothing.";
const STARTS = "It starts a debugger or a development mode that shows code and errors.";

function injected(entry: string, twelveFactor: Answer, envConfig: Answer, why: string): Case {
  const [name = "", value = ""] = entry.split("=");
  return {
    name: `${entry} in a manifest`,
    given: manifests(web({ env: [{ name, value }] })),
    expect: { "twelve-factor": twelveFactor, "env-config": envConfig },
    ...(twelveFactor === "no" ? {} : { trap: true }),
    why,
  };
}

export const cases: Cases = [
  ...[
    "SPRING_PROFILES_ACTIVE=dev",
    "QUARKUS_PROFILE=dev",
    "MICRONAUT_ENVIRONMENTS=dev",
    "ASPNETCORE_ENVIRONMENT=Development",
    "DOTNET_ENVIRONMENT=Development",
    "NODE_CONFIG_ENV=development",
    "APP_ENV=dev",
  ].map((entry) => injected(entry, "unproven", "yes", SELECTS)),
  ...["NODE_ENV=development", "RAILS_ENV=development", "APP_DEBUG=1", "FLASK_DEBUG=1"].map((entry) =>
    injected(entry, "no", "yes", STARTS),
  ),
  {
    name: "a profile of development beside a debugger",
    given: manifests(
      web({
        env: [
          { name: "SPRING_PROFILES_ACTIVE", value: "dev" },
          { name: "JAVA_TOOL_OPTIONS", value: "-agentlib:jdwp=transport=dt_socket,server=y" },
        ],
      }),
    ),
    expect: { "twelve-factor": "no" },
    why: STARTS,
  },
  {
    name: "a profile of development in the image's ENV",
    given: image({ config: { Env: ["PATH=/usr/bin:/bin", "SPRING_PROFILES_ACTIVE=dev"] } }),
    expect: { "twelve-factor": "unproven" },
    trap: true,
    why: "A default that each environment replaces at start.",
  },
];
