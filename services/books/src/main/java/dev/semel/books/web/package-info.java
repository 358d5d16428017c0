/** What the reading routes have in common: tenant, paging, ids in paths. */
@NullMarked
package dev.semel.books.web;

import org.jspecify.annotations.NullMarked;
