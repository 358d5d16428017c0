package dev.semel.sync.push;

import dev.semel.RejectedException;
import dev.semel.sync.push.OpResult.Status;
import java.util.List;

/** Refuses a push for what is wrong with any of its ops, and tells about all of them. */
final class PushRefusals {
    private PushRefusals() {}

    /** @throws RejectedException unless all ops can be done; with all results, and the code of the gravest */
    static void requireAllGood(List<OpResult> results) {
        refuseIf(results, Status.BAD_HASH, RejectedException.rule("BAD_HASH", "A content is not what its hash says."));
        refuseIf(
                results,
                Status.CONTENT_UNKNOWN,
                RejectedException.rule(
                        "CONTENT_UNKNOWN", "A content is not in the store: put it with PUT /v1/blobs/{hash} first."));
        refuseIf(
                results,
                Status.CONFLICT,
                RejectedException.conflict(
                        "BASE_VERSION_CONFLICT", "Files have changed on main since their base: pull and merge them."));
        refuseIf(
                results,
                Status.PATH_TAKEN,
                RejectedException.conflict("PATH_TAKEN", "A path is taken by another file."));
        refuseIf(
                results,
                Status.CASE_COLLISION,
                RejectedException.conflict(
                        "CASE_COLLISION", "A path differs from another file's in case or spelling only."));
        refuseIf(
                results, Status.NOT_FOUND, RejectedException.notFound("There is no such file to delete: see results."));
    }

    private static void refuseIf(List<OpResult> results, Status status, RejectedException refusal) {
        if (results.stream().anyMatch(result -> result.is(status))) {
            throw refusal.with("results", results);
        }
    }
}
