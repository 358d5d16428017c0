package shop;

import dev.semel.postgres.EmbeddedPostgres;
import dev.semel.postgres.EmbeddedPostgresConfig;
import dev.semel.postgres.PostgresConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.SpringApplication;

/** The shop with a PostgreSQL of its own, for a first try: {@code mvn spring-boot:test-run}. */
public class LocalShop {
    public static void main(String[] arguments) throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(
                EmbeddedPostgresConfig.builder(Path.of("shop-data")).build());
        PostgresConnection superuser = postgres.superuser();
        try (Connection connection =
                        DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
                Statement statement = connection.createStatement();
                ResultSet known = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'shop'")) {
            if (!known.next()) {
                statement.execute("CREATE ROLE shop LOGIN CREATEROLE PASSWORD 'shop'");
                statement.execute("CREATE DATABASE shop OWNER shop");
            }
        }
        System.setProperty("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/shop");
        SpringApplication.run(TicketShop.class, arguments);
    }
}
