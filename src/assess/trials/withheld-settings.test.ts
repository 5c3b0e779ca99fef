import { expect, test } from "vitest";
import { IMAGE_ALONE } from "../../../test/fixtures/trial-facts.ts";
import { WithheldSettings } from "./withheld-settings.ts";

const ENV = { env: { A: "1", B: "2" }, files: { "/f/": "" } };

function withheld(...names: readonly string[]) {
  return { inputs: { ...IMAGE_ALONE, withheld: names } };
}

test("settings that no container could be given are named", () => {
  const settings = new WithheldSettings();
  settings.saw(withheld("trial.env A", "trial.files /f", "trial.args"), ENV);
  expect(settings.texts).toEqual([
    {
      fr: expect.stringContaining(": trial.env A, trial.files /f, trial.args."),
      en: expect.stringContaining(": trial.env A, trial.files /f, trial.args."),
    },
  ]);
});

test("what is one container's is none of the others': nothing is said of it", () => {
  const settings = new WithheldSettings();
  settings.saw(withheld("trial.env A"), ENV);
  settings.saw(withheld("trial.env B"), ENV);
  settings.saw({}, {});
  expect(settings.texts).toEqual([]);
  const files = new WithheldSettings();
  files.saw(withheld("trial.files /f"), ENV);
  files.saw(withheld(), ENV);
  expect(files.texts).toEqual([]);
});

test.each([
  [10, "trial.env V9."],
  [11, "trial.env V9, …."],
])("of %i names, ten are shown", (count, end) => {
  const settings = new WithheldSettings();
  settings.saw(withheld(...Array.from({ length: count }, (_, index) => `trial.env V${index}`)), {});
  expect(settings.texts[0]?.en).toContain(end);
});
