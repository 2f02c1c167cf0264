# One image for every role; docker-compose.yml says which role a container plays.
FROM python:3.11-slim AS build

WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY domain domain
COPY application application
COPY projections projections
COPY interfaces interfaces
COPY infrastructure infrastructure
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim

RUN useradd --system --create-home --uid 10001 ledgerdesk
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
USER ledgerdesk
WORKDIR /home/ledgerdesk
EXPOSE 8000
ENTRYPOINT ["ledgerdesk"]
CMD ["serve"]
