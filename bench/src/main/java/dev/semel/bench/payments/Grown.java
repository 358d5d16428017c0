package dev.semel.bench.payments;

import dev.semel.bench.database.Pools;
import dev.semel.bench.round.Contender;
import java.util.List;
import java.util.Locale;

/**
 * Semel with many keys of the same tenant that were used before.
 *
 * @param semel what is slowed down, or not
 * @param keys how many are there before a round begins
 */
public record Grown(OnSemel semel, int keys) implements PaymentContender {
    private static final String KEYS = "semel.idempotency_keys";
    private static final String FILL = """
            INSERT INTO semel.idempotency_keys
                   (tenant_id, key, operation_type, payload_hash, fingerprint_version, result_id, response_type,
                    response_content_type, response_body, request_id, expires_at, purge_at)
            SELECT 'tenant-0', md5(number::text), 'createPayment', decode(md5(number::text) || md5(number::text), 'hex'),
                   1, md5(number::text)::uuid, 'createPayment.v1', 'application/json',
                   convert_to(repeat('x', 200), 'UTF8'), 'request', now() + interval '1 day', now() + interval '7 years'
              FROM generate_series(1, %d) AS number;
            ANALYZE semel.idempotency_keys;
            """;

    @Override
    public Contender contender() {
        return new Contender(
                String.format(Locale.ROOT, "Semel, %,d keys", keys),
                semel.contender().promise());
    }

    @Override
    public List<String> tables() {
        return semel.tables().stream().filter(table -> !KEYS.equals(table)).toList();
    }

    @Override
    public String reset() {
        return FILL.formatted(keys);
    }

    @Override
    public PaymentSession open(Pools pools) {
        return semel.open(pools);
    }
}
