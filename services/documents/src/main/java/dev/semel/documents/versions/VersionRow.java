package dev.semel.documents.versions;

import java.util.UUID;

/**
 * A version as it is to be inserted, without its content. Immutable.
 *
 * @param id the result id of the write that makes it
 * @param user who makes it
 */
record VersionRow(UUID document, long version, UUID id, String contentType, String user) {}
