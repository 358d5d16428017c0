/** Content by its hash: per tenant, put before a transaction, deleted after one. */
@NullMarked
package dev.semel.documents.blob;

import org.jspecify.annotations.NullMarked;
