# Lexline from its packed package, for docker-compose.yml or by itself. It runs as an ordinary user, never as root.
#
#   docker build -t lexline .
#   docker run --rm --network host -v ./lexline.yaml:/lexline/lexline.yaml:ro -v lexline:/lexline/data lexline
FROM node:24-bookworm-slim AS packed
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm pack && mv lexline-*.tgz lexline.tgz

FROM node:24-bookworm-slim
ENV NODE_ENV=production
COPY --from=packed /build/lexline.tgz /lexline/lexline.tgz
RUN npm install --global --omit=dev /lexline/lexline.tgz && npm cache clean --force && rm /lexline/lexline.tgz \
  && mkdir -p /lexline/data && chown -R node:node /lexline
USER node
WORKDIR /lexline
VOLUME /lexline/data
ENTRYPOINT ["lexline"]
CMD ["serve", "--config", "/lexline/lexline.yaml"]
