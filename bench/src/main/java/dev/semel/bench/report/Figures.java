package dev.semel.bench.report;

import java.util.Locale;

/** Figures as they are shown: as many digits as are worth reading. */
final class Figures {
    private Figures() {}

    /** Empty if there is none. */
    static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Empty if there is none. */
    static String figure(double figure) {
        if (Double.isNaN(figure)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(figure) < 100 ? "%.1f" : "%,.0f", figure);
    }
}
