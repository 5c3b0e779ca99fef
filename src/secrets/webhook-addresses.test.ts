import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";

function kinds(text: string, path = "/app/notes.log") {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

const HEX = "0123456789abcdef";
const GUID = "3f8a91c2-7d4e-4b0a-9c11-5e6f7a8b9c0d";
const SIG = encodeURIComponent(Buffer.from(noise(32)).toString("base64"));
const blob = (sp: string) =>
  `https://a.blob.core.windows.net/c?sv=2022-11-02&sp=${sp}&se=2027-01-01T00:00:00Z&sig=${SIG}`;

describe("an address that lets whoever knows it write", () => {
  test.each([
    ["Mattermost", `https://chat.corp.fr/hooks/${noise(26, "abcdefghijkmnopqrstuwxyz13456789")}`, "webhook"],
    ["Rocket.Chat", `https://chat.corp.fr/hooks/${noise(24, HEX)}/${noise(48)}`, "webhook"],
    [
      "Teams",
      `https://corp.webhook.office.com/webhookb2/${GUID}@${GUID}/IncomingWebhook/${noise(32, HEX)}/${GUID}`,
      "webhook",
    ],
    ["Discord", `https://discord.com/api/webhooks/123456789012345678/${noise(68)}`, "webhook"],
    [
      "Google Chat",
      `https://chat.googleapis.com/v1/spaces/AAAAxyz/messages?key=a&token=${noise(43)}`,
      "webhook",
    ],
    ["a SAS of Azure", blob("rwdlac"), "azure-shared-access-key"],
    ["a SAS that creates", blob("rc"), "azure-shared-access-key"],
  ])("%s", (_, text, kind) => {
    expect(kinds(`url=${text}\n`)).toEqual([kind]);
  });
});

describe("is none", () => {
  test.each([
    ["a SAS that reads", blob("rl")],
    ["a signature of something else", `https://a.fr/x?sig=${SIG}`],
    ["a path of an application", "https://chat.corp.fr/hooks/incoming"],
    ["a name of 26 letters", "https://a.fr/hooks/abcdefghijklmnopqrstuvwxyz"],
    ["a file of code", "import x from './src/hooks/usefetchfilteredsomething26';"],
  ])("%s", (_, text) => {
    expect(kinds(`url=${text}\n`)).toEqual([]);
  });

  test("what documentation shows", () => {
    expect(kinds(`${blob("rw")}\n`, "/app/docs/a.txt")).toEqual([]);
  });
});
