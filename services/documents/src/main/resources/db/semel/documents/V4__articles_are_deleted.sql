-- Semel documents: nothing is ever deleted, with one exception. The document of an article goes with the article, and all its versions
-- with it. That it is no other document's row is up to the database: without the policies, the grants would not be there.

CREATE POLICY only_articles_are_deleted ON semel_documents.documents AS RESTRICTIVE FOR DELETE
    USING (managed_by = 'article');
CREATE POLICY only_articles_are_deleted ON semel_documents.document_versions AS RESTRICTIVE FOR DELETE
    USING (EXISTS (SELECT FROM semel_documents.documents AS document
                   WHERE document.tenant_id = document_versions.tenant_id AND document.id = document_versions.document_id
                     AND document.managed_by = 'article'));

GRANT DELETE ON semel_documents.documents, semel_documents.document_versions TO semel_app;
