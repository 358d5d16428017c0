package dev.semel.sync.pull;

import java.util.function.Consumer;
import org.springframework.web.context.request.async.DeferredResult;

/** Pulls that wait, without HTTP. */
public final class LongPolling implements AutoCloseable {
    private final Pulling pulling;
    private final LongPolls polls;

    /** @param ofOneTenant most that wait */
    public LongPolling(PullParts parts, int ofOneTenant) {
        this.pulling = parts.pulling();
        this.polls = new LongPolls(pulling, new LongPolls.Limits(10_000, ofOneTenant));
    }

    /** As the route does it. */
    public void await(String tenant, PullRequest request, Consumer<Object> taker) {
        PullAnswer answer = pulling.pull(tenant, request);
        DeferredResult<PullAnswer> result = polls.await(tenant, request, answer.head());
        result.setResultHandler(taker::accept);
    }

    @Override
    public void close() {
        polls.close();
    }
}
