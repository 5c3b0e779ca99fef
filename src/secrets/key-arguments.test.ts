import { describe, expect, test } from "vitest";
import { scanFile } from "./scan.ts";

const KEY = "k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0fGa";
const HEX = "9f3ac17e5b2d48069c8e7a41d0b6f35c2e91a8d47b60c3f51d7e90ab4c6f8e23";
const PASSWORD = "Tr7.mineral-58";

function kinds(path: string, text: string) {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

describe("a key or a password that code passes to a library", () => {
  test.each([
    ["Python's hmac", "/app/a.py", `hmac.new(b'${KEY}', body, 'sha256')`],
    ["itsdangerous", "/app/a.py", `s = URLSafeTimedSerializer("${KEY}")`],
    ["PyCryptodome", "/app/a.py", `AES.new(bytes.fromhex("${HEX}"), AES.MODE_GCM)`],
    ["Go's hmac", "/app/main.go", `m := hmac.New(sha256.New, []byte("${KEY}"))`],
    ["Go's cookie store", "/app/main.go", `sessions.NewCookieStore([]byte("${KEY}"))`],
    ["node:crypto", "/app/a.js", `c.createCipheriv('aes-256-cbc', Buffer.from('${HEX}', 'hex'), iv)`],
    ["crypto-js", "/app/a.ts", `CryptoJS.AES.encrypt(message, "${KEY}").toString()`],
    ["PHP's hash_hmac", "/app/a.php", `return hash_hmac('sha256', $x, '${KEY}');`],
    ["PHP's openssl", "/app/a.php", `openssl_encrypt($x, 'aes-256-cbc', '${KEY}', 0, $iv)`],
    ["Java's key", "/app/K.java", `new SecretKeySpec("${KEY}".getBytes(), "AES")`],
    ["Rails' encryptor", "/app/a.rb", `ActiveSupport::MessageEncryptor.new("${KEY}")`],
    ["PDO", "/app/a.php", `new PDO('mysql:host=db;dbname=portail', 'app', '${PASSWORD}');`],
    ["PDO, in settings", "/app/db.php", `new PDO('mysql:host=db;dbname=portail', 'app', '${PASSWORD}');`],
    ["mysqli", "/app/a.php", `mysqli_connect($host, $user, "${PASSWORD}", "portail");`],
    ["JDBC", "/app/C.java", `DriverManager.getConnection("jdbc:postgresql://db/p", "app", "${PASSWORD}")`],
    ["DBI", "/app/a.pl", `DBI->connect('dbi:Pg:dbname=p', 'app', '${PASSWORD}');`],
    ["ldap", "/app/a.py", `conn.simple_bind_s('cn=portail,dc=corp', '${PASSWORD}')`],
    ["requests", "/app/a.py", `requests.get(url, auth=('svc-portail', '${PASSWORD}'))`],
    ["smtplib", "/app/a.py", `smtp.login('portail', '${PASSWORD}')`],
    ["Go's Basic authentication", "/app/main.go", `req.SetBasicAuth("svc", "${PASSWORD}")`],
    [".NET", "/app/M.cs", `new NetworkCredential("svc", "${PASSWORD}")`],
  ])("%s", (_, path, text) => {
    expect(kinds(path, `${text}\n`)).toEqual(["named-secret"]);
  });
});

describe("is none", () => {
  test.each([
    ["from the environment", "/app/a.php", "new PDO($dsn, getenv('DB_USER'), getenv('DB_PASSWORD'));"],
    ["an empty password", "/app/a.php", "mysqli_connect('localhost', 'root', '');"],
    ["a filler", "/app/a.php", "new PDO('mysql:host=db', 'app', 'your-password-1');"],
    ["a published default", "/app/a.php", "new PDO('mysql:host=db', 'app', 'minio123');"],
    ["a constant's name", "/app/a.py", "smtp.login(USER, config['MAIL_PASSWORD_2024'])"],
    ["a name of a field", "/app/a.js", "page.login('#username', 'password_field_2')"],
    ["a selector", "/app/a.js", "page.login('#username', '{selector2}')"],
    ["an algorithm", "/app/a.js", "c.createCipheriv('aes-256-gcm-with-a-name', key, iv)"],
    ["a message that is signed", "/app/a.php", "hash_hmac('sha256', 'message-number-2024-to-sign', $key)"],
    ["a word as a key", "/app/a.py", "hmac.new(b'development-only', body, 'sha256')"],
    ["a test", "/app/test_auth.py", `hmac.new(b'${KEY}', body, 'sha256')`],
    ["an example", "/app/examples/a.php", `new PDO('mysql:host=db', 'app', '${PASSWORD}');`],
    ["documentation", "/app/README.md", `new PDO('mysql:host=db', 'app', '${PASSWORD}');`],
  ])("%s", (_, path, text) => {
    expect(kinds(path, `${text}\n`)).toEqual([]);
  });
});
