package dev.semel.bench.report;

import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Series;
import java.util.Locale;

/** A report as a picture: a bar for each contender's ratio to the base, with a line from the least to the most. */
public final class SvgReport {
    private static final int WIDTH = 760;
    private static final int LABEL = 230;
    private static final int BAR = 16;
    private static final int STEP = 22;
    private static final int HEAD = 40;
    private static final int VALUE = 130;

    private SvgReport() {}

    /** The picture. */
    public static String of(Report report) {
        StringBuilder bars = new StringBuilder();
        int y = 0;
        for (Section section : report.sections()) {
            y = section(bars, section, y);
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(WIDTH, y + 10, bars);
    }

    private static int section(StringBuilder bars, Section section, int top) {
        int y = top + HEAD;
        double most = section.series().stream()
                .mapToDouble(series -> section.ratio(series).most())
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        text(
                bars,
                10,
                y - 14,
                "font-weight=\"bold\"",
                section.title() + " (" + section.unit() + ", ratio to the first)");
        double scale = (WIDTH - LABEL - VALUE) / most;
        for (Series series : section.series()) {
            bar(bars, section, series, y, scale);
            y += STEP;
        }
        return y;
    }

    private static void bar(StringBuilder bars, Section section, Series series, int y, double scale) {
        Spread ratio = section.ratio(series);
        text(
                bars,
                LABEL - 8,
                y + BAR - 4,
                "text-anchor=\"end\"",
                series.contender().name());
        if (!Double.isFinite(ratio.median()) || !series.faults().isEmpty()) {
            text(bars, LABEL, y + BAR - 4, "fill=\"#b00020\"", "failed");
            return;
        }
        bars.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LABEL,
                y,
                ratio.median() * scale,
                BAR,
                series.contender().name().startsWith("Semel") ? "#2a6f97" : "#b8c4cc"));
        bars.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>%n",
                LABEL + ratio.least() * scale,
                LABEL + ratio.most() * scale,
                y + BAR / 2,
                y + BAR / 2));
        String value = String.format(
                Locale.ROOT,
                "%.2f  (%,.0f)",
                ratio.median(),
                section.value(series).median());
        text(bars, (int) (LABEL + ratio.most() * scale) + 6, y + BAR - 4, "", value);
    }

    private static void text(StringBuilder bars, int x, int y, String attributes, String text) {
        bars.append("<text x=\"%d\" y=\"%d\" %s>%s</text>%n".formatted(x, y, attributes, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
