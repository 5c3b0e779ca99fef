import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";

const DRAWN = "k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0fGa";
const HEX = "9f3ac17e5b2d48069c8e7a41d0b6f35c2e91a8d47b60c3f51d7e90ab4c6f8e23";

function kinds(path: string, text: string) {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

describe("a long random value in an application's own code", () => {
  test.each([
    ["NextAuth", "/app/pages/api/auth/[...nextauth].js", `NextAuth({ providers: [], secret: "${DRAWN}" });`],
    [
      "NextAuth, bundled",
      "/app/.next/server/app/api/auth/route.js",
      `(()=>{c=(0,d.Z)({providers:[e],secret:"${DRAWN}"})})();`,
    ],
    [
      "Nuxt's runtime configuration",
      "/app/.output/server/chunks/_/nitro.mjs",
      `const _inlineRuntimeConfig={"public":{},"apiSecret":"${DRAWN}"};`,
    ],
    ["Express' session", "/app/server.js", `app.use(session({ secret: '${DRAWN}', resave: false }));`],
    ["a JWT that is signed", "/app/a.js", `jwt.sign({ id: user.id }, "${DRAWN}", { expiresIn: "1h" });`],
    ["a JWT that is verified, bundled", "/app/a.js", `t=(0,n.verify)(e),u=a.verify(b(c),"${HEX}")`],
    ["PyJWT", "/app/a.py", `jwt.encode({"id": 1}, "${DRAWN}", algorithm="HS256")`],
    ["an HMAC", "/app/a.ts", `createHmac("sha256", "${HEX}").update(x)`],
    ["PHP's define", "/app/index.php", `define('AUTH_SECRET', '${DRAWN}');`],
    ["PHP's array", "/app/src/Kernel.php", `return ['jwt_secret' => '${DRAWN}'];`],
    ["a constant of Python", "/app/portail/urls.py", `API_TOKEN = "${DRAWN}"`],
    ["bytes of Python", "/app/main.py", `app.secret_key = b'${DRAWN}'`],
    ["a key of a mapping", "/app/main.py", `app.config['SECRET_KEY'] = '${DRAWN}'`],
    ["a random default", "/app/main.py", `SECRET_KEY = os.environ.get("SECRET_KEY", "${DRAWN}")`],
    ["another default", "/app/a.js", `const secret = process.env.JWT_SECRET || "${DRAWN}";`],
    ["Go", "/app/main.go", `const apiToken = "${DRAWN}"`],
    ["Java", "/app/Auth.java", `private static final String SECRET = "${DRAWN}";`],
    ["Rack", "/app/app.rb", `use Rack::Session::Cookie, secret: '${noise(64)}'`],
  ])("%s", (_, path, text) => {
    expect(kinds(path, `${text}\n`)).toEqual(["named-secret"]);
  });
});

describe("is none", () => {
  test.each([
    ["read from the environment", "/app/a.js", "const secret = process.env.SESSION_SECRET || 'changeme';"],
    ["a sum", "/app/a.js", `const h = { integrity: "sha512-${DRAWN}${DRAWN}", key: "${HEX}" };`],
    ["an error's words", "/app/a.js", 'throw { secretOrPrivateKey: "secretOrPrivateKeyMustHaveAValue1" };'],
    ["a name of a program", "/app/a.js", 'e.secretProvider = "MyTestDatabaseSecretProvider2";'],
    [
      "a drawing",
      "/app/a.js",
      'var e={password:"M12 17c1.1 0 2-.9 2-2s-.9-2-2-2-2 .9-2 2 .9 2 2 2zm6-9h-1V6"};',
    ],
    ["an address", "/app/a.py", 'PASSWORD_RESET = "https://sso.corp.fr/a1B2c3D4e5F6g7H8"'],
    ["a header", "/app/a.js", `const csrf_token = "${DRAWN}";`],
    ["a token that every browser gets", "/app/public/a.js", `mapboxgl.accessToken = "${DRAWN}";`],
    ["a publishable key", "/app/a.js", 'firebase({ API_KEY: "AIzaSyD4k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0f" });'],
    ["a test", "/app/auth_test.go", `secret := "${DRAWN}"`],
    ["a test in Python", "/app/test_auth.py", `secret = "${DRAWN}"`],
    [
      "a key that next build draws",
      "/app/.next/server/a.js",
      `x={encryptionKey:"${DRAWN}",previewModeSigningKey:"${HEX}"}`,
    ],
    ["a value far behind", "/app/a.js", `secret: f(a, b), other: "${DRAWN}"`],
    ["a signature of something else", "/app/a.js", `key.sign(data, "base64url-without-padding")`],
    ["no code", "/app/notes", `secret: "${DRAWN}"`],
  ])("%s", (_, path, text) => {
    expect(kinds(path, `${text}\n`)).toEqual([]);
  });
});
