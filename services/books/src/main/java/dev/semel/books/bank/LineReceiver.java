package dev.semel.books.bank;

/** Takes a statement's lines one by one. */
interface LineReceiver {
    void line(RawLine line);

    void error(LineError error);
}
