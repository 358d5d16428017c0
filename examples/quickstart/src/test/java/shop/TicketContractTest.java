package shop;

import dev.semel.Semel;
import dev.semel.testkit.ExactlyOnce;
import dev.semel.testkit.FaultEnumeration;
import dev.semel.testkit.OperationUnderTest;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;

@ExtendWith(PostgresExtension.class)
class TicketContractTest {
    @BeforeAll
    static void migrate(TestDatabase database) {
        database.migrate("db/migration", "public");
    }

    private static final OperationUnderTest<NewTicket> BUYING = OperationUnderTest.of(
                    TicketShop.BUY, TicketContractTest::shopOn)
            .build(caller -> new NewTicket("Macbeth", "" + UUID.randomUUID()), bought -> new NewTicket("Hamlet", "A1"));

    @Test
    void eachTicketIsBoughtExactlyOnce(TestDatabase database) {
        ExactlyOnce.on(database).assertExactlyOnce(BUYING);
    }

    @Test
    void whicheverDatabaseCallFailsNothingIsHalfBought(TestDatabase database) {
        FaultEnumeration.run(database, BUYING);
    }

    private static Semel shopOn(DataSource source) {
        return new SpringApplicationBuilder(TicketShop.class)
                .properties("server.port=0", "spring.flyway.enabled=false", "semel.migrate=false")
                .properties("semel.relay.enabled=false", "semel.maintenance.enabled=false")
                .properties("logging.level.root=off", "logging.level.org.springframework.boot=error")
                .initializers(context -> context.getBeanFactory().registerSingleton("dataSource", source))
                .run()
                .getBean(Semel.class);
    }
}
