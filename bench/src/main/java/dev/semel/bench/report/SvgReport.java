package dev.semel.bench.report;

import dev.semel.bench.measure.Spread;
import dev.semel.bench.round.Series;
import java.util.Locale;

/**
 * A report as a picture: a bar for each contender's ratio to the base, with a line from the least to the most. It has a background of
 * its own, which follows the reader's choice between light and dark, and takes whatever plain font the reader has.
 */
public final class SvgReport {
    private static final int WIDTH = 860;
    private static final int EDGE = 24;
    private static final int BARS_LEFT = 280;
    private static final int BARS_RIGHT = 640;
    private static final int RATIO_RIGHT = 700;
    private static final int BAR = 16;
    private static final int STEP = 26;
    private static final int HEAD = 76;
    private static final int CAP = 4;
    private static final String STYLE = """
            text { font: 14px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2933; }
            .page { fill: #ffffff; } .title { font-size: 16px; font-weight: 600; } .note { font-size: 12px; fill: #5f6c7b; }
            .label, .value { text-anchor: end; } .ratio { text-anchor: end; font-weight: 600; } .value { fill: #5f6c7b; }
            .semel { fill: #2a7fb8; } .other { fill: #b4bec8; } .failed { fill: #b00020; }
            .spread { stroke: #1f2933; stroke-width: 1.5; } .base { stroke: #5f6c7b; stroke-dasharray: 3 3; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6ebf0; } .page { fill: #12181f; } .note, .value { fill: #9aa7b4; }
              .semel { fill: #4aa3df; } .other { fill: #55616e; } .failed { fill: #ff6b7d; }
              .spread { stroke: #e6ebf0; } .base { stroke: #9aa7b4; }
            }
            """;

    private SvgReport() {}

    /** The picture. */
    public static String of(Report report) {
        StringBuilder drawn = new StringBuilder();
        int y = 0;
        for (Section section : report.sections()) {
            y = section(drawn, section, y);
        }
        int height = y + EDGE;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>Ratios to the base, with the least and the most</title>
                <style>
                %3$s</style>
                <rect class="page" width="%1$d" height="%2$d" rx="8"/>
                %4$s</svg>
                """.formatted(WIDTH, height, STYLE, drawn);
    }

    private static int section(StringBuilder drawn, Section section, int top) {
        text(drawn, "title", EDGE, top + 34, section.title());
        String base = section.series().isEmpty()
                ? ""
                : section.series().get(0).contender().name();
        text(drawn, "note", EDGE, top + 54, section.unit() + " beside " + base + "; " + better(section));
        double scale = (BARS_RIGHT - BARS_LEFT) / Math.max(1, most(section));
        int y = top + HEAD;
        for (Series series : section.series()) {
            bar(drawn, section, series, y, scale);
            y += STEP;
        }
        line(drawn, "base", BARS_LEFT + scale, top + HEAD - 6.0, BARS_LEFT + scale, y - 4.0);
        return y;
    }

    private static String better(Section section) {
        return section.moreIsBetter() ? "more is better" : "less is better";
    }

    private static String unit(Section section) {
        return section.moreIsBetter() ? section.unit() : "ms";
    }

    private static double most(Section section) {
        return section.series().stream()
                .mapToDouble(series -> section.ratio(series).most())
                .filter(Double::isFinite)
                .max()
                .orElse(1);
    }

    private static void bar(StringBuilder drawn, Section section, Series series, int y, double scale) {
        Spread ratio = section.ratio(series);
        int baseline = y + BAR - 3;
        text(drawn, "label", BARS_LEFT - 10, baseline, series.contender().name());
        if (!Double.isFinite(ratio.median()) || !series.faults().isEmpty()) {
            text(drawn, "failed", BARS_LEFT + 8, baseline, "failed");
            return;
        }
        boolean semel = series.contender().name().startsWith("Semel");
        drawn.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                semel ? "semel" : "other",
                BARS_LEFT,
                y,
                ratio.median() * scale,
                BAR));
        spread(drawn, ratio, y + BAR / 2, scale);
        text(drawn, "ratio", RATIO_RIGHT, baseline, Figures.ratio(ratio.median()));
        text(
                drawn,
                "value",
                WIDTH - EDGE,
                baseline,
                Figures.figure(section.value(series).median()) + " " + unit(section));
    }

    private static void spread(StringBuilder drawn, Spread ratio, int y, double scale) {
        if (ratio.least() == ratio.most()) {
            return;
        }
        double least = BARS_LEFT + ratio.least() * scale;
        double most = BARS_LEFT + ratio.most() * scale;
        line(drawn, "spread", least, y, most, y);
        line(drawn, "spread", least, y - CAP, least, y + CAP);
        line(drawn, "spread", most, y - CAP, most, y + CAP);
    }

    private static void line(StringBuilder drawn, String type, double x1, double y1, double x2, double y2) {
        drawn.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                type,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder drawn, String type, int x, int y, String text) {
        drawn.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(type, x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
