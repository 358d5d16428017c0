/** Three-way merge of Markdown: front matter key by key, the rest by lines. Pure and bounded in time; never writes conflict markers. */
@NullMarked
package dev.semel.sync.merge;

import org.jspecify.annotations.NullMarked;
