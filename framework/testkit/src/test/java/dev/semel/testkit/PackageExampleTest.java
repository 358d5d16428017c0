package dev.semel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.testkit.Shop.NewOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of the package's documentation: it compiles, and it is the one that is documented. */
@ExtendWith(PostgresExtension.class)
class PackageExampleTest {
    private static final String PACKAGE = "java/dev/semel/testkit/";

    private final TestDatabase database;

    PackageExampleTest(TestDatabase database) {
        this.database = database;
        Shop.open(database);
    }

    @Test
    void exampleHolds() {
        OperationUnderTest<NewOrder> payOrder = OperationUnderTest.of(
                        Shop.PAY_ORDER,
                        source -> Shop.engine(source, Shop::insertAndEmit).build())
                .build(Shop.TEA, Shop.DEARER_TEA);

        ExactlyOnce.on(database).assertExactlyOnce(payOrder);
        FaultEnumeration.run(database, payOrder);
    }

    @Test
    void exampleIsTheDocumentedOne() throws IOException {
        String documented = Files.readString(Path.of("src/main/" + PACKAGE + "package-info.java"));
        String snippet = documented.substring(documented.indexOf("{@snippet :") + 11, documented.indexOf("\n * }"));

        assertThat(squeezed(Files.readString(Path.of("src/test/" + PACKAGE + "PackageExampleTest.java"))))
                .contains(squeezed(snippet.replace("\n *", "\n")));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
