import { expect, test } from "vitest";
import { KEY } from "../../test/fixtures/secrets.ts";
import { publishedSecrets } from "./published-values.ts";

test("a value betrayed by its content is masked, under the key of its field", () => {
  const value = { metadata: { name: "it" }, spec: { servers: [{ "tls.key": KEY }], other: "x" } };
  const found = publishedSecrets("Route/it", value);
  expect(found).toMatchObject([{ key: "tls.key", kind: "private-key", confidence: "confirmed" }]);
  expect(JSON.stringify(found)).not.toContain(KEY.split("\n")[1]);
});

test("equal values of two objects have two ids", () => {
  const ids = ["Route/a", "Route/b"].map((object) => publishedSecrets(object, [KEY])[0]?.id);
  expect(new Set(ids).size).toBe(2);
  expect(publishedSecrets("Route/a", [KEY])[0]?.key).toBe("");
});

test.each([[undefined], [{ password: "the name of a key" }], [{ kind: "Secret", data: { a: "Zk3pQ9xT" } }]])(
  "none: %j",
  (value) => {
    expect(publishedSecrets("Route/it", value)).toEqual([]);
  },
);
