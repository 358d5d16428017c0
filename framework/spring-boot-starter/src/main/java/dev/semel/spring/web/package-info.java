/**
 * What the routes of services have in common: reads for the caller's tenant, pages with cursors, filters, ids and texts at the
 * border, writes that were done before. A service may use it or keep its own.
 */
@NullMarked
package dev.semel.spring.web;

import org.jspecify.annotations.NullMarked;
