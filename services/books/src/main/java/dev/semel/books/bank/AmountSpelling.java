package dev.semel.books.bank;

/** How a file spells its amounts. */
enum AmountSpelling {
    /** With a decimal point and nothing else, as XML has it. */
    XML,
    /** As banks export them, see {@link SpelledAmount}. */
    EXPORTED
}
