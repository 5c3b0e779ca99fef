import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileDatabases } from "./1.2-dockerfile-databases.ts";

test.each([
  ["Django's", "COPY db.sqlite3 ./", { answer: "presumed", at: ["2:1"] }],
  ["from a stage", "COPY --from=build /app/data.sqlite /app/", { answer: "presumed", at: ["2:1"] }],
  ["by a pattern", "COPY *.db /data/", { answer: "pass", notes: ["2:1"] }],
  ["an application's", "ADD data/app.db /data/", { answer: "presumed", at: ["2:1"] }],
  ["Redis's dump", "COPY dump.rdb /data/", { answer: "presumed", at: ["2:1"] }],
  ["H2's", "COPY --chown=1000 store.mv.db /data/", { answer: "presumed", at: ["2:1"] }],
  ["made by RUN", "RUN sqlite3 /data/x.dat < schema.sql", { answer: "pass" }],
  ["made by RUN under such a name", "RUN sqlite3 -batch /data/app.db < schema.sql", { answer: "presumed" }],
  [
    "touched",
    "RUN touch database/database.sqlite && php artisan migrate",
    { answer: "presumed", at: ["2:5"] },
  ],
  ["any data", "COPY geo.db /data/", { answer: "pass", notes: ["2:1"] }],
  ["trap: SQL, GeoIP, the system's", "COPY init.sql GeoLite2.mmdb cert9.db /x/", {}],
  ["trap: fixtures, dependencies", "COPY tests/fixtures/db.sqlite3 vendor/x/app.db /x/", {}],
  ["trap: made and removed", "RUN cp seed.sqlite3 /tmp/a.sqlite3 && make && rm /tmp/a.sqlite3", {}],
  ["trap: the program's package", "RUN apk add sqlite sqlite-dev", {}],
])("%s", (_, text, expected) => {
  const result = summary(dockerfileDatabases, `FROM node:22\n${text}`);
  expect(result).toMatchObject({ answer: "pass", notes: [], ...expected });
});

test("in a discarded stage it is worth a note", () => {
  const text = "FROM node:22 AS b\nCOPY db.sqlite3 ./\nFROM node:22";
  expect(summary(dockerfileDatabases, text)).toMatchObject({ answer: "pass", notes: ["2:1"] });
});
