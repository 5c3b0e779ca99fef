import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isShown } from "./settings-form.ts";

/**
 * Detectors of addresses that are secrets, since anyone who knows them can write into a channel or a store.
 * Sources: the services' manuals.
 */
export const WEBHOOKS: readonly Detector[] = [
  // Mattermost, and in the same form Tchap and Rocket.Chat: 26 characters of base 32, or an identifier and a
  // token.
  webhook(["/hooks/"], /\/hooks\/(?<secret>[a-z0-9]{26}|[A-Za-z0-9]{17,24}\/[A-Za-z0-9]{32,64})(?![\w/-])/dy),
  webhook(
    [".webhook.office.com/webhookb2/"],
    /\.webhook\.office\.com\/webhookb2\/[\da-f@-]{36,80}\/IncomingWebhook\/(?<secret>[\da-f]{32}\/[\da-f-]{36})/diy,
  ),
  webhook(
    ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
    /discord(?:app)?\.com\/api\/webhooks\/\d{15,22}\/(?<secret>[\w-]{60,90})/dy,
  ),
  webhook(
    ["chat.googleapis.com/v1/spaces/"],
    /chat\.googleapis\.com\/v1\/spaces\/[\w-]{5,30}\/messages\?[\w=&;%-]{0,100}?token=(?<secret>[\w%-]{30,80})/dy,
  ),
  {
    kind: "azure-shared-access-key",
    confidence: "confirmed",
    // A shared access signature (SAS) whose permissions allow writing, creating, deleting, adding or
    // updating.
    anchors: ["?sig=", "&sig=", ";sig="],
    pattern: /[?&;]sig=(?<secret>[\w%+/-]{40,90}={0,2})/dy,
    valid: (secret, { index }, scanned) =>
      looksRandom(secret) && mayWrite(scanned.text, index) && !isRead(scanned),
  },
];

function webhook(anchors: readonly string[], pattern: RegExp): Detector {
  return {
    kind: "webhook",
    confidence: "confirmed",
    anchors,
    pattern,
    valid: (secret, _, scanned) => /\d/.test(secret) && looksRandom(secret) && !isRead(scanned),
  };
}

function isRead({ path }: ScannedText): boolean {
  return isShown(path) || /\.(?:md|markdown|rst|adoc)$/.test(path);
}

/** Maximum number of characters of an address, before and after the anchor. */
const ADDRESS = 500;

function mayWrite(text: string, at: number): boolean {
  const before = /[^\s"'`<>]{0,500}$/.exec(text.slice(Math.max(0, at - ADDRESS), at))?.[0] ?? "";
  const behind = /^[^\s"'`<>]{0,500}/.exec(text.slice(at, at + ADDRESS))?.[0] ?? "";
  const query = before + behind;
  return /[?&;]sv=\d{4}-\d\d-\d\d/.test(query) && /[?&;]sp=[a-z]{0,12}[wcdau]/.test(query);
}
