package dev.semel.documents.blob;

import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the content of all tenants and reports in the log what of it is missing, altered or unreadable. A page of rows and a buffer of memory,
 * whatever there is. A run that is cut off, by its time or by a store that cannot be reached, is gone on with by the next one in this process,
 * behind what was reported. Thread-safe.
 */
final class VerifyBlobs implements MaintenanceJob {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyBlobs.class);
    private static final int PAGE = 100;
    private static final Duration PAGE_TIME = Duration.ofMinutes(1);

    private record Place(String tenant, String hash) {}

    private final BlobVerifier verifier;
    private final BlobTenants tenants;
    private final Duration interval;
    private final BlobListener listener;
    private volatile @Nullable Place cutOff;

    VerifyBlobs(BlobVerifier verifier, BlobTenants tenants, Duration interval, BlobListener listener) {
        this.verifier = verifier;
        this.tenants = tenants;
        this.interval = interval;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "verify-blobs";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    /** All that is stored is read, and other jobs come in between. */
    @Override
    public Duration longestRun() {
        return Duration.ofMinutes(5);
    }

    @Override
    public JobResult run() throws Exception {
        Place from = cutOff;
        Pass pass = new Pass();
        try {
            pass.run(from == null ? next("") : Optional.of(from));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            } // else a store whose bytes are no more to be read by this thread
        } finally {
            cutOff = pass.at.orElse(null);
            pass.report();
        }
        return new JobResult(pass.read, pass.at.isPresent() ? 1 : 0);
    }

    /** The content of the next tenant, from its beginning. */
    private Optional<Place> next(String tenant) throws Exception {
        return tenants.next(tenant).map(found -> new Place(found, ""));
    }

    /** One run, by one thread. */
    private final class Pass {
        private Optional<Place> at = Optional.empty();
        private long read;
        private long bytes;
        private long damaged;
        private long unreadable;

        void run(Optional<Place> from) throws Exception {
            at = from;
            while (at.isPresent()) {
                VerifiedBlobs found = verify(at.get());
                at = after(at.get(), found);
                if (found.outage().isPresent()) {
                    throw found.outage().get();
                }
            }
            if (read > 0 && unreadable == read) {
                throw new IOException("none of " + read + " blobs could be read");
            }
        }

        private VerifiedBlobs verify(Place place) throws Exception {
            VerifiedBlobs found = verifier.verify(place.tenant(), place.hash(), PAGE, PAGE_TIME);
            read += found.read();
            bytes += found.bytes();
            damaged += found.damaged().size();
            unreadable += found.unreadable().size();
            listener.verified(found.read());
            warn("damaged", place, found.damaged());
            warn("unreadable", place, found.unreadable());
            return found;
        }

        private static void warn(String how, Place place, List<DamagedBlob> blobs) {
            blobs.forEach(blob -> LOG.warn(
                    "{} content of tenant {}: {}…, {} bytes, {}",
                    how,
                    place.tenant(),
                    DamageReports.beginning(blob.contentHash()),
                    blob.size(),
                    blob.problem()));
        }

        private Optional<Place> after(Place place, VerifiedBlobs found) throws Exception {
            return found.next().isPresent()
                    ? found.next().map(hash -> new Place(place.tenant(), hash))
                    : next(place.tenant());
        }

        void report() {
            LOG.info(
                    "content of all tenants was read, {}: {} blobs of {} bytes, {} damaged, {} unreadable",
                    at.isPresent() ? "not to the end" : "to the end",
                    read,
                    bytes,
                    damaged,
                    unreadable);
        }
    }
}
