import { expect, test } from "vitest";
import { erlangSettings, serverVariables, variableOfFile } from "./written-variables.ts";

test("a server's configuration gives variables to the application", () => {
  const text =
    '[www]\nenv[DB_HOST] = db.corp.fr\n;env[X] = y\nSetEnv API_URL "https://a.fr"\nfastcgi_param A_HOST b.fr;\nlisten 9000\n';
  expect(serverVariables(text)).toEqual([
    { name: "DB_HOST", value: "db.corp.fr", line: 2 },
    { name: "API_URL", value: "https://a.fr", line: 4 },
    { name: "A_HOST", value: "b.fr", line: 5 },
  ]);
});

test("terms of Erlang are pairs", () => {
  const text =
    '[{app,[{repo,[{hostname,<<"db.corp.fr">>},{port,5432}]},\n%% {hostname,"x"}\n{ url , "https://a.fr" }]}].';
  expect(erlangSettings(text)).toEqual([
    { name: "hostname", value: "db.corp.fr", line: 1 },
    { name: "url", value: "https://a.fr", line: 3 },
  ]);
});

test("a file of a folder of variables is one", () => {
  expect(variableOfFile("db.corp.fr\n", "/run/env/DB_HOST")).toEqual([
    { name: "DB_HOST", value: "db.corp.fr", line: 1 },
  ]);
});
