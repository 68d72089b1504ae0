# Phonoscope's studio. Build: docker build -t phonoscope .   Run: see compose.yaml, and docs/studio.md.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/phonoscope
WORKDIR /source
COPY . .
# The page is built on the way, by the Node that a build requirement brings.
RUN /opt/phonoscope/bin/pip install ".[postgres]"

FROM python:3.11-slim-bookworm
# What the libraries for pictures and letters load from the system.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libegl1 libexpat1 libgl1 libglib2.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin phonoscope \
    && install --directory --owner phonoscope --group phonoscope --mode 700 /data /home/phonoscope/.cache
COPY --from=build /opt/phonoscope /opt/phonoscope
ENV PATH=/opt/phonoscope/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PHONOSCOPE_DATA_DIR=/data \
    PHONOSCOPE_HOST=0.0.0.0 \
    PHONOSCOPE_LOG_FORMAT=json
USER 10001
VOLUME /data
EXPOSE 8470
# Asked without urllib, which would go by the proxy that Docker may name to its containers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as To; to = To('127.0.0.1', 8470, timeout=4); to.request('GET', '/health'); raise SystemExit(to.getresponse().status != 200)"]
ENTRYPOINT ["phonoscope"]
CMD ["studio", "--no-browser", "--port", "8470"]
