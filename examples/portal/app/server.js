import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const { HOST, PORT, LOG_FILE } = process.env;
const siteUrl = readFileSync("public-url.txt", "utf8").trim();

createServer((request, response) => {
  appendFileSync(LOG_FILE, `${new Date().toISOString()} ${request.method} ${request.url}\n`);
  response.end(`Portal of ${siteUrl}\n`);
}).listen(Number(PORT), HOST);
