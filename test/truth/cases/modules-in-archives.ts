// Row 7: an application's own modules within its archive: a war in an ear or a zip, a module's jar in a fat jar.

import type { Answer } from "../../../src/contract/verdict.ts";
import { KEY } from "../../fixtures/secrets.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const PASSWORD = "Hiver2024!x";
const WHY = "1.4: the module is a part of the application, whatever it is packed in.";
const NOTHING = "Nothing in it is the application's, or of one environment.";
const web = zipOf([{ name: "WEB-INF/classes/db.properties", content: `db.password=${PASSWORD}\n` }]);
const clean = zipOf([{ name: "WEB-INF/classes/db.properties", content: "db.password=${DB_PASSWORD}\n" }]);
const module = (name: string, content: string) => zipOf([{ name, content }]);
const fat = (library: Uint8Array) => zipOf([{ name: "BOOT-INF/lib/portail-core-1.0.jar", content: library }]);

export const cases: Cases = [
  packed("a war in an ear", "app/portail.ear", zipOf([{ name: "portail.war", content: web }]), "no"),
  packed("a war in a zip", "app/portail.zip", zipOf([{ name: "portail.war", content: web }]), "no"),
  packed(
    "an EJB module in an ear",
    "app/portail.ear",
    zipOf([{ name: "ejb.jar", content: module("db.yml", `password: ${PASSWORD}\n`) }]),
    "no",
  ),
  packed(
    "a module's settings in a fat jar",
    "app/app.jar",
    fat(module("application.yml", `spring.datasource.password: ${PASSWORD}\n`)),
    "no",
  ),
  packed(
    "a module's settings of one environment in a fat jar",
    "app/app.jar",
    fat(module("application-prod.properties", "api.url=https://api.corp.fr\n")),
    "no",
  ),
  packed(
    "a key in a library of a war",
    "app/portail.war",
    zipOf([{ name: "WEB-INF/lib/a.jar", content: module("tls.pem", KEY) }]),
    "no",
  ),

  packed(
    "a war in an ear without a secret",
    "app/portail.ear",
    zipOf([{ name: "portail.war", content: clean }]),
    "yes",
  ),
  packed(
    "settings of a module that reads its values",
    "app/app.jar",
    fat(module("application.yml", "spring.datasource.password: ${DB_PASSWORD}\n")),
    "yes",
  ),
  packed(
    "a library's own defaults",
    "app/app.jar",
    fat(module("defaults.properties", `store.password=${PASSWORD}\n`)),
    "yes",
  ),
  packed(
    "a library of an ear",
    "app/portail.ear",
    zipOf([{ name: "lib/a.jar", content: module("a.properties", `p.password=${PASSWORD}\n`) }]),
    "yes",
  ),
];

function packed(name: string, path: string, content: Uint8Array, answer: Answer): Case {
  return {
    name,
    given: image({ files: { [path]: content } }),
    expect: { "no-baked-state": answer },
    why: answer === "no" ? WHY : NOTHING,
    ...(answer === "no" ? {} : { trap: true }),
  };
}
