import { createHash } from "node:crypto";

/**
 * SHA-256 of keys in DER, or of whole stores, that packages publish outside their tests, so that they are
 * public.
 */
const PUBLISHED = new Set([
  // npm ssh2, lib/protocol/constants.js: a test whether crypto.sign() supports Ed25519.
  "b73968ba56e2416630b209e9633986d9a50f0dbe67609910913252e2abd7f8ef",
  // npm browser-sync, certs/server.key and certs/browsersync.pfx: for localhost.
  "c46eedc72aa72896b41eda9a35b93e947af538239e9c8f59e6aa12983e464b2a",
  "a1b381f6e315da6f5ea4caf4e651211982627384bc597db374a737e51e4a3b51",
  // npm local-ssl-proxy, resources/localhost-key.pem.
  "4f7d2585ab3ede9f1312f8567d1e9296cca814cd190d76292018ba6f50bf4a90",
  // CMake, Templates/Windows/Windows_TemporaryKey.pfx.
  "a957fb8c8a3e3e7b1b8d2c58e97e02759b61cd7cbecca409c0763c8d6d9691f4",
  // npm grunt-contrib-connect, tasks/certs: for localhost.
  "d65052d031bf2da66a89adb78c76a3fe650ccf1db20c944ecc959dd97316dc7e",
  // GnuTLS, lib/crypto-selftests-pk.c: compiled into libgnutls.
  "803fc9d7eb40ea13dc82723b2d99780ac1e0335ba0b65d660e66994c613ed422",
  "323a1e2a6917c0615aa5e0144ba9ea0b18553c671284f2b75ca5dde1308c477b",
  "87e288dc7dbc29a24241b596ec8c84f949d9f09f34fc0cf69242481fb2274770",
  "d245e52c341a76645e1b0e56c58dc964cd4f3ecaea64a9c6d6db9897d4948a8a",
  "0294b4406902e33bb02f89eaf4c691328790d7a9cd01b873d68edac994f310a1",
  "60c323abe4854b03743005874156ef6e0343bc9c05c09a2a43335cdda19342b3",
  "995b8d5b08ac126a74f39d812fc8cce270d026093d810f366de923bb0fe47f60",
  "09416ba3e0782523c56225fb168cd58cda7796e938db1b53f79b6abbaed2bbc7",
  "7e38af7715bbb425a6aa8060b7c0af60aeb81d39975c55e83edcb9eae7a5e9f8",
  "458022ddcb5598b39253bc027eb02c4f3dba00e2bdbaef239a35bc91c9bd4f3a",
  "09f1c1a4680df80b9e8e6e587d3a787de7402a919e366426ad807a1c0f8c98c1",
  "2859ff03b44c8f0e4f96604b8cced325ef4d01ca935422b2041d88d8809f8fa1",
  // PyPI autobahn, wamp/cryptosign.py: an example in its documentation.
  "cad9ef7db9fdcc0c1680313ca2c5c1d2782af30bede307856de11bc4b8092ad7",
  "c8a9004c00ff4d2f19c9af0594ee723d6fb250a6153971d27bcaf907a46997f2",
  // CPAN Mojolicious, Mojo/IOLoop/resources/server.key: for development.
  "774096431dc865097bc585520bbc5944ab8a18a71e3dd3535947338c32eee92f",
  // npm lws, ssl/private-key.pem and ssl/lws.pfx: for localhost.
  "af388af368f6d32eb8e0694db854b3cce026ea2e689ff5cbe42416ddacf4919c",
  "4b240f019cb4cd9ee3130c04dfb37b943fe866b232b70b9ff51dba923fb7bd47",
  // Dovecot: a key of its tests, compiled into libdovecot.
  "9f5e577867800cd7cc520cba4be139573e22804c7fba4108f87b2cb3621912d2",
]);

/** Whether a key's content is publicly known, and therefore not secret, wherever it is found. */
export function isPublishedKey(bytes: Uint8Array): boolean {
  return PUBLISHED.has(createHash("sha256").update(bytes).digest("hex"));
}
