package dev.semel.bench.measure;

/**
 * What passed between a client and the database. Immutable.
 *
 * @param statements executed ones, BEGIN and COMMIT included
 * @param roundTrips how often the client waited
 */
public record WireCost(long statements, long roundTrips) {
    /** What passed since an earlier reading. */
    public WireCost since(WireCost earlier) {
        return new WireCost(statements - earlier.statements, roundTrips - earlier.roundTrips);
    }
}
