package dev.semel.documents;

import dev.semel.Semel;
import dev.semel.documents.blob.BlobConfiguration;
import dev.semel.documents.blob.BlobVerifier;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.VerificationController;
import dev.semel.documents.content.BlobController;
import dev.semel.documents.content.ContentStoring;
import dev.semel.documents.content.SentContentResolver;
import dev.semel.documents.reading.ContentController;
import dev.semel.documents.reading.ContentReads;
import dev.semel.documents.versions.ChangeTable;
import dev.semel.documents.versions.CreateDocument;
import dev.semel.documents.versions.CreateDocumentVersion;
import dev.semel.documents.versions.DocumentController;
import dev.semel.documents.versions.DocumentTable;
import dev.semel.documents.versions.VersionController;
import dev.semel.documents.versions.VersionTable;
import dev.semel.documents.versions.Versioning;
import dev.semel.failpoint.Failpoint;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The beans of the documents, for an application to import. Needs a {@link JdbcClient} and a {@link CallerResolver}, a folder for
 * the blobs, and the schema {@code semel_documents} as the migrations in {@code classpath:db/semel/documents} leave it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocumentsProperties.class)
@Import(BlobConfiguration.class)
public class DocumentsConfiguration {
    @Bean
    SemelConfigurer documentsConfigurer(DocumentTable documents, VersionTable versions, ChangeTable changes) {
        return new DocumentsConfigurer(documents, versions, changes);
    }

    @Bean
    Failpoint afterDocumentInsert() {
        return CreateDocument.AFTER_DOCUMENT_INSERT;
    }

    @Bean
    TenantReads documentsTenantReads(Semel semel, CallerResolver callers) {
        return new TenantReads(semel, callers);
    }

    @Bean
    ContentStoring contentStoring(Blobs blobs) {
        return new ContentStoring(blobs);
    }

    @Bean
    WebMvcConfigurer sentContentArguments(CallerResolver callers, ContentStoring storing) {
        return new SentContentArguments(new SentContentResolver(callers, storing));
    }

    private record SentContentArguments(SentContentResolver resolver) implements WebMvcConfigurer {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(resolver);
        }
    }

    @Bean
    DocumentTable documentTable(JdbcClient jdbc) {
        return new DocumentTable(jdbc);
    }

    @Bean
    VersionTable versionTable(JdbcClient jdbc) {
        return new VersionTable(jdbc);
    }

    @Bean
    ChangeTable changeTable(JdbcClient jdbc) {
        return new ChangeTable(jdbc);
    }

    @Bean
    CreateDocument createDocument(DocumentTable documents, VersionTable versions) {
        return new CreateDocument(documents, versions);
    }

    @Bean
    CreateDocumentVersion createDocumentVersion(DocumentTable documents, VersionTable versions) {
        return new CreateDocumentVersion(documents, versions);
    }

    @Bean
    Versioning versioning(DocumentTable documents, VersionTable versions, ChangeTable changes) {
        return new Versioning(documents, versions, changes);
    }

    @Bean
    ContentReads contentReads(
            DocumentTable documents, VersionTable versions, TenantReads documentsTenantReads, Blobs blobs) {
        return new ContentReads(documents, versions, documentsTenantReads, blobs);
    }

    @Bean
    ContentController contentController(ContentReads contents, ProblemWriter problems) {
        return new ContentController(contents, problems);
    }

    @Bean
    BlobController blobController(Blobs blobs, CallerResolver callers, DocumentsProperties properties) {
        return new BlobController(blobs, callers, properties.maxContentSize().toBytes());
    }

    @Bean
    VerificationController verificationController(BlobVerifier verifier, CallerResolver callers) {
        return new VerificationController(verifier, callers);
    }

    @Bean
    DocumentController documentController(
            CreateDocument createDocument,
            Versioning versioning,
            DocumentTable documents,
            TenantReads documentsTenantReads) {
        return new DocumentController(createDocument, versioning, documents, documentsTenantReads);
    }

    @Bean
    VersionController versionController(
            CreateDocumentVersion createDocumentVersion,
            Versioning versioning,
            DocumentTable documents,
            VersionTable versions,
            TenantReads documentsTenantReads) {
        return new VersionController(createDocumentVersion, versioning, documents, versions, documentsTenantReads);
    }
}
