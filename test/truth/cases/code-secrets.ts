// Row 7: secrets that an application's own code holds, sources and bundles of servers.

import type { Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";

const DRAWN = "k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0fGa";
const HEX = "9f3ac17e5b2d48069c8e7a41d0b6f35c2e91a8d47b60c3f51d7e90ab4c6f8e23";

export const cases: Cases = [
  ...bakedFiles(
    {
      "app/pages/api/auth/[...nextauth].js": `export default NextAuth({ providers: [], secret: "${DRAWN}" });\n`,
      "app/.output/server/chunks/_/nitro.mjs": `const _inlineRuntimeConfig = {"public":{},"apiSecret":"${DRAWN}"};\n`,
      "app/server.js": `app.use(session({ secret: "${DRAWN}", resave: false }));\n`,
      "app/auth.js": `const token = jwt.sign({ id: user.id }, "${DRAWN}", { expiresIn: "1h" });\n`,
      "app/index.php": `<?php\ndefine('AUTH_SECRET', '${DRAWN}');\n`,
      "app/src/Kernel.php": `<?php\nreturn ['jwt_secret' => '${DRAWN}'];\n`,
      "app/main.py": `app.secret_key = b'${DRAWN}'\n`,
      "app/portail/urls.py": `API_TOKEN = "${DRAWN}"\n`,
      "app/views.py": `SECRET_KEY = os.environ.get("SECRET_KEY", "${DRAWN}")\n`,
      "app/verify.ts": `jwt.verify(token, '${HEX}');\n`,
      "app/typo3conf/LocalConfiguration.php": `<?php\nreturn ['SYS' => ['encryptionKey' => '${HEX}']];\n`,
    },
    "no",
    "1.4: the key opens what the application protects, and everybody who pulls the image has it.",
  ),
  ...bakedFiles(
    {
      "app/server.js": 'app.use(session({ secret: process.env.SESSION_SECRET ?? "changeme" }));\n',
      "app/auth.js":
        "const token = jwt.sign({ id: user.id }, process.env.JWT_SECRET, { expiresIn: '1h' });\n",
      "app/public/map.js": `mapboxgl.accessToken = "${DRAWN}";\n`,
      "app/icons.js": 'var e={password:"M12 17c1.1 0 2-.9 2-2s-.9-2-2-2-2 .9-2 2 .9 2 2 2zm6-9h-1V6"};\n',
      "app/sums.js": `module.exports = { "main.css": "sha512-${DRAWN}${DRAWN}", key: "${HEX}" };\n`,
      "app/auth_test.go": `secret := "${DRAWN}"\n`,
    },
    "yes",
    "Nothing in it is a secret of the application.",
  ),
];
