/** Articles by their names: files of sync, edited and deleted one by one, and ordinary ones. */
@NullMarked
package dev.semel.sync.articles;

import org.jspecify.annotations.NullMarked;
