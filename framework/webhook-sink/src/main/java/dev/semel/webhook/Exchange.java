package dev.semel.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** One request and its status. It runs on a thread of its own, so that nothing the receiver does holds the caller beyond the deadline. */
final class Exchange {
    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final HttpClient client;
    private final HttpPost request;
    private final FutureTask<Integer> task = new FutureTask<>(this::run);
    private volatile @Nullable Integer status;

    Exchange(HttpClient client, HttpPost request) {
        this.client = client;
        this.request = request;
    }

    void startOn(Executor threads) {
        threads.execute(task);
    }

    /** The status; also when the body failed or took too long, because a status is an answer. */
    int status(Duration deadline) throws IOException, InterruptedException {
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return statusSoFar(new SocketTimeoutException("no answer within " + deadline));
        } catch (ExecutionException e) {
            return statusSoFar(failure(e));
        } finally {
            end();
        }
    }

    private Integer run() throws IOException {
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            status = response.getCode();
            skip(response.getEntity());
            return response.getCode();
        }
    }

    /** Reads a short body, so that the connection can be used again. A longer one costs the connection. */
    private void skip(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return;
        }
        InputStream body = entity.getContent();
        if (body.readNBytes(MOST_BODY_BYTES).length == MOST_BODY_BYTES) {
            request.cancel(); // closing alone would read the rest
        }
    }

    private int statusSoFar(IOException failure) throws IOException {
        Integer known = status;
        if (known == null) {
            throw failure;
        }
        return known;
    }

    /** By type alone: a library's message may quote what the receiver sent. */
    private static IOException failure(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof AddressRefusedException refused
                ? refused
                : new IOException("webhook request failed: " + cause.getClass().getSimpleName());
    }

    private void end() {
        if (!task.isDone()) {
            request.cancel();
            task.cancel(true);
        }
    }
}
