-- What a service writes by hand for idempotency, with no more indexes than it needs.

CREATE TABLE bench.idempotency_keys (
    tenant_id  text        NOT NULL,
    key        text        NOT NULL,
    hash       bytea       NOT NULL,
    response   bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key)
);

CREATE TABLE bench.audit_log (
    tenant_id  text        NOT NULL,
    id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    user_id    text        NOT NULL,
    operation  text        NOT NULL,
    key        text        NOT NULL,
    payment_id uuid        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE bench.outbox (
    tenant_id    text        NOT NULL,
    id           bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    ordering_key text        NOT NULL,
    type         text        NOT NULL,
    payload      bytea       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
