import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { maskCollectedImage, maskImage } from "./image.ts";

/** A password in a URL, in parts: the sources contain no secret. */
const URL = `postgres://app:${["Hn7-kd82", "LqX4vB"].join("_")}@db.prod.corp.fr/app`;

function withSetting(value: string) {
  const settings = {
    neutral: [{ name: "db.url", value, line: 3, certainty: "certain" as const }],
  };
  return imageFacts({ files: [{ path: "/app/config.yaml", settings }] });
}

test("settings of evidence from elsewhere are masked, as all of its texts", () => {
  const { files } = maskImage(withSetting(URL));
  const [setting] = files[0]?.settings?.["neutral"] ?? [];
  expect(setting?.value).toMatch(/^postgres:\/\/app:…\(15\)@db\.prod\.corp\.fr\/app$/);
});

test("settings that this run read in masked texts stay as they are", () => {
  const image = withSetting("postgres://app:…(15)@db.prod.corp.fr/app");
  expect(maskCollectedImage(image).files).toEqual(image.files);
});
