package dev.semel.documents.blob;

import dev.semel.Semel;
import dev.semel.jackson.JacksonCodec;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

@ExtendWith(PostgresExtension.class)
class CollectBlobsContractTest {
    private final TestDatabase database;
    private final BlobFixture fixture;
    private final OperationUnderTest<?> operation;

    CollectBlobsContractTest(TestDatabase database, @TempDir Path folder) {
        this.database = database;
        fixture = new BlobFixture(database, folder);
        operation = TestedCollection.on(database, CollectBlobsContractTest::engine);
    }

    private static Semel engine(DataSource source) {
        Semel.Builder builder = Semel.builder(
                new SpringTransactions(new JdbcTransactionManager(source), source), JacksonCodec.ofDefaults());
        BlobConfiguration.collecting(JdbcClient.create(source), BlobFixture.GRACE)
                .configure(builder);
        return builder.build();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void collectionIsExactlyOnce() {
        ExactlyOnce.on(database).assertExactlyOnce(operation);
    }

    @Test
    void collectionIsExactlyOnceWhateverFails() {
        FaultEnumeration.run(database, operation);
    }
}
