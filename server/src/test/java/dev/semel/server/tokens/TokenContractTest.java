package dev.semel.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Call;
import dev.semel.Caller;
import dev.semel.Fingerprint;
import dev.semel.Key;
import dev.semel.Outcome;
import dev.semel.Semel;
import dev.semel.jackson.JacksonCodec;
import dev.semel.server.options.Secret;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The operations on tokens keep the contract, whatever fails. */
@ExtendWith(PostgresExtension.class)
class TokenContractTest {
    private static final NewToken READER = new NewToken("bob", List.of("reader"));
    private static final NewToken WRITER = new NewToken("bob", List.of("writer"));

    private final TestDatabase database;
    private final Map<Semel, TokenController> controllers = new ConcurrentHashMap<>();

    TokenContractTest(TestDatabase database) {
        this.database = database;
        database.migrate("db/semel/books", "semel_books");
        database.migrate("db/semel/server", "semel_server");
    }

    @Test
    void tokenIsMadeExactlyOnceWhateverFails() {
        assertContract(OperationUnderTest.of(TokenOperations.CREATE_TOKEN, this::engine)
                .varies("semel_server.tokens", "token_hash")
                .build(READER, WRITER));
    }

    @Test
    void tokenIsRevokedExactlyOnceWhateverFails() {
        Semel semel = engine(database.pool(2));
        assertContract(OperationUnderTest.<UUID>of(TokenOperations.REVOKE_TOKEN, this::engine, this::revoke)
                .varies("semel_server.tokens", "token_hash")
                .build(caller -> token(semel, caller), asked -> new UUID(0, 1)));
    }

    private void assertContract(OperationUnderTest<?> tested) {
        ExactlyOnce.on(database).assertExactlyOnce(tested);
        assertThat(FaultEnumeration.run(database, tested).points()).isGreaterThan(20);
    }

    private static UUID token(Semel semel, Caller caller) {
        Key key = new Key("token-" + UUID.randomUUID());
        return semel.execute(TokenOperations.CREATE_TOKEN, caller, key, READER)
                .result()
                .id();
    }

    private Outcome<?> revoke(Semel semel, Caller caller, Key key, UUID id) {
        Map<String, String> variables = Map.of("id", id.toString());
        byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
        return semel.execute(new Call<>(
                TokenOperations.REVOKE_TOKEN,
                caller,
                key,
                new Revocation(),
                Fingerprint.of(TokenOperations.REVOKE_TOKEN.name(), variables, nothing),
                variables,
                write -> controllers.get(semel).revoke(id.toString(), write)));
    }

    private Semel engine(DataSource source) {
        TokenController controller = new TokenController(
                new TokenTable(JdbcClient.create(source)), new TokenSecret(new Secret("s".repeat(32))), null, null);
        Semel semel = Semel.builder(
                        new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults())
                .handle(TokenOperations.CREATE_TOKEN, write -> controller.create(write.payload(), write))
                .register(TokenOperations.REVOKE_TOKEN)
                .build();
        controllers.put(semel, controller);
        return semel;
    }
}
