package dev.semel.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and PostgreSQL on the loopback interface and counts what passes: statements, which are the protocol's
 * Execute and Query messages, and round trips, which are the client's turns to speak after the server has spoken. Costs time, so
 * nothing is timed through it. Thread-safe.
 */
public final class WireCounter implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong roundTrips = new AtomicLong();

    private WireCounter(ServerSocket listener, int server) {
        this.listener = listener;
        this.server = server;
    }

    /**
     * Starts to listen on a free port.
     *
     * @param server PostgreSQL's port
     */
    public static WireCounter before(int server) throws IOException {
        WireCounter counter = new WireCounter(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        start("wire-accept", counter::accept);
        return counter;
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** What has passed so far. */
    public WireCost passed() {
        return new WireCost(statements.get(), roundTrips.get());
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(WireCounter::closeQuietly);
        }
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                connect(listener.accept());
            }
        } catch (IOException e) {
            close();
        }
    }

    private void connect(Socket client) throws IOException {
        Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
        for (Socket socket : new Socket[] {client, database}) {
            socket.setTcpNoDelay(true);
            open.add(socket);
        }
        Turns turns = new Turns(roundTrips);
        FrontendMessages messages = new FrontendMessages(statements::incrementAndGet);
        start(
                "wire-client",
                () -> pump(client, database, (bytes, length) -> {
                    turns.client();
                    messages.read(bytes, length);
                }));
        start("wire-server", () -> pump(database, client, (bytes, length) -> turns.server()));
    }

    private void pump(Socket from, Socket to, Passing passing) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                passing.passes(buffer, length);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has hung up; closing both tells the other.
            closeQuietly(to);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Passing {
        void passes(byte[] bytes, int length);
    }

    /** Whose turn it is to speak on one connection. */
    private static final class Turns {
        private final AtomicLong roundTrips;
        private boolean clientSpoke;

        Turns(AtomicLong roundTrips) {
            this.roundTrips = roundTrips;
        }

        synchronized void client() {
            if (!clientSpoke) {
                clientSpoke = true;
                roundTrips.incrementAndGet();
            }
        }

        synchronized void server() {
            clientSpoke = false;
        }
    }
}
