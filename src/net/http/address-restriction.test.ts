import type * as dns from "node:dns";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { startServer } from "../../../test/fixtures/fake-registry.ts";
import { addressRestriction } from "./address-restriction.ts";
import { hostPolicy } from "./hosts.ts";
import { createHttp } from "./http.ts";

/** Answers of the DNS, in turn; the last repeats. */
let answers: (readonly string[])[] = [];
let asked: string[] = [];
let whenAsked = () => {};
vi.mock("node:dns", async (original) => ({
  ...(await original<typeof dns>()),
  lookup(
    name: string,
    _: object,
    callback: (error: Error | null, found: readonly dns.LookupAddress[]) => void,
  ) {
    asked.push(name);
    whenAsked();
    const found = answers.length > 1 ? answers.shift() : answers[0];
    if (found === undefined) return callback(Object.assign(new Error("x"), { code: "ENOTFOUND" }), []);
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  },
}));
beforeEach(() => {
  answers = [];
  asked = [];
  whenAsked = () => {};
});

/** Sends a request, with a second for an answer; the error's code, or the status. */
async function sent(url: string, named: readonly string[] = []): Promise<unknown> {
  const http = createHttp(hostPolicy([]), { env: {}, privateHosts: named });
  try {
    const response = await http.send({ method: "GET", url: new URL(url), headers: {} });
    await response.discard();
    return response.status;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    await http.close();
  }
}

describe("an address in a URL is refused before a connection", () => {
  test.each([
    "http://127.0.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f.1:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://0.0.0.0:PORT/",
    "http://[::]:PORT/",
    "https://127.0.0.1:PORT/",
  ])("%s", async (url) => {
    const { host, requests } = await startServer((_, response) => void response.end());
    const at = url.replace("PORT", host.split(":")[1] ?? "");
    expect([await sent(at), requests.length, asked]).toEqual(["address-refused", 0, []]);
  });

  test("unless it is named, by one port or for all", async () => {
    const { host } = await startServer((_, response) => void response.end());
    expect(await sent(`http://${host}/`, [host])).toBe(200);
    expect(await sent(`http://${host}/`, ["127.0.0.1"])).toBe(200);
    expect(await sent(`http://${host}/`, ["2130706433"])).toBe(200);
    expect(await sent(`http://${host}/`, ["127.0.0.1:1", "127.0.0.1:80"])).toBe("address-refused");
  });
});

describe("a name is refused for the address that it resolves to", () => {
  test.each([
    [["127.0.0.1"], []],
    [["10.1.2.3"], []],
    [["169.254.169.254"], []],
    [["::ffff:169.254.169.254"], []],
    [["93.184.216.34", "127.0.0.1"], []],
    [["127.0.0.1", "93.184.216.34"], []],
    [["169.254.169.254"], ["registry.example"]],
    [["127.0.0.1"], ["registry.example"]],
    [["10.1.2.3", "fe80::1"], ["registry.example"]],
  ])("%j, of those named: %j", async (addresses, named) => {
    const { host, requests } = await startServer((_, response) => void response.end());
    answers = [addresses];
    const port = host.split(":")[1];
    expect(await sent(`http://registry.example:${port}/`, named)).toBe("address-refused");
    expect(await sent(`https://registry.example:${port}/`, named)).toBe("address-refused");
    expect(requests).toEqual([]);
  });

  test("a second answer of the DNS decides nothing: the connection is made to the first", async () => {
    const { host, requests } = await startServer((_, response) => void response.end());
    answers = [["93.184.216.34"], ["127.0.0.1"]];
    const stop = new AbortController();
    const http = createHttp(hostPolicy([]), { env: {}, privateHosts: [], signal: stop.signal });
    const url = new URL(`http://registry.example:${host.split(":")[1]}/`);
    const isAsked = new Promise<void>((resolve) => {
      whenAsked = resolve;
    });
    const answer = http.send({ method: "GET", url, headers: {} });
    await isAsked;
    stop.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
    await http.close();
    expect([asked, requests.length]).toEqual([["registry.example"], 0]);
  });

  test("localhost is reached where it is named", async () => {
    const { host } = await startServer((_, response) => void response.end());
    answers = [["127.0.0.1"]];
    const url = `http://localhost:${host.split(":")[1]}/`;
    expect([await sent(url), await sent(url, ["localhost"])]).toEqual(["address-refused", 200]);
  });

  test("a name that the DNS does not know is no refusal", async () => {
    expect(await sent("http://registry.example/")).toBe("ENOTFOUND");
  });
});

test("a host is named in any writing, with the default port of its scheme", () => {
  const restriction = addressRestriction(["Registry.Example:443", "0x0a000001", "[FD00::1]:5000"]);
  expect(
    [
      "https://registry.example/",
      "http://registry.example/",
      "https://registry.example:5000/",
      "https://10.0.0.1:99/",
      "https://[fd00::1]:5000/",
      "https://[fd00::1]/",
    ].map((url) => restriction.isNamed(new URL(url))),
  ).toEqual([true, false, false, true, true, false]);
});

test("a lookup for one address gives the first", () => {
  answers = [["93.184.216.34", "93.184.216.35"]];
  const given: unknown[] = [];
  const find = addressRestriction([]).lookupFor(false);
  find("a.example", {}, (...answer) => given.push(answer));
  find("a.example", { all: true }, (...answer) => given.push(answer));
  expect(given).toEqual([
    [null, "93.184.216.34", 4],
    [
      null,
      [
        { address: "93.184.216.34", family: 4 },
        { address: "93.184.216.35", family: 4 },
      ],
    ],
  ]);
});
