package dev.semel.sync.articles;

/** A put that does not say which version its client has seen. */
final class VersionRequiredException extends Exception {
    private static final long serialVersionUID = 1L;

    VersionRequiredException() {
        super("State the version that this is based on: as the member version, or in the header If-Match.");
    }
}
