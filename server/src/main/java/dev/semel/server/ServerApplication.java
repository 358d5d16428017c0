package dev.semel.server;

import dev.semel.books.BooksConfiguration;
import dev.semel.documents.DocumentsConfiguration;
import dev.semel.server.database.DatabaseConfiguration;
import dev.semel.server.openapi.OpenApiConfiguration;
import dev.semel.server.operations.OperationsConfiguration;
import dev.semel.server.security.SecurityConfiguration;
import dev.semel.server.tokens.TokenConfiguration;
import dev.semel.server.web.WebConfiguration;
import dev.semel.server.webhooks.WebhookConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** What the server is put together from. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration")
@Import({
    DatabaseConfiguration.class,
    TokenConfiguration.class,
    SecurityConfiguration.class,
    WebConfiguration.class,
    OpenApiConfiguration.class,
    OperationsConfiguration.class,
    WebhookConfiguration.class,
    BooksConfiguration.class,
    DocumentsConfiguration.class
})
public class ServerApplication {
    /** For Spring. */
    ServerApplication() {}
}
