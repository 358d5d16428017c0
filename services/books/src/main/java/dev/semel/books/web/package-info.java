/** What routes have in common: tenant, paging, filters, ids in paths, writes that were done before. */
@NullMarked
package dev.semel.books.web;

import org.jspecify.annotations.NullMarked;
