# Lexline from its packed package, for docker-compose.yml or by itself. It runs as an ordinary user, never as root.
#
#   docker build -t lexline .
#   docker run --rm --network host -v ./lexline.yaml:/lexline/lexline.yaml:ro -v lexline:/lexline/data lexline
FROM node:24-bookworm-slim AS packed
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm pack --pack-destination /tmp && mv /tmp/lexline-*.tgz /tmp/lexline.tgz

FROM node:24-bookworm-slim
ENV NODE_ENV=production
COPY --from=packed /tmp/lexline.tgz /tmp/lexline.tgz
RUN npm install --global --omit=dev /tmp/lexline.tgz && npm cache clean --force && rm /tmp/lexline.tgz \
  && mkdir -p /lexline/data && chown -R node:node /lexline
USER node
WORKDIR /lexline
VOLUME /lexline/data
ENTRYPOINT ["lexline"]
CMD ["serve", "--config", "/lexline/lexline.yaml"]
