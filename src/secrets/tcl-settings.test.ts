import { expect, test } from "vitest";
import { tclValues } from "./tcl-settings.ts";

test.each([
  ['set password "Hiver2024!"', "password", "Hiver2024!"],
  ['dict set cfg password "Hiver2024!"', "password", "Hiver2024!"],
  ["set password {Hiver2024!}", "password", "Hiver2024!"],
  ["  variable ::db::password Hiver2024!", "password", "Hiver2024!"],
  ['set cfg(db.password) "x y"; puts a', "db.password", "x y"],
  ['connect -user app -password "Hiver2024!"', "password", "Hiver2024!"],
  ["array set cfg {\n  password Hiver2024!\n}", "password", "Hiver2024!"],
  ['array set cfg {\n  password "Hiver2024!"\n}', "password", "Hiver2024!"],
  ['expect "*assword:" ; send "x"\nexpect "assword:" { send "Hiver2024!\\r" }', "password", "Hiver2024!"],
])("%j sets %s", (text, name, value) => {
  const found = tclValues(text).find((one) => one.value === value);
  expect(found?.name).toBe(name);
  expect(text.slice(found?.start, found?.end)).toBe(value);
});

test.each([
  "set password $env(DB_PASSWORD)",
  "set password [read $file]",
  'set password "$other"',
  'set password ""',
  '# set password "Hiver2024!"',
  'puts "Password: "',
])("%j sets no literal", (text) => {
  expect(tclValues(text)).toEqual([]);
});
