/**
 * Leases: time-limited locks on a tenant's targets, by the database's clock, with a fence that the protected write must pass.
 */
@NullMarked
package dev.semel.lease;

import org.jspecify.annotations.NullMarked;
