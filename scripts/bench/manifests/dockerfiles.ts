/** Typical Dockerfiles of teams; NAME is replaced by the application's name. */
export const DOCKERFILES: readonly string[] = [
  `# syntax=docker/dockerfile:1
FROM node:24-alpine AS deps
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN corepack enable && pnpm install --frozen-lockfile

FROM deps AS build
ARG NEXT_PUBLIC_SITE_URL
ENV NEXT_PUBLIC_SITE_URL=\${NEXT_PUBLIC_SITE_URL}
COPY . .
RUN pnpm build

FROM node:24-alpine
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000
WORKDIR /app
RUN addgroup -S NAME && adduser -S -u 1001 -G NAME NAME
COPY --from=build --chown=1001:0 /app/.next/standalone ./
COPY --from=build --chown=1001:0 /app/.next/static ./.next/static
USER 1001
EXPOSE 3000
CMD ["node", "server.js"]
`,
  `FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 \\
    PIP_NO_CACHE_DIR=1
WORKDIR /srv/NAME
RUN apt-get update \\
 && apt-get install -y --no-install-recommends libpq5 build-essential \\
 && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
EXPOSE 8000
CMD gunicorn NAME.wsgi --bind 0.0.0.0:8000 --access-logfile /var/log/NAME.log
`,
  `FROM nginxinc/nginx-unprivileged:1.29-alpine
COPY --chown=101:101 dist/NAME /usr/share/nginx/html
COPY <<'EOF' /etc/nginx/conf.d/default.conf
server {
  listen 8080;
  location / { try_files $uri /index.html; }
}
EOF
USER 101
`,
  `ARG JAVA=21
FROM eclipse-temurin:\${JAVA}-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -DskipTests package

FROM eclipse-temurin:\${JAVA}-jre
RUN useradd --uid 10001 --no-create-home NAME
COPY --from=build /src/target/NAME.jar /app/NAME.jar
VOLUME /data
USER NAME
HEALTHCHECK CMD curl -f http://localhost:8080/actuator/health || exit 1
ENTRYPOINT ["java", "-jar", "/app/NAME.jar"]
`,
  `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /NAME ./cmd/NAME

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /NAME /NAME
USER 65532
ENTRYPOINT ["/NAME"]
`,
  `FROM php:8.4-apache
RUN apt-get update && apt-get upgrade -y && apt-get install -y git unzip sudo
COPY . /var/www/html
COPY config/production.yaml /var/www/html/config.yaml
ENV APP_ENV=prod
RUN set -eux; \\
    chown -R www-data:www-data /var/www/html
EXPOSE 80
`,
  `FROM registry.example/platform/node:24
ARG NPM_TOKEN
WORKDIR /home/node/app
COPY --chown=node:node . .
RUN npm ci && npm run build && npm prune --omit=dev
USER node
CMD ["npm", "run", "start"]
`,
];
