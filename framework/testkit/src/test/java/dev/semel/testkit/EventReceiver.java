package dev.semel.testkit;

import dev.semel.outbox.EventSink;
import dev.semel.outbox.OutboxEvent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Takes events of other processes, each on a connection of its own, and hands them to a sink here. */
final class EventReceiver implements AutoCloseable {
    private static final int MILLIS = 10_000;

    private final EventSink sink;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong received = new AtomicLong();

    EventReceiver(EventSink sink) throws IOException {
        this.sink = sink;
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    long received() {
        return received.get();
    }

    /** The other process's end: fails if the sink here does. */
    static EventSink sender(int port) {
        return event -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(MILLIS);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeUTF(event.id().toString());
                out.writeUTF(event.tenant());
                out.writeUTF(event.orderingKey());
                out.writeUTF(event.type());
                out.writeInt(event.payload().length);
                out.write(event.payload());
                out.flush();
                if (!new DataInputStream(socket.getInputStream()).readBoolean()) {
                    throw new IOException("refused");
                }
            }
        };
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> receive(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void receive(Socket socket) {
        try (socket) {
            socket.setSoTimeout(MILLIS);
            OutboxEvent event = read(new DataInputStream(socket.getInputStream()));
            boolean taken = deliver(event);
            new DataOutputStream(socket.getOutputStream()).writeBoolean(taken);
        } catch (IOException sendersEnd) {
            // It was killed; what it had not sent whole is not taken.
        }
    }

    private boolean deliver(OutboxEvent event) {
        try {
            sink.deliver(event);
            received.incrementAndGet();
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    private static OutboxEvent read(DataInputStream in) throws IOException {
        UUID id = UUID.fromString(in.readUTF());
        String tenant = in.readUTF();
        String orderingKey = in.readUTF();
        String type = in.readUTF();
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new OutboxEvent(id, tenant, orderingKey, type, payload, "step", "other process", 0, Instant.EPOCH);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
