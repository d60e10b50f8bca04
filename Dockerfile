# The action's image. Build it on another base with --build-arg PYTHON_IMAGE=…
ARG PYTHON_IMAGE=python

# A stage of its own, since Dependabot moves a digest in FROM, not one in ARG.
FROM docker.io/library/python:3.13-slim-bookworm@sha256:cbd229d7b9bd041012af758ce5ffd807a6518d76493ce9035d208f1db9ceff1e AS python

FROM ${PYTHON_IMAGE} AS build
COPY requirements.txt /build/requirements.txt
RUN ["python", "-m", "venv", "--without-pip", "/opt/iam-key-guard"]
RUN ["python", "-m", "pip", "--python", "/opt/iam-key-guard/bin/python", "install", "--quiet", \
     "--disable-pip-version-check", "--root-user-action=ignore", "--no-cache-dir", "--no-compile", \
     "--require-hashes", "--only-binary=:all:", "--requirement", "/build/requirements.txt"]
COPY guard /opt/iam-key-guard/app/guard
COPY entrypoint.py container/finish.py /opt/iam-key-guard/app/
RUN ["/opt/iam-key-guard/bin/python", "-I", "/opt/iam-key-guard/app/finish.py"]

FROM ${PYTHON_IMAGE}
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="iam-key-guard" \
      org.opencontainers.image.description="At most one active access key per IAM user, before deployment and after" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
# git tells what a pull request changes; nothing at run time installs anything, so pip goes.
# hadolint ignore=DL3008
RUN set -eu; \
    if ! command -v git; then \
      apt-get update -qq; \
      apt-get install -qq -y --no-install-recommends git; \
      rm -rf /var/lib/apt/lists/* /var/cache/debconf/* /var/log/apt /var/log/dpkg.log; \
    fi; \
    python -m pip uninstall --quiet --yes --root-user-action=ignore pip; \
    python -c 'import ensurepip, shutil; shutil.rmtree(ensurepip.__path__[0])'
COPY --from=build /opt/iam-key-guard /opt/iam-key-guard
ENV PATH=/opt/iam-key-guard/bin:${PATH}
# No USER: the runner mounts a workspace that belongs to its own user, whom the entry becomes.
ENTRYPOINT ["/opt/iam-key-guard/bin/python", "-I", "-B", "/opt/iam-key-guard/app/entrypoint.py"]
