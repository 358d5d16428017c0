package dev.semel.cli.demo;

import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/** Where the demo writes: plain lines, or colours and bars on a terminal. */
final class Screen {

    private final PrintStream out;
    private final boolean bars;
    private final Ansi ansi;

    /**
     * Makes a screen.
     *
     * @param terminal whether bars can be drawn
     * @param colour whether colours are wanted; they need a terminal too
     */
    Screen(PrintStream out, boolean terminal, boolean colour) {
        this.out = out;
        this.bars = terminal;
        this.ansi = terminal && colour ? Ansi.ON : Ansi.OFF;
    }

    void headline(String text) {
        out.println();
        styled("bold", text);
    }

    void good(String text) {
        styled("bold,green", text);
    }

    void bad(String text) {
        styled("bold,red", text);
    }

    void line(String text) {
        out.println(text);
    }

    Progress progress(String label, int total) {
        return bars ? new BarProgress(out, label, total) : Progress.silent();
    }

    private void styled(String style, String text) {
        out.println(ansi.string("@|" + style + " " + text + "|@"));
    }
}
