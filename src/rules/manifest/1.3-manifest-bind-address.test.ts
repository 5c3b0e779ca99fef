import { expect, test } from "vitest";
import { BATCH, manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestBindAddress } from "./manifest-rules.ts";

const ID = "1.3-manifest-bind-address:portal/Deployment/web/web";
const LOCAL = ["--host=127.0.0.1"];

test.each([
  ["an option of the command", { command: ["uvicorn", "app:app", ...LOCAL] }, "command:--host:127.0.0.1"],
  ["args behind a command", { command: ["uvicorn"], args: LOCAL }, "args:--host:127.0.0.1"],
  ["args alone, of a program that is not known", { args: LOCAL }, "args:--host:127.0.0.1"],
  ["args that may be a command", { args: ["serve", ...LOCAL] }, "args:--host:127.0.0.1"],
  ["a variable", { env: [{ name: "HOST", value: "localhost" }] }, "env:HOST:localhost"],
  [
    "an exporter's address, as with its image",
    { args: ["--web.listen-address=127.0.0.1:9100"] },
    "args:--web.listen-address:127.0.0.1%3A9100",
  ],
])("presumed fail: %s", (_, container, found) => {
  expect(manifestAlone(manifestBindAddress, container)).toEqual({
    status: "presumed",
    found: [`${ID}/${found}`],
    notes: [],
  });
});

test.each([
  ["nothing is said", {}],
  ["every address", { args: ["--host=0.0.0.0"], env: [{ name: "HOST", value: "localhost" }] }],
  ["a peer in the same pod", { env: [{ name: "DB_HOST", value: "localhost" }] }],
  ["the address that an exporter calls", { args: ["--nginx.scrape-uri=http://127.0.0.1:8081/stub"] }],
  ["a client", { command: ["psql", "--host=localhost"] }],
  ["a client in args, which an ENTRYPOINT may run", { args: ["psql", "--host=localhost"] }],
  ["redis-cli in args", { args: ["redis-cli", "-h", "127.0.0.1"] }],
  ["a short option of a program that is not known", { args: ["-b", "127.0.0.1:80"] }],
  ["a short option of gunicorn, which may not be what starts", { args: ["gunicorn", "-b", "127.0.0.1:80"] }],
  ["a client behind env", { args: ["env", "X=1", "psql", "--host=localhost"] }],
  [
    "a value that only the cluster knows",
    { env: [{ name: "HOST", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }] },
  ],
])("trap: %s", (_, container) => {
  expect(manifestAlone(manifestBindAddress, container)).toEqual({ status: "n/a", found: [], notes: [] });
});

test.each([
  ["a server's option", { command: ["app", ...LOCAL] }],
  ["a client", { args: ["--host", "localhost"] }],
])("trap: a batch task serves nothing: %s", (_, container) => {
  expect(manifestAlone(manifestBindAddress, container, BATCH).status).toBe("n/a");
});
