import { expect, test } from "vitest";
import { environmentFile } from "./environment-files.ts";

test.each([
  "/app/src/qualification.yml",
  "/app/forms/qualification.ini",
  "/app/qualification.properties",
  "/app/data/formulaire-qualification.json",
  "/app/schemas/demande.qualification.yaml",
])("%s is about a qualification", (path) => {
  expect(environmentFile(path)).toBeUndefined();
});

test.each([
  "/app/config/qualification.json",
  "/app/envs/qualification/api.yml",
  "/app/application-qualification.yml",
  "/app/appsettings.Qualification.json",
  "/app/qualification/config.yaml",
  "/app/recette.yml",
  "/app/formulaire-recette.json",
  "/app/qualif.yml",
])("%s is named for an environment", (path) => {
  expect(environmentFile(path)?.environment).toBeDefined();
});

test(".env.qualification is populated for an environment", () => {
  expect(environmentFile("/app/.env.qualification")).toEqual({
    environment: "qualification",
    kind: "dotenv",
  });
});
