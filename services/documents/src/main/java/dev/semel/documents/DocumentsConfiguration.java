package dev.semel.documents;

import org.springframework.context.annotation.Configuration;

/**
 * The beans of the documents, for an application to import. Needs a {@code JdbcClient} and a
 * {@link dev.semel.spring.CallerResolver}, and the schema {@code semel_documents} as the migrations in
 * {@code classpath:db/semel/documents} leave it.
 */
@Configuration(proxyBeanMethods = false)
public class DocumentsConfiguration {}
