import { expect, test } from "vitest";
import { oracleHosts } from "./oracle-hosts.ts";

test("each host is that of the connection above it", () => {
  const text =
    "# (HOST = old.corp.fr)\n(HOST=first)\nPORTAIL.PROD =\n  (ADDRESS = (PROTOCOL = TCP)(HOST = ora1.corp.fr)(PORT = 1521))\nB=(ADDRESS=(HOST=x)(PORT=1))(ADDRESS=(host = y))\n";
  expect(oracleHosts(text)).toEqual([
    { name: ".db_host", value: "first", line: 2 },
    { name: "PORTAIL.PROD.db_host", value: "ora1.corp.fr", line: 4 },
    { name: "B.db_host", value: "x", line: 5 },
    { name: "B.db_host", value: "y", line: 5 },
  ]);
});
