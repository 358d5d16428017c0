package dev.semel.cli.demo;

import dev.semel.cli.server.ServerProcess;

/** Stops the server and deletes the temporary folder, at the end or on Ctrl-C. Thread-safe. */
final class Cleanup implements AutoCloseable {

    private final ServerProcess server;
    private final DemoFolder folder;
    private boolean leaveFolder;
    private boolean done;

    private Cleanup(ServerProcess server, DemoFolder folder, boolean leaveFolder) {
        this.server = server;
        this.folder = folder;
        this.leaveFolder = leaveFolder;
    }

    static Cleanup of(ServerProcess server, DemoFolder folder, boolean leaveFolder) {
        Cleanup cleanup = new Cleanup(server, folder, leaveFolder);
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "demo-cleanup"));
        return cleanup;
    }

    /** Keeps the data for a closer look. */
    synchronized void leaveFolder() {
        leaveFolder = true;
    }

    @Override
    public synchronized void close() {
        if (done) {
            return;
        }
        server.stop();
        if (!leaveFolder) {
            folder.deleteIfTemporary();
        }
        done = true;
    }
}
