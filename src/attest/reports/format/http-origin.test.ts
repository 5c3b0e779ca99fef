import { expect, test } from "vitest";
import { originOf } from "./http-origin.ts";

test.each<[readonly unknown[], string | undefined]>([
  [["https://a.example/x?y#z"], "https://a.example"],
  [["http://a.example:8080/x"], "http://a.example:8080"],
  [["https://user:word@a.example/"], "https://a.example"],
  [["https://a.example:443/1", "https://a.example/2"], "https://a.example"],
  [["https://a.example", "http://a.example"], undefined],
  [["https://a.example", "https://b.example"], undefined],
  [["https://a.example", "a.example"], undefined],
  [["ftp://a.example"], undefined],
  [["xhttp://a.example"], undefined],
  [["httpsx://a.example"], undefined],
  [["a.example"], undefined],
  [[7], undefined],
  [[undefined], undefined],
  [[], undefined],
])("the origin of %j is %s", (urls, origin) => {
  expect(originOf(urls)).toBe(origin);
});
