import { expect, test } from "vitest";
import { inMountOptions } from "./mount-options.ts";

test.each<[string, string[]]>([
  ["dir_mode=0777,username=u,password=Hiver2024!x,vers=3.0", ["Hiver2024!x"]],
  ["pass=Hiver2024!x", ["Hiver2024!x"]],
  ["vers=3.0 password=Hiver2024!x", ["Hiver2024!x"]],
  ["vers=3.0,sec=krb5", []],
  ["credentials=/etc/smb/credentials", []],
  ["password=${PASSWORD}", []],
  ["ro", []],
])("%s", (text, values) => {
  expect(inMountOptions(text).map(({ value }) => value)).toEqual(values);
});
