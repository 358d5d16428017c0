package dev.semel.sync.articles;

import dev.semel.Semel;
import dev.semel.spring.SemelConfigurer;

/** Contributes the operations of articles, each with the way back to what it has done. */
public final class ArticlesConfigurer implements SemelConfigurer {
    private final EditDocs edits;

    /** Looks into what these have made. */
    public ArticlesConfigurer(EditDocs edits) {
        this.edits = edits;
    }

    @Override
    public void configure(Semel.Builder builder) {
        builder.register(ArticleOperations.PUT_DOC)
                .recall(ArticleOperations.PUT_DOC, (connection, tenant, id) -> edits.recallPut(tenant, id))
                .register(ArticleOperations.DELETE_DOC)
                .recall(ArticleOperations.DELETE_DOC, (connection, tenant, id) -> edits.recallDelete(tenant, id));
    }
}
