# The platform in a container: see docs/standing-endpoints.md.
FROM node:26-slim AS build
WORKDIR /lanyard
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:26-slim
COPY --from=build /lanyard /opt/lanyard
RUN ln -s /opt/lanyard/bin/lanyard /usr/local/bin/lanyard
VOLUME /data
ENTRYPOINT ["lanyard"]
CMD ["up", "--data", "/data", "--address", "0.0.0.0", "--port", "443", "--metadata-address", "0.0.0.0:80", "--ca-file", "/trust/lanyard.pem"]
