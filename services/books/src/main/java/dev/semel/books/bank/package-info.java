/** The bank's side: statements that are imported, and bank transactions that are reconciled with payments. */
@NullMarked
package dev.semel.books.bank;

import org.jspecify.annotations.NullMarked;
