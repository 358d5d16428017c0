package dev.semel.sync;

import dev.semel.PayloadCodec;
import dev.semel.Semel;
import dev.semel.documents.blob.Blobs;
import dev.semel.documents.blob.KnownBlobs;
import dev.semel.documents.content.BlobController;
import dev.semel.lease.Leases;
import dev.semel.maintenance.MaintenanceJob;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.spring.CallerResolver;
import dev.semel.spring.ProblemWriter;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.JsonBodies;
import dev.semel.spring.web.TenantReads;
import dev.semel.sync.changesets.DecisionPreparation;
import dev.semel.sync.changesets.ExpiryJob;
import dev.semel.sync.content.ContentIntake;
import dev.semel.sync.content.PutContents;
import dev.semel.sync.content.StoredTexts;
import dev.semel.sync.content.SyncBlobController;
import dev.semel.sync.publish.PublishController;
import dev.semel.sync.publish.PublishLeases;
import dev.semel.sync.publish.PublishResolver;
import dev.semel.sync.publish.Publishing;
import dev.semel.sync.pull.PullController;
import dev.semel.sync.pull.PullParts;
import dev.semel.sync.push.MadePushes;
import dev.semel.sync.push.Push;
import dev.semel.sync.push.PushController;
import dev.semel.sync.push.PushPreparation;
import dev.semel.sync.push.PushResolver;
import dev.semel.sync.rebase.FileRebase;
import dev.semel.sync.rebase.RebasePreparation;
import dev.semel.sync.retention.RetentionConfiguration;
import dev.semel.sync.review.ChangesetController;
import dev.semel.sync.review.ReviewReads;
import dev.semel.sync.review.ReviewResolver;
import dev.semel.sync.scopes.CreateScope;
import dev.semel.sync.scopes.ScopeController;
import dev.semel.sync.scopes.ScopeTenants;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The beans of sync, for an application to import beside {@link dev.semel.documents.DocumentsConfiguration}. Needs the schema
 * {@code semel_sync} as the migrations in {@code classpath:db/semel/sync} leave it.
 */
@Configuration(proxyBeanMethods = false)
@Import(RetentionConfiguration.class)
public class SyncConfiguration {
    /** Enough for a thousand hashes. */
    private static final int MAX_ASKED = 256 << 10;

    @Bean
    SyncTables syncTables(JdbcClient jdbc) {
        return SyncTables.on(jdbc);
    }

    @Bean
    TenantReads syncTenantReads(Semel semel, CallerResolver callers) {
        return new TenantReads(semel, callers);
    }

    @Bean
    SemelConfigurer syncConfigurer(SyncTables tables, PayloadCodec codec) {
        return new SyncConfigurer(tables, codec);
    }

    @Bean
    Push syncPush(SyncTables tables) {
        return tables.push();
    }

    @Bean
    PushController pushController(Push syncPush) {
        return new PushController(syncPush);
    }

    @Bean
    PutContents syncPutContents(Semel semel, JdbcClient jdbc, Blobs blobs) {
        return new PutContents(semel, new KnownBlobs(jdbc), blobs);
    }

    @Bean
    ContentIntake syncContentIntake(Blobs blobs) {
        return new ContentIntake(blobs, SyncOperations.PUSH_CHANGESET.waitLimit());
    }

    @Bean
    PushPreparation syncPushPreparation(
            ContentIntake syncContentIntake, PutContents syncPutContents, SyncTables tables, Semel semel) {
        return new PushPreparation(syncContentIntake, syncPutContents, new MadePushes(semel, tables.revisions()));
    }

    @Bean
    WebMvcConfigurer syncArguments(PushResolver pushes, PublishResolver publishes, ReviewResolver reviews) {
        return new SyncArguments(List.of(pushes, publishes, reviews));
    }

    private record SyncArguments(List<HandlerMethodArgumentResolver> added) implements WebMvcConfigurer {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.addAll(added);
        }
    }

    @Bean
    PushResolver syncPushResolver(CallerResolver callers, PushPreparation preparation, Push syncPush, Semel semel) {
        return new PushResolver(callers, preparation, syncPush, semel);
    }

    @Bean
    Publishing syncPublishing(SyncTables tables, PayloadCodec codec) {
        return tables.publishing(codec);
    }

    @Bean
    PublishResolver syncPublishResolver(
            Semel semel, Leases leases, CallerResolver callers, SyncTables tables, Publishing syncPublishing) {
        return new PublishResolver(
                semel, new PublishLeases(semel, leases, tables.changesets()), callers, syncPublishing);
    }

    @Bean
    PublishController publishController(Publishing syncPublishing) {
        return new PublishController(syncPublishing);
    }

    @Bean
    StoredTexts syncStoredTexts(Semel semel, JdbcClient jdbc, Blobs blobs) {
        return new StoredTexts(semel, new KnownBlobs(jdbc), blobs);
    }

    @Bean
    ReviewResolver syncReviewResolver(
            CallerResolver callers,
            SyncTables tables,
            Semel semel,
            StoredTexts syncStoredTexts,
            ContentIntake syncContentIntake) {
        FileRebase merging = new FileRebase(syncStoredTexts, syncContentIntake);
        return new ReviewResolver(
                callers,
                new DecisionPreparation(syncContentIntake),
                new RebasePreparation(semel, tables.changesets(), tables.bases(), merging));
    }

    @Bean
    ReviewReads syncReviewReads(SyncTables tables, Semel semel, StoredTexts syncStoredTexts) {
        return new ReviewReads(semel, tables.changesets(), tables.changes(), tables.bases(), syncStoredTexts);
    }

    @Bean
    ChangesetController changesetController(
            SyncTables tables,
            Push syncPush,
            ReviewReads syncReviewReads,
            TenantReads syncTenantReads,
            CallerResolver callers) {
        return new ChangesetController(
                tables.reviewWrites(syncPush), syncReviewReads, tables.changesets(), syncTenantReads, callers);
    }

    /** Lazy: only a process with maintenance needs it. */
    @Bean
    @Lazy
    MaintenanceJob syncExpiry(Semel semel, MaintenanceTransactions transactions, SyncTables tables) {
        return new ExpiryJob(semel, new ScopeTenants(transactions)::all, tables.changesets());
    }

    @Bean
    ScopeController scopeController(SyncTables tables, TenantReads syncTenantReads) {
        return new ScopeController(new CreateScope(tables.scopes(), tables.feeds()), tables.scopes(), syncTenantReads);
    }

    @Bean
    PullParts syncPullParts(Semel semel, JdbcClient jdbc, Blobs blobs) {
        return new PullParts(semel, jdbc, blobs);
    }

    @Bean
    JsonBodies syncBodies(PayloadCodec codec) {
        return new JsonBodies(codec, MAX_ASKED);
    }

    @Bean
    PullController pullController(
            PullParts syncPullParts,
            CallerResolver callers,
            TenantReads syncTenantReads,
            JsonBodies syncBodies,
            ProblemWriter problems) {
        return new PullController(syncPullParts, callers, syncTenantReads, syncBodies, problems);
    }

    @Bean
    SyncBlobController syncBlobController(
            Blobs blobs, JdbcClient jdbc, TenantReads syncTenantReads, CallerResolver callers, JsonBodies syncBodies) {
        BlobController putting = new BlobController(blobs, callers, PutContents.MAX_SIZE);
        return new SyncBlobController(putting, new KnownBlobs(jdbc), blobs, syncTenantReads, callers, syncBodies);
    }
}
