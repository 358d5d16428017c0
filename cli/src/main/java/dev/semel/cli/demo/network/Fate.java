package dev.semel.cli.demo.network;

/** What the network, or a careless client, does to one request. */
enum Fate {
    /** The answer is read. */
    LISTEN,
    /** The answer arrives, and the client forgets it. */
    FORGET,
    /** The connection breaks while the server works. */
    CANCEL,
    /** The connection is closed right after the last byte is sent. */
    HANG_UP
}
