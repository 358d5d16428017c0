package dev.semel.documents.blob;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts damage each time and logs it once for each blob, by the beginning of its hash only. Thread-safe. */
final class DamageReports {
    private static final Logger LOG = LoggerFactory.getLogger(DamageReports.class);
    private static final int REMEMBERED = 1_000;
    private static final int PREFIX = "sha256:".length() + 12;

    private final BlobListener listener;
    private final Set<String> logged = Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

    DamageReports(BlobListener listener) {
        this.listener = listener;
    }

    void damaged(String tenant, StoredBlob blob, DamagedBlobException damage) {
        listener.damaged();
        if (logged.add(tenant + ' ' + blob.hash())) {
            LOG.error("damaged blob {}…: {}", beginning(blob.hash()), damage.getMessage());
        }
    }

    void mended(String tenant, StoredBlob blob) {
        listener.mended();
        logged.remove(tenant + ' ' + blob.hash());
        LOG.warn("blob {}… was damaged and has been put again", beginning(blob.hash()));
    }

    /** As much of a hash as logs show. */
    static String beginning(String hash) {
        return hash.substring(0, PREFIX);
    }

    /** Forgets the eldest. */
    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
